#include "foi/slipped_names.hpp"

#include <algorithm>

#include "foi/everyday_words.hpp"
#include "foi/name_forms.hpp"
#include "foi/withheld_words.hpp"

namespace muniment::foi {
namespace {

constexpr std::size_t kShortestSlip = 7;
constexpr std::size_t kShortestDigits = 4;
constexpr std::size_t kLongest = 32;

std::uint64_t hash_of(std::u32string_view letters) {
  return bundle::PlainHash().add(letters);
}

template <typename Visit>
void each_shorter(const std::u32string& letters, Visit visit) {
  visit(letters);
  for (std::size_t i = 0; i < letters.size(); ++i) {
    auto shorter = letters;
    shorter.erase(i, 1);
    visit(shorter);
  }
}

// From the first difference on: one letter skipped on either side, another, or two exchanged, and then the
// same.
bool is_one_slip_away(std::u32string_view a, std::u32string_view b) {
  const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const auto i = static_cast<std::size_t>(in_a - a.begin());
  const auto rest_a = a.substr(i);
  const auto rest_b = b.substr(i);
  const auto after = [](std::u32string_view rest, std::size_t n) {
    return rest.substr(std::min(n, rest.size()));
  };
  if (rest_a.empty() && rest_b.empty()) return false;  // they are the same
  if (after(rest_a, 1) == rest_b || rest_a == after(rest_b, 1)) return true;
  if (rest_a.empty() || rest_b.empty()) return false;
  if (after(rest_a, 1) == after(rest_b, 1)) return true;
  return rest_a.size() > 1 && rest_b.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
         after(rest_a, 2) == after(rest_b, 2);
}

// `one`: what 1 is read as.
std::u32string with_letters(std::u32string letters, char32_t one) {
  constexpr std::u32string_view kDigits = U"034579";
  constexpr std::u32string_view kLetters = U"oeastg";
  for (char32_t& c : letters) {
    const auto at = kDigits.find(c);
    if (c == U'1') c = one;
    if (at != std::u32string_view::npos) c = kLetters[at];
  }
  return letters;
}

}  // namespace

SlippedNames::SlippedNames(const std::vector<bundle::Needle>& singles) {
  for (const auto& needle : singles) {
    const auto words = bundle::words_of(needle.value);
    if (words.size() != 1 || !words[0].letters || words[0].unspaced || words[0].length > kLongest ||
        !is_person_field(field_of(needle.from)) || is_everyday_word(needle.value))
      continue;
    Name name{bundle::letters_of(needle.value, words[0]), needle.from};
    if (name.letters.size() < kShortestDigits) continue;
    if (!whole_.emplace(hash_of(name.letters), names_.size()).second) continue;
    if (name.letters.size() >= kShortestSlip)
      each_shorter(name.letters, [&](const std::u32string& shorter) {
        without_a_letter_.emplace(hash_of(shorter), names_.size());
      });
    names_.push_back(std::move(name));
  }
}

const SlippedNames::Name* SlippedNames::with_a_slip(const std::u32string& letters) const {
  const Name* found = nullptr;
  each_shorter(letters, [&](const std::u32string& shorter) {
    const auto [first, last] = without_a_letter_.equal_range(hash_of(shorter));
    for (auto at = first; at != last && found == nullptr; ++at) {
      const auto& name = names_[at->second];
      if (name.letters[0] == letters[0] && is_one_slip_away(name.letters, letters)) found = &name;
    }
  });
  return found;
}

const SlippedNames::Name* SlippedNames::with_digits(const std::u32string& letters) const {
  for (const char32_t one : {U'i', U'l'})
    if (const auto at = whole_.find(hash_of(with_letters(letters, one))); at != whole_.end())
      return &names_[at->second];
  return nullptr;
}

std::optional<Found> SlippedNames::find(std::string_view text,
                                        const std::function<bool(const bundle::Word&)>& may_be_name) const {
  if (names_.empty()) return std::nullopt;
  for (const auto& word : bundle::words_of(text)) {
    if (word.length < kShortestDigits || word.length > kLongest || word.digits || word.unspaced) continue;
    const bool slip = word.letters && word.length + 1 >= kShortestSlip && may_be_name(word);
    if (word.letters && !slip) continue;
    const auto letters = bundle::letters_of(text, word);
    const auto* name = slip ? with_a_slip(letters) : with_digits(letters);
    if (name != nullptr) return Found{word.begin, name->from};
  }
  return std::nullopt;
}

}  // namespace muniment::foi
