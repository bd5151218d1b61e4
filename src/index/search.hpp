// Finding entries.  What is found is a list of numbers; what is shown is read from the ledger (found.hpp).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "index/document_state.hpp"
#include "index/keys.hpp"
#include "index/match.hpp"
#include "index/words_reader.hpp"
#include "ledger/reader.hpp"

namespace muniment::index {

enum class Order {
  kNewest,     // by the time posted, newest first
  kRelevance,  // the newest few thousand matches, best first; see kMostRanked
};

// Relevance is judged among this many of the newest matches.  Words that are in a third of all posts say
// nothing about the older ones that the newer ones do not, and this bounds the work.
inline constexpr std::size_t kMostRanked = 2000;

struct SearchOptions {
  std::size_t limit = 20;  // 0: all
  Order order = Order::kNewest;
  // Where the page before ended (Hits::next); 0: from the start.
  std::int64_t after = 0;
  StartOfDay start_of_day = {};
  // Where the texts are: lets some searches for the beginnings of words end sooner.  May be null.
  ledger::Reader* ledger = nullptr;
};

struct Hit {
  ledger::Seq seq = 0;
  std::int64_t doc = 0;
  DocumentState state = DocumentState::kCurrent;
};

struct Hits {
  std::vector<Hit> hits;
  bool more = false;                 // there are further hits; ask again with `after = next`
  std::int64_t next = 0;             // good for the same query and order
  std::vector<Wanted> wanted;        // for marking words in what is shown
  std::vector<std::string> remarks;  // see Match
};

struct Counted {
  std::uint64_t number = 0;
  std::vector<std::string> remarks;  // likewise
};

// A connection of its own; one thread at a time.  Sees what was committed when each call began.
class Searcher {
 public:
  // As open_for_reading in index/file.hpp.
  static Result<Searcher> open(const std::filesystem::path& path, const std::string& origin);
  Searcher(Searcher&&) noexcept;
  Searcher& operator=(Searcher&&) noexcept;
  ~Searcher();

  // kInvalid: as bind_query.
  Result<Hits> search(const Node& query, const SearchOptions& options);
  // How many versions match: exact, whatever the number.
  Result<Counted> count(const Node& query, const StartOfDay& start_of_day = {});

  // How far the index had come when this was opened: the entry it would apply next, and the tree hash before
  // the last one applied (zeros: not known).
  ledger::Seq position() const;
  const base::Hash& root() const;

  // The items' part: used by item.hpp.
  const Keys& keys() const;
  db::Database& database();
  WordsReader& words();
  const db::Tokenizer& tokenizer() const;
  // Runs `read`, which answers a Result, in one read transaction.
  template <typename Read>
  auto in_snapshot(const Read& read) -> decltype(read()) {
    if (auto begun = database().execute("BEGIN"); !begun) return begun.error();
    auto answer = read();
    // Nothing was written: the end of the transaction cannot lose anything.
    (void)database().execute("COMMIT").has_value();
    return answer;
  }

 private:
  struct State;
  explicit Searcher(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace muniment::index
