#include "index/catalogue.hpp"

#include <algorithm>
#include <utility>

#include "index/file.hpp"
#include "index/rows.hpp"

namespace muniment::index {
namespace {

constexpr std::string_view kItem =
    "SELECT seq, state, content, raw, "
    "coalesce((SELECT max(h.seq) FROM history h WHERE h.key = item.key AND h.what IN (0, 1)), seq) "
    "FROM item WHERE key = ?1";
// An item to which nothing has happened since it was captured has no history.
constexpr std::string_view kHolders =
    "SELECT seq FROM history WHERE key = ?1 AND what IN (0, 1) UNION SELECT seq FROM item WHERE key = ?1 "
    "ORDER BY seq DESC LIMIT ?2";
constexpr std::string_view kReports =
    "SELECT seq FROM history WHERE key = ?1 AND what = 4 ORDER BY seq DESC LIMIT ?2";
constexpr std::string_view kSources =
    "SELECT name, platform, url, state, private, complete, cursor, credential FROM source WHERE state < 3 "
    "ORDER BY name";
constexpr std::string_view kSource =
    "SELECT name, platform, url, state, private, complete, cursor, credential FROM source WHERE state < 3 "
    "AND name = ?1";
constexpr std::string_view kIsHeld =
    "SELECT 1 FROM held WHERE source = (SELECT number FROM source WHERE name = ?1) AND key = ?2";
constexpr std::string_view kHeld =
    "SELECT h.id, i.seq FROM held h JOIN item i ON i.key = h.key "
    "WHERE h.source = (SELECT number FROM source WHERE name = ?1)";
constexpr std::string_view kValidators =
    "SELECT etag, modified FROM validator WHERE source = (SELECT number FROM source WHERE name = ?1) AND url "
    "= ?2";
constexpr std::string_view kCoverage =
    "SELECT c.seq, s.name, c.started, c.finished, c.outcome FROM coverage c JOIN source s ON s.number = "
    "c.source "
    "WHERE c.finished >= ?2 AND (?1 = '' OR s.name = ?1) ORDER BY c.seq";
constexpr std::string_view kNewestPolls =
    "SELECT seq, ?1, started, finished, outcome FROM coverage "
    "WHERE source = (SELECT number FROM source WHERE name = ?1) ORDER BY seq DESC LIMIT ?2";
constexpr std::string_view kPollsFrom =
    "SELECT c.seq, s.name, c.started, c.finished, c.outcome FROM coverage c JOIN source s ON s.number = "
    "c.source "
    "WHERE c.seq >= ?1 ORDER BY c.seq";
constexpr std::string_view kUnended =
    "SELECT seq FROM unended WHERE source = (SELECT number FROM source WHERE name = ?1) ORDER BY seq";
constexpr std::string_view kRegistered =
    "SELECT seq FROM registered WHERE kind = ?1 AND seq >= ?2 ORDER BY seq";

SourceRow source_row(const db::Statement& row) {
  return {std::string(row.text(0)), std::string(row.text(1)),
          std::string(row.text(2)), static_cast<SourceRow::State>(row.integer(3)),
          row.integer(4) != 0,      row.integer(5),
          std::string(row.text(6)), std::string(row.text(7))};
}

Result<std::vector<CoverageRow>> coverage_rows(db::Statement& statement) {
  std::vector<CoverageRow> polls;
  auto done = rows_of(statement, [&](const db::Statement& row) {
    polls.push_back({static_cast<ledger::Seq>(row.integer(0)), std::string(row.text(1)), row.integer(2),
                     row.integer(3), std::string(row.text(4))});
  });
  if (!done) return done.error();
  return polls;
}

Result<std::vector<ledger::Seq>> seqs_of(db::Statement& statement) {
  std::vector<ledger::Seq> seqs;
  auto done = rows_of(
      statement, [&](const db::Statement& row) { seqs.push_back(static_cast<ledger::Seq>(row.integer(0))); });
  if (!done) return done.error();
  return seqs;
}

}  // namespace

struct Catalogue::State {
  Opened opened;
  db::Statement item;
  db::Statement holders;
};

Catalogue::Catalogue(std::unique_ptr<State> state) : state_(std::move(state)) {}
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;
Catalogue::~Catalogue() = default;

Result<Catalogue> Catalogue::open(const std::filesystem::path& path, const std::string& origin) {
  auto opened = open_for_reading(path, origin);
  if (!opened) return opened.error();
  auto state = std::make_unique<State>(State{std::move(*opened), {}, {}});
  auto item = state->opened.database.prepare(kItem);
  if (!item) return about_index(item.error());
  state->item = std::move(*item);
  auto holders = state->opened.database.prepare(kHolders);
  if (!holders) return about_index(holders.error());
  state->holders = std::move(*holders);
  return Catalogue(std::move(state));
}

const Keys& Catalogue::keys() const {
  return state_->opened.keys;
}

ledger::Seq Catalogue::position() const {
  return state_->opened.position;
}

bool Catalogue::follows(ledger::Reader& ledger, ledger::Seq size) const {
  return index::follows(state_->opened.position, state_->opened.root, ledger, size);
}

Result<std::vector<std::optional<Known>>> Catalogue::lookup(std::span<const std::int64_t> items) {
  std::vector<std::uint32_t> order(items.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return items[a] < items[b]; });
  std::vector<std::optional<Known>> found(items.size());
  // One snapshot for all, instead of taking and leaving a read lock for each.
  auto& database = state_->opened.database;
  if (auto begun = database.execute("BEGIN"); !begun) return about_index(begun.error());
  Status outcome;
  for (const auto i : order) {
    auto& item = state_->item;
    const auto row = item.bind(1, items[i]).step();
    if (!row) {
      outcome = row.error();
      break;
    }
    if (*row)
      found[i] =
          Known{static_cast<ledger::Seq>(item.integer(0)),
                static_cast<ledger::Seq>(item.integer(4)),
                static_cast<DocumentState>(item.integer(1)),
                {static_cast<std::uint64_t>(item.integer(2)), static_cast<std::uint64_t>(item.integer(3))}};
    item.reset();
  }
  if (auto ended = database.execute("COMMIT"); outcome && !ended) outcome = ended;
  if (!outcome) return about_index(outcome.error());
  return found;
}

