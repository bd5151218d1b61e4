// A parsed query bound to one index: an FTS5 expression and a range of documents.
//
// Nothing a person typed becomes SQL, and of the expression only what stands between quotation marks.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "db/fts5.hpp"
#include "index/dates.hpp"
#include "index/keys.hpp"
#include "index/query.hpp"
#include "index/wanted.hpp"
#include "index/words_reader.hpp"

namespace muniment::index {

struct Match {
  std::string expression;
  // The same without the beginnings of words that every match must have, and these.  Empty: there are none,
  // or nothing but them.
  std::string rest;
  std::vector<Wanted> begun;
  std::vector<int> phrases;    // for each phrase of the expression in order: which of `wanted`, or -1
  std::vector<Wanted> wanted;  // for ranking and for marking
  DocRange range;
  std::vector<std::string> remarks;  // "no account is called x": why there may be fewer hits than expected
};

// At most this many accounts may answer to one from: filter.
inline constexpr std::size_t kMostAccounts = 64;

// kInvalid: a date inside OR or NOT, a name that too many accounts answer to, or no word in the whole query.
Result<Match> bind_query(const Node& query, db::Database& database, const Keys& keys,
                         const db::Tokenizer& tokenizer, const StartOfDay& start_of_day);

}  // namespace muniment::index
