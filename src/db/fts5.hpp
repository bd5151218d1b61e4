// What SQLite's full-text engine offers only through its C interface: its tokenizer, and ranking.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

#include "db/database.hpp"
#include "muniment/result.hpp"

namespace muniment::db {

// The tokenizer "unicode61 remove_diacritics 2", as the index is built with.  One thread at a time; the
// connection it was made from must outlive it.
class Tokenizer {
 public:
  static Result<Tokenizer> open(Database& database);
  Tokenizer(Tokenizer&&) noexcept;
  Tokenizer& operator=(Tokenizer&&) noexcept;
  ~Tokenizer();

  // Visits each token in order: folded (a view that ends with the call), and where it stands in `text`.
  using Visit = std::function<void(std::string_view folded, std::size_t begin, std::size_t end)>;
  Status each(std::string_view text, const Visit& visit) const;

 private:
  struct State;
  explicit Tokenizer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Adds the auxiliary function relevance(words, weights) to this connection.  `weights`: a blob of floats, one
// for each phrase of the MATCH expression in order.  A row scores the sum of weight * tf / (tf + 1.2): the
// part of BM25 (Robertson, Zaragoza 2009) that is left when posts count as equally long.  The caller brings
// the weights, so that no document frequency is counted per query, which is what makes the stock bm25() slow.
Status add_relevance(Database& database);

}  // namespace muniment::db
