#include "foi/odd_names.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "bundle/words.hpp"
#include "foi/doubt_list.hpp"
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

// A single sign, "A" and "I".
bool is_line_only(std::string_view name) {
  return name == "A" || name == "a" || name == "I" || name == "i" ||
         (name.size() == 1 && bundle::words_of(name).empty());
}

// Calls `visit` with each part between these, empty ones too.
template <typename Visit>
void each_part(std::string_view text, std::string_view between, Visit visit) {
  while (true) {
    const auto end = text.find_first_of(between);
    visit(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

// Looked up by what a text says, not one by one: there may be as many as accounts.
class OddNames {
 public:
  explicit OddNames(const Plan& plan) {
    for (const auto& entry : plan.entries)
      for (const auto& planned : entry.fields)
        if (is_person_field(planned.field.name) && planned.shows_nothing() && !planned.out_of_scope())
          add(odd_name_of(planned.field.value), label(entry, planned.field.name));
  }

  bool empty() const { return words_.empty() && signs_.empty() && lines_.empty(); }

  // Where the first is withheld that the text says; nullptr when it says none.
  const std::string* find(std::string_view text) const {
    const std::string* found = nullptr;
    const auto look = [&](const Names& names, std::string_view name) {
      const auto at = found == nullptr ? names.find(name) : names.end();
      if (at != names.end()) found = &at->second;
    };
    if (!words_.empty())
      for (const auto& word : bundle::words_of(text))
        if (!is_left_of_longer(text, word)) look(words_, text.substr(word.begin, word.end - word.begin));
    if (!signs_.empty()) each_part(text, kSpace, [&](std::string_view part) { look(signs_, part); });
    if (!lines_.empty())
      each_part(text, "\r\n", [&](std::string_view line) { look(lines_, said_alone(line)); });
    return found;
  }

 private:
  using Names = std::map<std::string, std::string, std::less<>>;  // and where they are withheld

  void add(std::string name, std::string from) {
    if (name.empty()) return;
    auto& names = is_line_only(name) ? lines_ : bundle::words_of(name).empty() ? signs_ : words_;
    names.emplace(std::move(name), std::move(from));
  }

  // The s of "It's".
  static bool is_left_of_longer(std::string_view text, const bundle::Word& word) {
    const auto before = text.substr(0, word.begin);
    return before.ends_with('\'') || before.ends_with("\u2019");
  }

  // The one letter or sign of a line, but for what people put behind it.
  static std::string_view said_alone(std::string_view line) {
    const auto first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos ||
        line.find_first_not_of(" \t.,-", first + 1) != std::string_view::npos)
      return {};
    return line.substr(first, 1);
  }

  Names words_;  // letters and numbers
  Names signs_;  // between spaces
  Names lines_;
};

}  // namespace

void doubt_odd_names(Plan& plan) {
  const OddNames names(plan);
  if (names.empty()) return;
  DoubtList doubts(plan, kMostDoubts);
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields) {
      if (!is_text_field(planned.field.name) || planned.kept || planned.shows_nothing()) continue;
      if (const auto* from = names.find(planned.shown()))
        doubts.add({entry.entry.seq,
                    planned.field.name,
                    {},
                    "it may say the name withheld in " + *from + ", which is too short to be looked for"});
    }
}

}  // namespace muniment::foi
