#include "foi/name_forms.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <span>
#include <utility>

#include "base/utf8.hpp"
#include "bundle/words.hpp"
#include "foi/everyday_words.hpp"
#include "foi/planned.hpp"

namespace muniment::foi {
namespace {

using bundle::Needle;
using bundle::NeedleKind;

constexpr std::size_t kMostWords = 8;

// People put more beside their names: "Tobias Achterberg (he/him)", "Tobias Achterberg | Plumber".
std::string_view without_what_follows(std::string_view name) {
  constexpr std::string_view kMarks[] = {"(",      "[",      "|",   "#",        "@",       "/",
                                         "\u2022", "\u00B7", " - ", " \u2013 ", " \u2014 "};
  auto end = name.size();
  for (const auto mark : kMarks) end = std::min(end, name.find(mark));
  const auto words = bundle::words_of(name.substr(0, end));
  return std::ranges::count_if(words, &bundle::Word::letters) >= 2 ? name.substr(0, end) : name;
}

// Its words as they stand between blanks ("O'Brien" is one), without titles; none when it is no name.
std::vector<std::string> words_of_name(std::string_view name, bool person) {
  std::vector<std::string> out;
  if (person) name = without_what_follows(name);
  while (!name.empty()) {
    const auto whole = name.substr(0, name.find_first_of(" \t\r\n"));
    name.remove_prefix(std::min(whole.size() + 1, name.size()));
    const auto words = bundle::words_of(whole);
    if (words.empty()) continue;
    const auto bare = whole.substr(words.front().begin, words.back().end - words.front().begin);
    const bool letters = std::ranges::all_of(words, [](const bundle::Word& word) { return word.letters; });
    const bool sign = words.size() == 1 && words[0].length == 1 && !letters && !words[0].digits;
    if (person && sign) continue;
    if (!letters || (!person && begins_small(bare))) return {};
    if (is_title(bare)) continue;
    if (is_everyday_word(bare)) return {};
    out.emplace_back(bare);
    if (out.size() > kMostWords) return {};
  }
  return out;
}

}  // namespace

std::vector<std::string> umlaut_forms(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> kForms[] = {
      {"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"å", "aa"}, {"ø", "oe"},
      {"Ä", "Ae"}, {"Ö", "Oe"}, {"Ü", "Ue"}, {"Å", "Aa"}, {"Ø", "Oe"}};
  constexpr std::size_t kUmlauts = 3;  // of the small ones: those that are also read back
  const auto replaced = [](std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
    return text;
  };
  std::string longer(name);
  std::string shorter(name);
  for (const auto& [letter, two] : kForms) longer = replaced(std::move(longer), letter, two);
  for (const auto& [letter, two] : std::span(kForms).first(kUmlauts))
    shorter = replaced(std::move(shorter), two, letter);
  std::vector<std::string> out;
  if (longer != name) out.push_back(std::move(longer));
  if (shorter != name) out.push_back(std::move(shorter));
  return out;
}

bool is_title(std::string_view word) {
  constexpr std::string_view kTitles[] = {"cllr", "councillor", "dame",      "doctor", "dr",  "lady",
                                          "lord", "mayor",      "miss",      "mr",     "mrs", "ms",
                                          "mx",   "prof",       "professor", "rev",    "sir"};
  std::string small(word);
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return std::ranges::find(kTitles, small) != std::end(kTitles);
}

std::string_view word_before(std::string_view text, std::size_t at) {
  constexpr std::size_t kMostBetween = 2;
  constexpr std::size_t kNear = 64;  // bytes
  const auto near = text.substr(at - std::min(at, kNear), std::min(at, kNear));
  const auto words = bundle::words_of(near);
  if (words.empty() || near.size() - words.back().end > kMostBetween) return {};
  return near.substr(words.back().begin, words.back().end - words.back().begin);
}

bool begins_small(std::string_view word) {
  std::size_t at = 0;
  return u_islower(static_cast<UChar32>(base::next_code_point(word, at))) != 0;
}

bool is_person_field(std::string_view field) {
  const auto name = logical_name(field);
  return is_of_account(name, ".name") || name == "actor" || name == "written.by";
}

void add_name_forms(std::string_view name, bool person, const std::string& from, std::vector<Needle>& out) {
  const auto words = words_of_name(name, person);
  if (words.size() < 2) return;
  const auto add = [&](std::string form) {
    for (auto& other : umlaut_forms(form)) out.push_back({NeedleKind::kWords, std::move(other), from});
    out.push_back({NeedleKind::kWords, std::move(form), from});
  };
  std::string first_names;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) first_names += (i > 0 ? " " : "") + words[i];
  add(first_names + " " + words.back());
  add(words.back() + " " + first_names);
  if (words.size() == 2) return;
  add(words.front() + " " + words.back());
  add(words.back() + " " + words.front());
  if (person) add(words[0] + " " + words[1]);  // "Tobias Achterberg MP"
}

}  // namespace muniment::foi
