#include "foi/joined_names.hpp"

#include "bundle/words.hpp"

namespace muniment::foi {
namespace {

constexpr std::size_t kShortest = 8;  // letters

std::uint64_t beginning(std::u32string_view letters) {
  return bundle::PlainHash().add(letters.substr(0, kShortest));
}

}  // namespace

JoinedNames::JoinedNames(const std::vector<bundle::Needle>& needles) {
  for (const auto& needle : needles) {
    if (needle.kind != bundle::NeedleKind::kWords) continue;
    const auto words = bundle::words_of(needle.value);
    if (words.size() < 2 || words.size() > 3) continue;
    Name name{{}, needle.from};
    bool letters = true;
    for (const auto& word : words) {
      letters = letters && word.letters;
      name.letters += bundle::letters_of(needle.value, word);
    }
    if (letters && name.letters.size() >= kShortest)
      names_[beginning(name.letters)].push_back(std::move(name));
  }
}

std::optional<JoinedNames::Found> JoinedNames::find(std::string_view text) const {
  if (names_.empty()) return std::nullopt;
  for (const auto& word : bundle::words_of(text)) {
    if (word.length <= kShortest) continue;
    const auto letters = bundle::letters_of(text, word);
    const std::u32string_view all(letters);
    for (std::size_t at = 0; at + kShortest <= all.size(); ++at) {
      const auto names = names_.find(beginning(all.substr(at)));
      if (names == names_.end()) continue;
      for (const auto& name : names->second)
        if (all.substr(at).starts_with(name.letters)) return Found{word.begin, name.from};
    }
  }
  return std::nullopt;
}

}  // namespace muniment::foi
