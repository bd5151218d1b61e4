// The words of versions, and the words that stand for their states, on their way into a part.
#include <algorithm>
#include <utility>

#include "index/words.hpp"
#include "index/writer.hpp"

namespace muniment::index {
namespace {

constexpr std::string_view kAddWords =
    "INSERT INTO words_0(rowid, body, author, tags) VALUES (?1, ?2, ?3, ?4)";
constexpr std::string_view kTakeWord =
    "INSERT INTO words_0(words_0, rowid, body, author, tags) VALUES ('delete', ?1, ?2, '', '')";
constexpr std::string_view kSetting = "INSERT INTO words_0(words_0, rank) VALUES (?1, ?2)";
constexpr std::string_view kJoin = "INSERT INTO words_0(words_0) VALUES ('optimize')";

// A part that may grow for years leaves room for documents that are newer than its first: eight years.  One
// that is filled at once needs none, and smaller row numbers take less space.
constexpr std::int64_t kRoom = std::int64_t{1} << 30;

// Each new table makes every search that is open read all tables' descriptions again, so several are made
// before they are needed.
constexpr std::int64_t kTablesAtOnce = 8;

constexpr std::string_view token_of(DocumentState state) {
  switch (state) {
    case DocumentState::kSuperseded:
      return facet::kSuperseded;
    case DocumentState::kOutdone:
      return facet::kOutdone;
    case DocumentState::kDeleted:
      return facet::kDeleted;
    case DocumentState::kUnavailable:
      return facet::kUnavailable;
    case DocumentState::kReported:
      return facet::kReported;
    case DocumentState::kCurrent:
      break;
  }
  return {};
}

}  // namespace

std::int64_t Writer::part_size(std::int64_t parts) const {
  return part_documents_ * std::max(parts, kPartsOfOneSize) / kPartsOfOneSize;
}

// The youngest part while there is room in it, or else a new one.
Result<Part> Writer::part_for(const Gathered& gathered) {
  const auto parts = read_parts(database_);
  if (!parts) return parts.error();
  const auto youngest = std::max_element(parts->begin(), parts->end(),
                                         [](const Part& a, const Part& b) { return a.number < b.number; });
  const auto size = part_size(static_cast<std::int64_t>(parts->size()));
  const auto more = static_cast<std::int64_t>(gathered.versions.size());
  const std::int64_t newest = gathered.versions[order_.front()].doc;
  const std::int64_t base = newest + (more > size / 2 ? 1 : kRoom);
  if (youngest == parts->end()) return begin_part(0, base);
  if (youngest->documents + more <= size && newest < youngest->base) return *youngest;
  if (youngest->writes > 1)
    if (auto joined = join(youngest->number); !joined) return joined.error();
  return begin_part(youngest->number + 1, base);
}

Result<Part> Writer::begin_part(std::int64_t number, std::int64_t base) {
  const auto there =
      database_.integer(in_part("SELECT count(*) FROM sqlite_schema WHERE name = 'words_0'", number));
  if (!there) return there.error();
  for (auto one = number; *there == 0 && one < number + kTablesAtOnce; ++one)
    if (auto made = make_table(one); !made) return made.error();
  const Part part{number, base, 0, 0, 0, 0};
  if (auto added = sql_.add_part.bind(1, number).bind(2, part.base).run(); !added) return added.error();
  return part;
}

// The table of the first part comes with the schema; the others are made like it.
Status Writer::make_table(std::int64_t part) {
  const auto table = database_.text("SELECT sql FROM sqlite_schema WHERE name = 'words_0'");
  if (!table) return table.error();
  if (auto made = database_.execute(in_part(*table, part)); !made) return made.error();
  auto settings = database_.prepare("SELECT k, v FROM words_0_config WHERE k <> 'version'");
  if (!settings) return settings.error();
  auto set = database_.prepare(in_part(kSetting, part));
  if (!set) return set.error();
  for (;;) {
    const auto more = settings->step();
    if (!more) return more.error();
    if (!*more) return {};
    auto done = set->bind_text(1, settings->text(0)).bind(2, settings->integer(1)).run();
    if (!done) return done.error();
  }
}

Result<Writer::PartStatements*> Writer::statements_of(std::int64_t part) {
  if (const auto known = parts_.find(part); known != parts_.end()) return &known->second;
  PartStatements statements;
  auto add = database_.prepare(in_part(kAddWords, part));
  if (!add) return add.error();
  auto take = database_.prepare(in_part(kTakeWord, part));
  if (!take) return take.error();
  return &parts_.emplace(part, PartStatements{std::move(*add), std::move(*take)}).first->second;
}

// In the order of rows: FTS5 writes out all it has gathered whenever a row number goes down.  So marks of
// earlier documents in the same part are written in between.
Status Writer::write_words(const Gathered& gathered, Part part) {
  const auto sql = statements_of(part.number);
  if (!sql) return sql.error();
  auto mark = marks_.begin();
  const auto marks_down_to = [&](std::int64_t doc) -> Status {
    for (; mark != marks_.end() && mark->doc > doc; ++mark) {
      if (mark->part != part.number) continue;
      if (auto done = write_mark(**sql, part.base, *mark); !done) return done;
    }
    return {};
  };
  for (const auto i : order_) {
    const Version& version = gathered.versions[i];
    if (auto done = marks_down_to(version.doc); !done) return done;
    if (auto done = write_version(**sql, part, gathered, version); !done) return done;
  }
  if (auto done = marks_down_to(-1); !done) return done;
  const auto more = static_cast<std::int64_t>(order_.size());
  const std::int64_t oldest = gathered.versions[order_.back()].doc;
  const std::int64_t newest = gathered.versions[order_.front()].doc;
  part.oldest = part.documents == 0 ? oldest : std::min(part.oldest, oldest);
  part.newest = part.documents == 0 ? newest : std::max(part.newest, newest);
  part.documents += more;
  ++part.writes;
  if (auto written = write_part(part); !written) return written;
  return more > kPartDocuments / 4 ? join_if_last(part, more) : Status{};
}

// A large batch leaves several runs in a part.  They are joined when another one would not find room.
Status Writer::join_if_last(const Part& part, std::int64_t more) {
  const auto parts = database_.integer("SELECT count(*) FROM part");
  if (!parts) return parts.error();
  return part.documents + more > part_size(*parts) ? join(part.number) : Status{};
}

Status Writer::write_part(const Part& part) {
  return sql_.set_part.bind(1, part.number)
      .bind(2, part.documents)
      .bind(3, part.writes)
      .bind(4, part.oldest)
      .bind(5, part.newest)
      .run();
}

Status Writer::write_version(PartStatements& sql, const Part& part, const Gathered& gathered,
                             const Version& version) {
  const std::string_view text = gathered.text;
  auto body = text.substr(version.body, version.author - version.body);
  if (version.state != DocumentState::kCurrent) {
    text_.assign(token_of(version.state)).append(" ").append(body);
    body = text_;
  }
  return sql.add_words.bind(1, part.base - version.doc)
      .bind_text(2, body)
      .bind_text(3, text.substr(version.author, version.tags - version.author))
      .bind_text(4, text.substr(version.tags, version.end - version.tags))
      .run();
}

// A state is a token of its own on a row that exists already: FTS5 keeps words and rows as pairs, so a pair
// can be added or taken away without the row's other words.  Hence a filter by state is a word like any
// other.
Status Writer::write_mark(PartStatements& sql, std::int64_t base, const Mark& mark) {
  if (mark.from != DocumentState::kCurrent) {
    auto done = sql.take_word.bind(1, base - mark.doc).bind_text(2, token_of(mark.from)).run();
    if (!done) return done;
  }
  if (mark.to == DocumentState::kCurrent) return {};
  sql.add_words.bind(1, base - mark.doc).bind_text(2, token_of(mark.to)).bind_text(3, "").bind_text(4, "");
  return sql.add_words.run();
}

Status Writer::write_marks_elsewhere(std::int64_t but) {
  std::stable_sort(marks_.begin(), marks_.end(),
                   [](const Mark& a, const Mark& b) { return a.part < b.part; });
  if (std::all_of(marks_.begin(), marks_.end(), [&](const Mark& one) { return one.part == but; })) return {};
  const auto parts = read_parts(database_);
  if (!parts) return parts.error();
  for (auto part : *parts) {
    if (part.number == but) continue;
    const auto [begin, end] = std::equal_range(marks_.begin(), marks_.end(), Mark{0, {}, {}, part.number},
                                               [](const Mark& a, const Mark& b) { return a.part < b.part; });
    if (begin == end) continue;
    const auto sql = statements_of(part.number);
    if (!sql) return sql.error();
    for (auto one = begin; one != end; ++one)
      if (auto done = write_mark(**sql, part.base, *one); !done) return done;
    ++part.writes;
    if (auto written = write_part(part); !written) return written;
  }
  return {};
}

Status Writer::join(std::int64_t part) {
  if (auto joined = database_.execute(in_part(kJoin, part)); !joined) return joined;
  return sql_.joined.bind(1, part).run();
}

Status Writer::join_youngest() {
  const auto youngest = database_.integer(
      "SELECT coalesce((SELECT number FROM part WHERE writes > 1 AND number = (SELECT max(number) FROM "
      "part)), "
      "-1)");
  if (!youngest) return youngest.error();
  return *youngest < 0 ? Status{} : join(*youngest);
}

}  // namespace muniment::index
