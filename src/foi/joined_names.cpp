#include "foi/joined_names.hpp"

#include "bundle/words.hpp"
#include "foi/everyday_words.hpp"
#include "foi/name_forms.hpp"
#include "foi/withheld_words.hpp"

namespace muniment::foi {
namespace {

constexpr std::size_t kShortestRun = 8;  // letters
constexpr std::size_t kShortest = 6;
constexpr std::size_t kShortestPlural = 4;

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

}  // namespace

JoinedNames::JoinedNames(const std::vector<bundle::Needle>& runs,
                         const std::vector<bundle::Needle>& singles) {
  for (const auto& needle : runs) {
    if (needle.kind != bundle::NeedleKind::kWords) continue;
    const auto words = bundle::words_of(needle.value);
    if (words.size() < 2 || words.size() > 3) continue;
    Name name{{}, needle.from};
    bool letters = true;
    for (const auto& word : words) {
      letters = letters && word.letters;
      name.letters += bundle::letters_of(needle.value, word);
    }
    if (letters && name.letters.size() >= kShortestRun) add(std::move(name));
  }
  for (const auto& needle : singles) {
    const auto words = bundle::words_of(needle.value);
    if (words.size() != 1 || !words[0].letters || words[0].unspaced || !is_name(needle)) continue;
    Name name{bundle::letters_of(needle.value, words[0]), needle.from};
    if (name.letters.size() >= kShortestPlural) plurals_.emplace(hash_of(name.letters), needle.from);
    if (name.letters.size() >= kShortest) add(std::move(name));
  }
}

void JoinedNames::add(Name name) {
  const auto key = beginning(name.letters);
  names_[key].push_back(std::move(name));
}

std::optional<JoinedNames::Found> JoinedNames::find(std::string_view text) const {
  if (names_.empty() && plurals_.empty()) return std::nullopt;
  for (const auto& word : bundle::words_of(text)) {
    if (word.length <= kShortestPlural) continue;
    const auto letters = bundle::letters_of(text, word);
    const std::u32string_view all(letters);
    for (std::size_t at = 0; at + kShortest <= all.size(); ++at) {
      const auto names = names_.find(beginning(all.substr(at)));
      if (names == names_.end()) continue;
      for (const auto& name : names->second)
        if (all.size() > name.letters.size() && all.substr(at).starts_with(name.letters))
          return Found{word.begin, name.from};
    }
    if (!all.ends_with(U's')) continue;
    for (const auto& stem : {all.substr(0, all.size() - 1), all.substr(0, all.size() - 2)})
      if (const auto one = plurals_.find(hash_of(stem));
          one != plurals_.end() && (stem.size() + 1 == all.size() || all[all.size() - 2] == U'e'))
        return Found{word.begin, one->second};
  }
  return std::nullopt;
}

}  // namespace muniment::foi
