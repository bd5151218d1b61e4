#include "foi/said_otherwise.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

#include "bundle/words.hpp"

namespace muniment::foi {
namespace {

constexpr std::size_t kWidestGap = 4;  // bytes between the parts of a date: ", " or " of "

// What a word may be in a date; 0: not that.
struct Part {
  std::uint32_t number = 0;  // its digits, of "12th" too
  std::uint32_t month = 0;   // by its name
  std::size_t digits = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::uint32_t month_of(const std::u32string& letters) {
  constexpr std::array<std::u32string_view, 12> kMonths = {
      U"january", U"february", U"march",     U"april",   U"may",      U"june",
      U"july",    U"august",   U"september", U"october", U"november", U"december"};
  for (std::uint32_t m = 0; m < kMonths.size(); ++m)
    if (letters == kMonths[m] || letters == kMonths[m].substr(0, 3) || (m == 8 && letters == U"sept"))
      return m + 1;
  return 0;
}

bool is_ordinal(std::u32string_view ending) {
  return ending == U"st" || ending == U"nd" || ending == U"rd" || ending == U"th";
}

std::optional<Part> part_of(std::string_view text, const bundle::Word& word) {
  constexpr std::size_t kLongest = 9;  // "september"
  if (word.length > kLongest) return std::nullopt;
  const auto letters = bundle::letters_of(text, word);
  Part out{0, month_of(letters), 0, word.begin, word.end};
  while (out.digits < letters.size() && letters[out.digits] >= U'0' && letters[out.digits] <= U'9')
    out.number = out.number * 10 + (letters[out.digits++] - U'0');
  const auto ending = std::u32string_view(letters).substr(out.digits);
  const bool numeric = out.digits > 0 && out.digits <= 4 && (ending.empty() || is_ordinal(ending));
  if (!numeric && out.month == 0) return std::nullopt;
  return out;
}

using Visit = std::function<void(std::uint32_t date, std::size_t begin)>;

void visit_date(const Part& year, const Part& month, const Part& day, std::size_t begin, const Visit& visit) {
  const auto m = month.month != 0 ? month.month : month.number;
  if ((year.digits != 4 && year.digits != 2) || day.digits == 0 || day.digits > 2 || day.number == 0 ||
      day.number > 31 || m == 0 || m > 12)
    return;
  const auto add = [&](std::uint32_t y) { visit((y * 100 + m) * 100 + day.number, begin); };
  if (year.digits == 4) return add(year.number);
  add(1900 + year.number);
  add(2000 + year.number);
}

void each_date(std::string_view text, const Visit& visit) {
  std::vector<Part> parts;
  for (const auto& word : bundle::words_of(text)) {
    const auto part = part_of(text, word);
    const bool of = !part && word.length == 2 && text.substr(word.begin, 2) == "of";
    if (of) continue;  // "12th of June"
    if (!part || (!parts.empty() && part->begin - parts.back().end > kWidestGap)) parts.clear();
    if (!part) continue;
    parts.push_back(*part);
    if (parts.size() > 3) parts.erase(parts.begin());
    if (parts.size() < 3) continue;
    const auto begin = parts[0].begin;
    visit_date(parts[2], parts[1], parts[0], begin, visit);
    visit_date(parts[2], parts[0], parts[1], begin, visit);
    visit_date(parts[0], parts[1], parts[2], begin, visit);
  }
}

bool is_short_number(const bundle::Word& word) {
  return word.digits && word.length >= 2 && word.length <= 4;
}

}  // namespace

void SaidOtherwise::add(std::string_view run, const std::string& from) {
  each_date(run, [&](std::uint32_t date, std::size_t) { dates_.emplace(date, from); });
  const auto words = bundle::words_of(run);
  if (words.size() == 1 && is_short_number(words[0])) numbers_.emplace(words[0].hash, from);
}

std::optional<Found> SaidOtherwise::find_date(std::string_view text) const {
  std::optional<Found> out;
  if (dates_.empty()) return out;
  each_date(text, [&](std::uint32_t date, std::size_t begin) {
    const auto at = dates_.find(date);
    if (!out && at != dates_.end()) out = Found{begin, at->second};
  });
  return out;
}

std::optional<std::pair<Found, std::uint64_t>> SaidOtherwise::find_number(std::string_view text) const {
  if (numbers_.empty()) return std::nullopt;
  for (const auto& word : bundle::words_of(text))
    if (const auto at = is_short_number(word) ? numbers_.find(word.hash) : numbers_.end();
        at != numbers_.end())
      return std::pair(Found{word.begin, at->second}, word.hash);
  return std::nullopt;
}

}  // namespace muniment::foi
