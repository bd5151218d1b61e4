// Cuts a query into tokens.  Internal to query.cpp and its tests.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "muniment/result.hpp"

namespace muniment::index {

struct Token {
  enum class Kind { kWord, kPhrase, kOpen, kClose, kAnd, kOr, kNot, kMinus, kFilter, kEnd };
  Kind kind = Kind::kEnd;
  std::string text;     // kWord, kPhrase: without quotes and star; kFilter: the value
  std::string name;     // kFilter: before the colon
  bool prefix = false;  // a star stood behind it
  std::size_t at = 0;
};

// kInvalid: an unclosed quotation mark, or a query that is too long or not UTF-8.
Result<std::vector<Token>> cut_query(std::string_view text);

// True for names of filters, in any case: "from", "Is" …
bool is_filter_name(std::string_view name);

}  // namespace muniment::index
