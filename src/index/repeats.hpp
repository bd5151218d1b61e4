// Captures that bring nothing new: of an item that is there, with the content that its newest version has.
#pragma once

#include <unordered_map>
#include <vector>

#include "db/database.hpp"
#include "index/gathered.hpp"

namespace muniment::index {

// Looks at what is gathered before it is written to the index that `database` is a connection to.
class Repeats {
 public:
  static constexpr std::size_t kMost = 1000;  // listed; a sign of one fault, not a register

  // Both connection and index must outlive it.
  static Result<Repeats> open(db::Database& database);
  // In the ledger's order; everything before `gathered` is in the index.
  Status look_at(const Gathered& gathered);

  const std::vector<ledger::Seq>& found() const { return found_; }

 private:
  struct Newest {
    bool present = false;
    std::uint64_t content = 0;
  };
  explicit Repeats(db::Statement item) : item_(std::move(item)) {}
  Result<Newest*> newest(std::int64_t key);

  db::Statement item_;
  std::unordered_map<std::int64_t, Newest> here_;  // items of the batch at hand
  std::vector<ledger::Seq> found_;
};

}  // namespace muniment::index
