// Asks the parts of the full-text index, those with the newest documents first.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "index/part.hpp"

namespace muniment::index {

// Documents from `first` to `last`, both among them.
struct DocRange {
  std::int64_t first = 0, last = INT64_MAX;
};

struct ScoredDoc {
  std::int64_t doc = 0;
  double score = 0;
};

// One thread at a time.  Precondition of every call: one read transaction spans it and whatever is read of
// its answer.  Expressions are FTS5's, as match.hpp makes them.
class WordsReader {
 public:
  // The connection must outlive it.
  explicit WordsReader(db::Database& database) : database_(&database) {}

  // The newest `most` matches (0: all), newest first.
  Result<std::vector<std::int64_t>> newest(const std::string& expression, const DocRange& range,
                                           std::size_t most);
  // The same with their relevance; `weights` as db::add_relevance says.
  Result<std::vector<ScoredDoc>> scored(const std::string& expression, std::string_view weights,
                                        const DocRange& range, std::size_t most);
  Result<std::uint64_t> count(const std::string& expression, const DocRange& range);
  // The first and the last document there is; both 0 when there is none.
  Result<DocRange> span();

 private:
  struct PartStatements {
    db::Statement newest, scored, count;
  };
  enum class Ask { kNewest, kScored, kCount };
  struct Question {
    const std::string& expression;
    std::string_view weights;
    const DocRange& range;
    std::size_t most;
  };
  Result<db::Statement*> statement(std::int64_t part, Ask ask);
  Status ask_part(const Part& part, Ask ask, const Question& question, std::vector<ScoredDoc>& found);
  Result<std::vector<ScoredDoc>> ask_all(Ask ask, const Question& question);

  db::Database* database_;
  std::map<std::int64_t, PartStatements> statements_;
};

}  // namespace muniment::index
