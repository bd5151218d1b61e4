#include "foi/joined_names.hpp"

#include <algorithm>

#include "bundle/words.hpp"
#include "foi/everyday_words.hpp"
#include "foi/name_forms.hpp"
#include "foi/withheld_words.hpp"

namespace muniment::foi {
namespace {

constexpr std::size_t kShortestRun = 8;  // letters
constexpr std::size_t kShortest = 6;
constexpr std::size_t kShortestPlural = 4;
constexpr std::size_t kShortestPlain = 5;
constexpr std::size_t kShortestAtAnEnd = 7;
constexpr std::size_t kMostApart = 3;  // words

std::uint64_t hash_of(std::u32string_view letters) {
  return bundle::PlainHash().add(letters);
}

std::uint64_t beginning(std::u32string_view letters) {
  return hash_of(letters.substr(0, kShortest));
}

// A word that is withheld, and a name: a plain word is the beginning of many.
bool is_name(const bundle::Needle& needle) {
  return needle.kind == bundle::NeedleKind::kWords && !is_everyday_word(needle.value) &&
         (is_person_field(field_of(needle.from)) || !begins_small(needle.value));
}

std::string_view spelled(std::string_view text, const bundle::Word& word) {
  return text.substr(word.begin, word.end - word.begin);
}

std::optional<std::string> at(const std::unordered_map<std::uint64_t, std::string>& words,
                              std::u32string_view letters) {
  const auto found = words.find(hash_of(letters));
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

bool is_small(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_big(char c) {
  return c >= 'A' && c <= 'Z';
}

// Where a part of a word begins, as capitals tell: "LeukaemiaSupport", "UKLeukaemia", "leukaemia2026".
bool begins_part(std::string_view word, std::size_t i) {
  const bool letter = is_small(word[i]) || is_big(word[i]);
  const bool letter_before = is_small(word[i - 1]) || is_big(word[i - 1]);
  if (letter != letter_before) return true;
  return is_big(word[i]) && (is_small(word[i - 1]) || (i + 1 < word.size() && is_small(word[i + 1])));
}

}  // namespace

JoinedNames::JoinedNames(const std::vector<bundle::Needle>& runs, const std::vector<bundle::Needle>& singles,
                         const std::vector<bundle::Needle>& plain) {
  for (const auto& needle : runs) {
    const auto words = bundle::words_of(needle.value);
    if (needle.kind != bundle::NeedleKind::kUrl && !needle.as_spelt) add_apart(needle, words);
    if (needle.kind != bundle::NeedleKind::kWords) continue;
    if (words.size() < 2 || words.size() > 3) continue;
    std::u32string letters;
    for (const auto& word : words) letters += bundle::letters_of(needle.value, word);
    if (std::ranges::all_of(words, &bundle::Word::letters) && letters.size() >= kShortestRun)
      add(letters, needle.from);
  }
  for (const auto& needle : singles) {
    const auto words = bundle::words_of(needle.value);
    if (words.size() != 1 || !words[0].letters || words[0].unspaced) continue;
    add_apart(needle, words);
    const auto letters = bundle::letters_of(needle.value, words[0]);
    if (is_name(needle)) {
      if (letters.size() >= kShortestPlural) plurals_.emplace(hash_of(letters), needle.from);
      if (letters.size() >= kShortest) add(letters, needle.from);
    } else if (!is_everyday_word(needle.value)) {
      add_plain(needle, words[0]);
      if (letters.size() >= kShortestAtAnEnd) add(letters, needle.from, true);
    }
  }
  for (const auto& needle : plain)
    if (const auto words = bundle::words_of(needle.value);
        words.size() == 1 && words[0].letters && !words[0].unspaced && !is_everyday_word(needle.value))
      add_plain(needle, words[0]);
}

void JoinedNames::add(std::u32string_view letters, const std::string& from, bool at_an_end) {
  auto& name = names_.try_emplace(hash_of(letters), Name{from, at_an_end}).first->second;
  name.at_an_end = name.at_an_end && at_an_end;
  lengths_[beginning(letters)].insert(letters.size());
}

void JoinedNames::add_apart(const bundle::Needle& needle, const std::vector<bundle::Word>& words) {
  const bool account = needle.kind == bundle::NeedleKind::kHandle;
  if (words.size() > 1 && !account) return;  // they are looked for as they stand
  std::u32string letters;
  for (const auto& word : words) letters += bundle::letters_of(needle.value, word);
  const auto end = letters.find_last_not_of(U"0123456789");
  const bool alone = end != std::u32string::npos && end + 1 < letters.size();
  letters.resize(end == std::u32string::npos ? 0 : end + 1);
  if (words.size() > kMostApart || letters.size() < kShortest || is_everyday_word(needle.value)) return;
  const bool digits = letters.find_first_of(U"0123456789") != std::u32string::npos;
  const bool unspaced = std::ranges::any_of(words, &bundle::Word::unspaced);
  if (digits || unspaced) return;
  const auto [at, fresh] = apart_.emplace(hash_of(letters), Apart{needle.from, alone});
  at->second.alone = at->second.alone || alone;
  if (fresh && account && letters.size() >= kShortestRun) add(letters, needle.from);
}

void JoinedNames::add_plain(const bundle::Needle& needle, const bundle::Word& word) {
  const auto letters = bundle::letters_of(needle.value, word);
  if (letters.size() < (begins_small(needle.value) ? kShortestPlain : kShortestPlural)) return;
  const auto key = hash_of(letters);
  if (letters.size() >= kShortestRun) apart_.try_emplace(key, Apart{needle.from, false});
  plurals_.emplace(key, needle.from);
  if (letters.size() > kShortestPlain && letters.ends_with(U's') && !letters.ends_with(U"ss"))
    singulars_.emplace(hash_of(std::u32string_view(letters).substr(0, letters.size() - 1)), needle.from);
}

std::optional<std::string> JoinedNames::inside(std::u32string_view letters) const {
  for (std::size_t from = 0; from + kShortest <= letters.size(); ++from) {
    const auto lengths = lengths_.find(beginning(letters.substr(from)));
    if (lengths == lengths_.end()) continue;
    for (const auto length : lengths->second) {
      if (length >= letters.size() || from + length > letters.size()) break;
      const auto name = names_.find(hash_of(letters.substr(from, length)));
      const bool ends = from == 0 || from + length == letters.size();
      if (name != names_.end() && (ends || !name->second.at_an_end)) return name->second.from;
    }
  }
  return std::nullopt;
}

std::optional<std::string> JoinedNames::in_plural(std::u32string_view letters) const {
  if (auto from = at(singulars_, letters)) return from;
  if (!letters.ends_with(U's')) return std::nullopt;
  if (auto from = at(plurals_, letters.substr(0, letters.size() - 1))) return from;
  return letters.ends_with(U"es") ? at(plurals_, letters.substr(0, letters.size() - 2)) : std::nullopt;
}

std::optional<std::string> JoinedNames::set_off(std::string_view word) const {
  std::u32string part;
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= word.size(); ++i) {
    if (i < word.size() && !begins_part(word, i)) continue;
    if (begin > 0 || i < word.size()) {
      part.clear();
      for (const char c : word.substr(begin, i - begin))
        part.push_back(static_cast<char32_t>(is_big(c) ? c - 'A' + 'a' : c));
      if (auto from = at(plurals_, part)) return from;
      if (auto from = in_plural(part)) return from;
    }
    begin = i;
  }
  return std::nullopt;
}

// Of two words or three that stand beside each other, or of one without the digits at its end.
std::optional<Found> JoinedNames::find_apart(std::string_view text,
                                             const std::vector<bundle::Word>& words) const {
  constexpr std::string_view kBetween = " -_.'";
  for (std::size_t first = 0; first < words.size() && !apart_.empty(); ++first) {
    bundle::PlainHash hash;
    for (std::size_t i = first; i < std::min(first + kMostApart, words.size()); ++i) {
      const auto gap =
          i == first ? std::string_view() : text.substr(words[i - 1].end, words[i].begin - words[i - 1].end);
      const bool beside = i == first || (gap.size() == 1 && kBetween.find(gap[0]) != std::string_view::npos);
      if (!beside || !words[i].letters || words[i].unspaced) break;
      const auto found = apart_.find(hash.add(bundle::letters_of(text, words[i])));
      if (found != apart_.end() && (i > first || found->second.alone))
        return Found{words[first].begin, found->second.from};
    }
  }
  return std::nullopt;
}

std::optional<Found> JoinedNames::find(std::string_view text) const {
  if (names_.empty() && plurals_.empty() && apart_.empty()) return std::nullopt;
  const auto words = bundle::words_of(text);
  if (auto found = find_apart(text, words)) return found;
  for (const auto& word : words) {
    if (word.length <= kShortestPlural) continue;
    const auto letters = bundle::letters_of(text, word);
    auto from = inside(letters);
    if (!from) from = in_plural(letters);
    if (!from && spelled(text, word).size() == word.length) from = set_off(spelled(text, word));
    if (from) return Found{word.begin, *from};
  }
  return std::nullopt;
}

}  // namespace muniment::foi
