#include "bundle/numbers.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>

#include "base/utf8.hpp"

namespace muniment::bundle {
namespace {

constexpr std::size_t kMostGroups = 16;
constexpr std::size_t kLongest = 34;  // an IBAN
constexpr std::size_t kShortest = 6;
constexpr std::size_t kShortestWithLetters = 5;
constexpr std::size_t kLongestPostcode = 8;
constexpr std::size_t kMostBetween = 8;  // bytes
constexpr std::size_t kLongestLetters = 4;
constexpr std::size_t kShortestTelephone = 9;
constexpr std::size_t kLongestPrefix = 3;  // of a country

using Groups = std::span<const Word>;

bool is_letters(const Word& word) {
  return word.letters && word.length <= kLongestLetters;
}

// Symbols and Han are words of one code point, neither letters nor digits.
bool has_digit(const Word& word) {
  return word.digits || (!word.letters && word.length > 1);
}

bool stands_between_groups(char32_t c) {
  return c == ' ' || c == '\t' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')' || c == '_' ||
         c == 0x00A0 || c == 0x00AD || c == 0x00B7 || (c >= 0x2000 && c <= 0x2015) || c == 0x202F ||
         c == 0x2060 || c == 0x2212 || c == 0x3000 || c == 0xFEFF;
}

bool goes_on(std::string_view text, const Word& a, const Word& b) {
  if (!(has_digit(a) && (has_digit(b) || is_letters(b))) && !(is_letters(a) && has_digit(b))) return false;
  const auto gap = text.substr(a.end, b.begin - a.end);
  if (gap == ",") return a.digits && a.length <= 3 && b.digits && b.length == 3;  // thousands
  if (gap.empty() || gap.size() > kMostBetween) return false;
  for (std::size_t at = 0; at < gap.size();)
    if (!stands_between_groups(base::next_code_point(gap, at))) return false;
  return true;
}

std::u32string put_together(std::string_view text, Groups groups) {
  std::u32string out;
  for (const Word& word : groups) out += letters_of(text, word);
  return out;
}

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool is_number(std::u32string_view number) {
  if (number.size() < kShortestWithLetters || number.size() > kLongest) return false;
  const auto digits = static_cast<std::size_t>(std::count_if(number.begin(), number.end(), is_digit));
  if (digits == number.size()) return digits >= kShortest;
  if (is_digit(number[0])) return false;
  return (digits >= 3 && number.size() >= kShortest) ||
         (digits == 2 && !is_digit(number.back()) && number.size() <= kLongestPostcode);
}

int value_of(std::u32string_view digits) {
  int value = 0;
  for (const char32_t c : digits) value = value * 10 + static_cast<int>(c - U'0');
  return value;
}

bool is_day_and_month(int a, int b) {
  return a >= 1 && a <= 31 && b >= 1 && b <= 12;
}

bool may_be_date(std::string_view text, Groups groups) {
  if (groups.size() < 2) return false;
  bool year = false;
  std::vector<int> small;
  for (const Word& word : groups) {
    if (word.letters) continue;
    if (!word.digits || (word.length > 2 && word.length != 4)) return false;
    const int value = value_of(letters_of(text, word));
    if (word.length == 4 && (value < 1900 || value > 2099)) return false;
    if (word.length == 4)
      year = true;
    else
      small.push_back(value);
  }
  if (year) return true;
  return groups.size() == 3 && small.size() == 3 &&
         (is_day_and_month(small[0], small[1]) || is_day_and_month(small[1], small[0]) ||
          is_day_and_month(small[2], small[1]));
}

// How many digits stand before those that a prefix of a country may have: "+44…", "0044…".
std::optional<std::size_t> before_prefix(std::string_view text, const Word& word) {
  if (word.begin > 0 && text[word.begin - 1] == '+') return 0;
  return text.substr(word.begin, 2) == "00" ? std::optional<std::size_t>(2) : std::nullopt;
}

using Each = std::function<void(std::uint64_t number, std::size_t first, std::size_t last)>;

// Each number that begins with the word `first`, without its first `skip` digits.
void each_from(std::string_view text, const std::vector<Word>& words, std::size_t first, std::size_t skip,
               const Each& each) {
  std::u32string number = letters_of(text, words[first]);
  if (skip >= number.size() && skip > 0) return;
  number.erase(0, skip);
  for (std::size_t last = first; number.size() <= kLongest; ++last) {
    const auto count = last - first + 1;
    if (is_number(number) && !may_be_date(text, {words.data() + first, count}))
      each(PlainHash().add(number), first, last);
    if (count == kMostGroups || last + 1 == words.size() || !goes_on(text, words[last], words[last + 1]))
      return;
    number += letters_of(text, words[last + 1]);
  }
}

void each_number(std::string_view text, const std::vector<Word>& words, const Each& each) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool begins = has_digit(words[i]) || (is_letters(words[i]) && i + 1 < words.size() &&
                                                goes_on(text, words[i], words[i + 1]));
    if (!begins) continue;
    each_from(text, words, i, 0, each);
    if (const auto before = before_prefix(text, words[i]))
      for (std::size_t n = 1; n <= kLongestPrefix; ++n) each_from(text, words, i, *before + n, each);
  }
}