Result<std::optional<Known>> Catalogue::lookup(std::string_view platform, std::string_view id) {
  const std::int64_t key = keys().item(platform, id);
  auto found = lookup(std::span(&key, 1));
  if (!found) return found.error();
  return found->front();
}

Result<std::vector<ledger::Seq>> Catalogue::holders(std::int64_t key, std::size_t most) {
  state_->holders.bind(1, key).bind(2, static_cast<std::int64_t>(most));
  std::vector<ledger::Seq> seqs;
  auto done = rows_of(state_->holders, [&](const db::Statement& row) {
    seqs.push_back(static_cast<ledger::Seq>(row.integer(0)));
  });
  if (!done) return done.error();
  return seqs;
}

Result<std::vector<ledger::Seq>> Catalogue::reports(std::int64_t key, std::size_t most) {
  auto statement = state_->opened.database.prepare(kReports);
  if (!statement) return about_index(statement.error());
  statement->bind(1, key).bind(2, static_cast<std::int64_t>(most));
  std::vector<ledger::Seq> seqs;
  auto done = rows_of(*statement, [&](const db::Statement& row) {
    seqs.push_back(static_cast<ledger::Seq>(row.integer(0)));
  });
  if (!done) return done.error();
  return seqs;
}

Status Catalogue::each_item(const std::function<void(std::int64_t)>& visit) {
  auto statement = state_->opened.database.prepare("SELECT key FROM item");
  if (!statement) return about_index(statement.error());
  return rows_of(*statement, [&](const db::Statement& row) { visit(row.integer(0)); });
}

