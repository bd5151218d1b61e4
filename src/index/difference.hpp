// What two indexes that should be the same do not have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "index/keys.hpp"
#include "ledger/entry.hpp"

namespace muniment::index {

// Rows of one kind.
struct Difference {
  std::string rows;                  // what they are, for people: "versions of items"
  std::uint64_t missing = 0;         // the ledger gives them, the index has not
  std::uint64_t extra = 0;           // the index has them, the ledger does not give them
  std::optional<ledger::Seq> entry;  // that the first of them is about, where they are about entries
};

// Rows added up as keyed hashes: equal sums, equal rows, whatever their order.
struct Sum {
  std::uint64_t rows = 0;
  std::uint64_t hashes = 0;
  void add(std::uint64_t hash) {
    ++rows;
    hashes += hash;
  }
  friend bool operator==(const Sum&, const Sum&) = default;
};

// The two files, attached to one connection under these names.
inline constexpr std::string_view kOurs = "main";
inline constexpr std::string_view kAnew = "anew";
// A statement written for the tables of `of_index.`, for those of one of the files.
std::string in_file(std::string_view sql, std::string_view file);

// `keys`: drawn for this comparison, so that nobody could choose rows whose sums are equal.  Each appends
// what it finds.
Status compare_rows(db::Database& database, const Keys& keys, std::vector<Difference>& out);
Status compare_words(db::Database& database, const Keys& keys, std::vector<Difference>& out);

}  // namespace muniment::index