// Between words of a needle, capitals only: "QQ 12 34 56 C", but not "is 123 in".
bool belongs(std::string_view text, const Word& word) {
  if (has_digit(word)) return true;
  const auto spelled = text.substr(word.begin, word.end - word.begin);
  return is_letters(word) &&
         std::none_of(spelled.begin(), spelled.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// The ways a telephone number is written inside its country and from outside.
void add_telephone(std::u32string_view number, std::optional<std::size_t> before,
                   std::vector<std::u32string>& out) {
  const auto add_national = [&](std::u32string_view national) {
    if (national.size() < kShortestTelephone) return;
    out.emplace_back(national);
    if (national[0] == U'0')
      out.emplace_back(national.substr(1));
    else
      out.push_back(U"0" + std::u32string(national));
  };
  if (!before) {
    if (number.size() > kShortestTelephone && number[0] == U'0') out.emplace_back(number.substr(1));
    return;
  }
  for (std::size_t n = 1; n <= kLongestPrefix && *before + n < number.size(); ++n)
    add_national(number.substr(*before + n));
}

}  // namespace

void Numbers::add_groups(std::string_view text, Groups groups, std::size_t needle) {
  const auto number = put_together(text, groups);
  if (!is_number(number) || may_be_date(text, groups)) return;
  std::vector<std::u32string> forms = {number};
  if (std::all_of(number.begin(), number.end(), is_digit) && number.size() >= kShortestTelephone)
    add_telephone(number, before_prefix(text, groups[0]), forms);
  std::size_t number_of = numbers_.size();
  for (const auto& form : forms)
    if (const auto at = forms_.find(PlainHash().add(form)); at != forms_.end()) number_of = at->second;
  if (number_of == numbers_.size()) numbers_.push_back({needle, true});
  for (const auto& form : forms) forms_.try_emplace(PlainHash().add(form), number_of);
}

void Numbers::add(std::string_view text, const std::vector<Word>& words, std::size_t needle) {
  // The longest groups from each place, once with letters and once of digits only.
  for (const bool digits : {false, true}) {
    for (std::size_t first = 0; first < words.size();) {
      const auto fits = [&](const Word& word) { return digits ? word.digits : belongs(text, word); };
      std::size_t end = first;
      while (end < words.size() && fits(words[end]) &&
             (end == first || goes_on(text, words[end - 1], words[end])))
        ++end;
      if (end > first) add_groups(text, {words.data() + first, end - first}, needle);
      first = std::max(end, first + 1);
    }
  }
}

std::vector<Numbers::Found> Numbers::find(std::string_view text, const std::vector<Word>& words) const {
  std::vector<Found> found;
  if (numbers_.empty()) return found;
  each_number(text, words, [&](std::uint64_t form, std::size_t first, std::size_t last) {
    const auto at = forms_.find(form);
    if (at != forms_.end() && numbers_[at->second].live)
      found.push_back({numbers_[at->second].needle, first, last});
  });
  return found;
}

void Numbers::allow(std::string_view text, const std::vector<Word>& words) {
  if (numbers_.empty()) return;
  each_number(text, words, [&](std::uint64_t form, std::size_t, std::size_t) {
    if (const auto at = forms_.find(form); at != forms_.end()) numbers_[at->second].live = false;
  });
}

bool Numbers::hold_more_than(const Numbers& other) const {
  return std::any_of(forms_.begin(), forms_.end(), [&](const auto& form) {
    const auto at = other.forms_.find(form.first);
    return numbers_[form.second].live && (at == other.forms_.end() || !other.numbers_[at->second].live);
  });
}

std::vector<std::size_t> Numbers::needles() const {
  std::vector<std::size_t> out;
  for (const Number& number : numbers_)
    if (number.live) out.push_back(number.needle);
  return out;
}

}  // namespace muniment::bundle
