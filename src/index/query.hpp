// The query language: what an officer types.
// clang-format off
//
//   pothole "mill lane" pot*         all of these: a word, a phrase, the beginning of a word
//   gritting OR (snow NOT football)  either; both; without.  Operators are in capitals; -word is NOT word
//   from:jane@town.example  platform:mastodon  source:town-blog  tag:roads
//   after:2026-03-01                 from the start of that day, month or year on, the day itself included
//   before:2026-04                   up to the start of that day, month or year, which is itself left out
//   on:2026-03                       that day, month or year
//   is:reply  is:edited  is:superseded  is:deleted  is:unavailable  is:reported-gone  is:current
//
// clang-format on
// Case and accents make no difference in words, nor case in the names of filters, platforms and states.  A
// value with blanks is quoted: from:"Jane Clerk".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "muniment/result.hpp"

namespace muniment::index {

inline constexpr std::size_t kMostQueryBytes = 4096;
inline constexpr std::size_t kMostTerms = 64;  // words, phrases and filters
inline constexpr std::size_t kMostDepth = 32;  // brackets and negations within each other

enum class Filter { kFrom, kPlatform, kSource, kTag, kAfter, kBefore, kOn, kIs };
std::string_view filter_name(Filter filter);  // "from"

// A date as far as it was given.
struct Date {
  int year = 0;
  unsigned month = 0;  // 0: not given
  unsigned day = 0;    // likewise
};

struct Node {
  enum class Kind { kText, kFilter, kAnd, kOr, kNot };
  Kind kind = Kind::kText;
  std::string text;     // kText: the word or phrase; kFilter: the value
  bool prefix = false;  // kText: the last word may go on
  Filter filter = Filter::kFrom;
  Date date{};              // for after, before, on
  std::size_t at = 0;       // where it stood in the query, in bytes
  std::vector<Node> parts;  // kAnd, kOr: two or more; kNot: one
};

// kInvalid: the sentence names the place ("at character 12") and the hint what would do.
Result<Node> parse_query(std::string_view text);

// The query again, in one spelling: parse_query(print_query(q)) gives q, but for the places.
std::string print_query(const Node& query);

}  // namespace muniment::index