Result<std::vector<SourceRow>> Catalogue::sources() {
  auto statement = state_->opened.database.prepare(kSources);
  if (!statement) return about_index(statement.error());
  std::vector<SourceRow> all;
  auto done = rows_of(*statement, [&](const db::Statement& row) { all.push_back(source_row(row)); });
  if (!done) return done.error();
  return all;
}

Result<SourceRow> Catalogue::source(std::string_view name) {
  auto statement = state_->opened.database.prepare(kSource);
  if (!statement) return about_index(statement.error());
  const auto row = statement->bind_text(1, name).step();
  if (!row) return about_index(row.error());
  if (!*row)
    return Error{Code::kNotFound, "there is no source of that name", "`muniment source list` names them"};
  return source_row(*statement);
}

Result<std::vector<HeldRow>> Catalogue::held(std::string_view source) {
  auto statement = state_->opened.database.prepare(kHeld);
  if (!statement) return about_index(statement.error());
  statement->bind_text(1, source);
  std::vector<HeldRow> rows;
  auto done = rows_of(*statement, [&](const db::Statement& row) {
    rows.push_back({std::string(row.text(0)), static_cast<ledger::Seq>(row.integer(1))});
  });
  if (!done) return done.error();
  return rows;
}

Result<std::vector<bool>> Catalogue::are_held(std::string_view source, std::span<const std::int64_t> keys) {
  auto statement = state_->opened.database.prepare(kIsHeld);
  if (!statement) return about_index(statement.error());
  std::vector<bool> out;
  out.reserve(keys.size());
  for (const auto key : keys) {
    const auto row = statement->bind_text(1, source).bind(2, key).step();
    if (!row) return about_index(row.error());
    out.push_back(*row);
    statement->reset();
  }
  return out;
}

Result<Validators> Catalogue::validators(std::string_view source, std::string_view url) {
  auto statement = state_->opened.database.prepare(kValidators);
  if (!statement) return about_index(statement.error());
  const auto row = statement->bind_text(1, source).bind_text(2, url).step();
  if (!row) return about_index(row.error());
  if (!*row) return Validators{};
  return Validators{std::string(statement->text(0)), std::string(statement->text(1))};
}

Result<std::vector<CoverageRow>> Catalogue::coverage(std::string_view source, std::int64_t from) {
  auto statement = state_->opened.database.prepare(kCoverage);
  if (!statement) return about_index(statement.error());
  statement->bind_text(1, source).bind(2, from);
  return coverage_rows(*statement);
}

Result<std::vector<CoverageRow>> Catalogue::newest_polls(std::string_view source, std::size_t most) {
  auto statement = state_->opened.database.prepare(kNewestPolls);
  if (!statement) return about_index(statement.error());
  statement->bind_text(1, source).bind(2, static_cast<std::int64_t>(most));
  return coverage_rows(*statement);
}

Result<std::vector<CoverageRow>> Catalogue::polls_from(ledger::Seq first) {
  auto statement = state_->opened.database.prepare(kPollsFrom);
  if (!statement) return about_index(statement.error());
  statement->bind(1, static_cast<std::int64_t>(first));
  return coverage_rows(*statement);
}

Result<std::vector<ledger::Seq>> Catalogue::registered(std::string_view kind, ledger::Seq first) {
  auto statement = state_->opened.database.prepare(kRegistered);
  if (!statement) return about_index(statement.error());
  statement->bind_text(1, kind).bind(2, static_cast<std::int64_t>(first));
  return seqs_of(*statement);
}

Result<std::vector<ledger::Seq>> Catalogue::unended(std::string_view source) {
  auto statement = state_->opened.database.prepare(kUnended);
  if (!statement) return about_index(statement.error());
  statement->bind_text(1, source);
  return seqs_of(*statement);
}

}  // namespace muniment::index
