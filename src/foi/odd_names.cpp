#include "foi/odd_names.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "bundle/words.hpp"
#include "foi/name_forms.hpp"
#include "foi/withheld_words.hpp"

namespace muniment::foi {
namespace {

constexpr std::size_t kMostDoubts = 50;
constexpr std::string_view kSpace = " \t\r\n";

// What is looked for, or nothing: letters and numbers without what stands beside them ("K."), else the signs.
std::string odd_name_of(std::string_view name) {
  constexpr std::size_t kLongestNumber = 4;
  const auto first = name.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  name = name.substr(first, name.find_last_not_of(kSpace) + 1 - first);
  const auto words = bundle::words_of(name);
  if (words.empty()) return std::string(name);
  if (words.size() > 1) return {};
  const auto& word = words[0];
  const bool letter = word.letters && word.length == 1;
  const bool number = word.digits && word.length <= kLongestNumber;
  return letter || number ? std::string(name.substr(word.begin, word.end - word.begin)) : std::string();
}

bool is_line_only(const std::string& name) {
  return name == "A" || name == "a" || name == "I" || name == "i" ||
         (name.size() == 1 && bundle::words_of(name).empty());
}

bool is_space_or_end(std::string_view text, std::size_t at) {
  return at >= text.size() || kSpace.find(text[at]) != std::string_view::npos;
}

// Of signs: between spaces.
bool stands_alone(std::string_view text, std::size_t at, std::string_view name) {
  return (at == 0 || is_space_or_end(text, at - 1)) && is_space_or_end(text, at + name.size());
}

// Not what is left of a longer one ("It's").
bool is_word_in(std::string_view text, std::string_view name) {
  return std::ranges::any_of(bundle::words_of(text), [&](const bundle::Word& word) {
    const auto before = text.substr(0, word.begin);
    return text.substr(word.begin, word.end - word.begin) == name && !before.ends_with('\'') &&
           !before.ends_with("\u2019");
  });
}

bool is_line(std::string_view text, std::size_t at, std::string_view name) {
  const auto begin = text.substr(0, at).find_last_not_of(" \t");
  const auto end = text.find_first_not_of(" \t.,-", at + name.size());
  return (begin == std::string_view::npos || text[begin] == '\n') &&
         (end == std::string_view::npos || text[end] == '\n' || text[end] == '\r');
}

bool says(std::string_view text, const std::string& name) {
  const bool line = is_line_only(name);
  if (!line && !bundle::words_of(name).empty()) return is_word_in(text, name);
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1))
    if (line ? is_line(text, at, name) : stands_alone(text, at, name)) return true;
  return false;
}

}  // namespace

void doubt_odd_names(Plan& plan) {
  std::map<std::string, std::string> names;  // and where they are withheld
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields)
      if (is_person_field(planned.field.name) && planned.shows_nothing() && !planned.out_of_scope())
        if (auto name = odd_name_of(planned.field.value); !name.empty())
          names.emplace(std::move(name), label(entry, planned.field.name));
  std::size_t count = 0;
  if (names.empty()) return;
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields) {
      if (!is_text_field(planned.field.name) || planned.kept || planned.shows_nothing()) continue;
      const auto text = planned.shown();
      const auto said = std::ranges::find_if(names, [&](const auto& one) { return says(text, one.first); });
      if (said == names.end() || ++count > kMostDoubts + 1) continue;
      plan.doubtful.push_back({entry.entry.seq,
                               planned.field.name,
                               {},
                               "it may say the name withheld in " + said->second +
                                   ", which is too short to be looked for" +
                                   (count > kMostDoubts ? "; more such places are not named" : "")});
    }
}

}  // namespace muniment::foi
