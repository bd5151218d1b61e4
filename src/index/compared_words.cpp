#include <algorithm>
#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "index/difference.hpp"
#include "index/document_number.hpp"
#include "index/part.hpp"

namespace muniment::index {
namespace {

// A word of a version where it stands.
using Add = std::function<void(std::int64_t doc, std::uint64_t hash)>;

class Words {
 public:
  Words(db::Database& database, const Keys& keys, std::string_view file)
      : database_(database), keys_(keys), file_(file) {}

  Status each(const Add& add) {
    if (auto read = read_marked(); !read) return read;
    auto parts = database_.prepare(in_file("SELECT number, base FROM of_index.part ORDER BY number", file_));
    if (!parts) return parts.error();
    for (;;) {
      const auto more = parts->step();
      if (!more) return more.error();
      if (!*more) return {};
      if (auto read = each_of(parts->integer(0), parts->integer(1), add); !read) return read;
    }
  }

 private:
  Status read_marked() {
    auto row = database_.prepare(in_file("SELECT doc FROM of_index.document WHERE state <> 0", file_));
    if (!row) return row.error();
    for (;;) {
      const auto more = row->step();
      if (!more) return more.error();
      if (!*more) return {};
      marked_.insert(row->integer(0));
    }
  }

  Status each_of(std::int64_t part, std::int64_t base, const Add& add) {
    const auto made = database_.execute(in_part(
        "CREATE VIRTUAL TABLE temp.instances USING fts5vocab(" + std::string(file_) + ", words_0, instance)",
        part));
    if (!made) return made;
    const auto read = read_instances(base, add);
    const auto dropped = database_.execute("DROP TABLE temp.instances");
    return read ? dropped : read;
  }

  Status read_instances(std::int64_t base, const Add& add) {
    auto row = database_.prepare("SELECT term, doc, col, offset FROM temp.instances");
    if (!row) return row.error();
    std::string bytes;
    for (;;) {
      const auto more = row->step();
      if (!more) return more.error();
      if (!*more) return {};
      const auto doc = base - row->integer(1);
      bytes.assign(row->text(0)).append(1, '\0').append(row->text(2)).append(1, '\0');
      bytes.append(std::to_string(doc));
      // The word for a state stands before the others when it came with them, or else among them.
      if (!marked_.contains(doc)) bytes.append(1, '\0').append(row->text(3));
      add(doc, keys_.raw_digest(bytes));
    }
  }

  db::Database& database_;
  const Keys& keys_;
  std::string_view file_;
  std::unordered_set<std::int64_t> marked_;  // versions with a word for their state
};

// Only when there is something to tell: it takes memory for each version.
Status tell_apart(Words& ours, Words& anew, db::Database& database, std::vector<Difference>& out) {
  struct Sums {
    Sum ours, anew;
  };
  std::unordered_map<std::int64_t, Sums> sums;
  auto read = ours.each([&](std::int64_t doc, std::uint64_t hash) { sums[doc].ours.add(hash); });
  if (read) read = anew.each([&](std::int64_t doc, std::uint64_t hash) { sums[doc].anew.add(hash); });
  if (!read) return read;
  Difference difference{"versions of items by their words", 0, 0, {}};
  std::int64_t first = kMostDoc;
  for (const auto& [doc, both] : sums) {
    if (both.ours == both.anew) continue;
    ++(both.ours.rows > both.anew.rows ? difference.extra : difference.missing);
    first = std::min(first, doc);
  }
  const auto entry =
      database.integer(in_file("SELECT coalesce(max(seq), -1) FROM of_index.document WHERE doc = ", kAnew) +
                       std::to_string(first));
  if (!entry) return entry.error();
  if (*entry >= 0) difference.entry = static_cast<ledger::Seq>(*entry);
  out.push_back(std::move(difference));
  return {};
}

}  // namespace

Status compare_words(db::Database& database, const Keys& keys, std::vector<Difference>& out) {
  Words ours(database, keys, kOurs);
  Words anew(database, keys, kAnew);
  Sum of_ours, of_anew;
  auto read = ours.each([&](std::int64_t, std::uint64_t hash) { of_ours.add(hash); });
  if (read) read = anew.each([&](std::int64_t, std::uint64_t hash) { of_anew.add(hash); });
  if (!read || of_ours == of_anew) return read;
  return tell_apart(ours, anew, database, out);
}

}  // namespace muniment::index
