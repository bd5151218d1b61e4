#include "foi/surely_meant.hpp"

#include <algorithm>

#include "bundle/words.hpp"
#include "foi/everyday_words.hpp"
#include "foi/name_forms.hpp"
#include "foi/planned.hpp"
#include "foi/withheld_words.hpp"

namespace muniment::foi {
namespace {

using bundle::Match;
using bundle::Needle;
using bundle::NeedleKind;

bool is_upper(std::string_view text, std::size_t at) {
  return at < text.size() && !(text[at] >= 'a' && text[at] <= 'z');
}

// In a query, "from:name" is one.
bool in_address(std::string_view field, std::string_view text, const Match& match) {
  if (field == "query" && match.begin > 0 &&
      std::string_view(":\"").find(text[match.begin - 1]) != std::string_view::npos)
    return true;
  return (match.begin > 0 &&
          std::string_view("@/~=").find(text[match.begin - 1]) != std::string_view::npos) ||
         (match.end < text.size() && text[match.end] == '@');
}

}  // namespace

bool is_surely_meant(const Needle& needle, std::string_view field, std::string_view text,
                     const Match& match) {
  const auto found = text.substr(match.begin, match.end - match.begin);
  if (bundle::words_of(found).size() > 1) return true;
  if (needle.kind == NeedleKind::kHandle)
    return is_of_account(field, ".name") || in_address(field, text, match) || !is_everyday_word(found);
  const bool all = found.size() == text.size() && is_of_account(field, ".name");
  return all || !is_person_field(field_of(needle.from)) ||
         (is_upper(text, match.begin) && !is_everyday_word(found));
}

std::pair<std::size_t, std::size_t> whole_address(std::string_view text, const Match& match) {
  constexpr std::string_view kEnds = " \t\r\n<>\"()[]";
  constexpr std::size_t kLongest = 2048;  // bytes on either side: some texts have no blanks
  const auto from = match.begin - std::min(match.begin, kLongest);
  const auto near = text.substr(from, match.end - from + kLongest);
  const auto before = near.find_last_of(kEnds, match.begin - from);
  const auto begin = before == std::string_view::npos ? 0 : before + 1;
  const auto end = std::min(near.find_first_of(kEnds, match.begin - from), near.size());
  const auto mark = near.substr(begin, end - begin).find("://");
  const bool inside =
      mark != std::string_view::npos && match.end <= from + end && from + begin + mark < match.begin;
  return inside ? std::pair(from + begin, from + end) : std::pair(match.begin, match.end);
}

}  // namespace muniment::foi
