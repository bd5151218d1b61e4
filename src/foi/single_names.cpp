#include "foi/single_names.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <iterator>
#include <string>

#include "base/utf8.hpp"
#include "bundle/words.hpp"
#include "foi/everyday_words.hpp"
#include "foi/looked_for.hpp"
#include "foi/name_forms.hpp"
#include "foi/withheld_words.hpp"

namespace muniment::foi {
namespace {

using bundle::Match;
using bundle::NeedleKind;

std::string_view found_in(std::string_view text, const Match& match) {
  return text.substr(match.begin, match.end - match.begin);
}

// Too short for the list of everyday words, where they would be no names of anybody ("Do", "An").
bool is_particle(std::string_view word) {
  constexpr std::string_view kParticles[] = {"am", "an", "as", "at", "be", "by", "do", "go", "he",
                                             "hi", "if", "in", "is", "it", "me", "my", "no", "of",
                                             "oh", "ok", "on", "or", "so", "to", "up", "us", "we"};
  if (word.size() != 2) return false;
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  const char letters[] = {small(word[0]), small(word[1])};
  return std::ranges::find(kParticles, std::string_view(letters, 2)) != std::end(kParticles);
}

// Where something goes before it that no sentence ends with.
bool is_inside_sentence(std::string_view text, std::size_t at) {
  constexpr std::u32string_view kGoesOn = U",;)&/'\u2019";
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  if (at == 0) return false;
  std::size_t first = at - 1;
  while (first > 0 && (static_cast<unsigned char>(text[first]) & 0xC0U) == 0x80) --first;
  const char32_t before = base::next_code_point(text, first);
  return u_isalnum(static_cast<UChar32>(before)) != 0 || kGoesOn.find(before) != std::u32string_view::npos;
}

bool is_in_capitals(std::string_view word) {
  return word.size() > 1 && std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

// "GIVE ME THAT": the capital says nothing.
bool is_shouted(std::string_view text, const Match& match) {
  return is_in_capitals(found_in(text, match)) && is_in_capitals(word_before(text, match.begin));
}

}  // namespace

SingleNames::SingleNames(const Plan& plan, const WordUse& use) : use_(use), names_(plan.words.names) {
  allow_surroundings(names_, plan);
  for (const auto& run : plan.words.runs)
    if (const auto words = bundle::words_of(run.value); run.kind == NeedleKind::kWords && words.size() == 1)
      whole_.insert(words[0].hash);
}

SingleNames::Sureness SingleNames::sureness_of(std::string_view text, const Match& match) const {
  constexpr std::size_t kFewItems = 2;
  const auto found = found_in(text, match);
  const auto words = bundle::words_of(found);
  if (words.empty()) return Sureness::kNone;
  const auto hash = words.front().hash;
  const bool everyday = is_everyday_word(found) || is_particle(found);
  const auto& needle = names_[match.needle];
  if (begins_small(found)) {
    const bool plain = begins_small(needle.value) && !is_person_field(field_of(needle.from));
    const bool often = use_.is_mostly_small(hash) && use_.items(hash) > kFewItems;
    return everyday || plain || often ? Sureness::kNone : Sureness::kLess;
  }
  const bool inside = is_inside_sentence(text, match.begin);
  if (everyday) {
    const bool alone = whole_.contains(hash) && inside && !is_shouted(text, match);
    return alone || is_title(word_before(text, match.begin)) ? Sureness::kSure : Sureness::kNone;
  }
  if (inside || !use_.is_mostly_small(hash)) return Sureness::kSure;
  return use_.is_common(hash) ? Sureness::kNone : Sureness::kLess;
}

std::optional<Found> SingleNames::first(std::string_view text, Sureness wanted) const {
  std::optional<Found> out;
  for (const auto& match : names_.find_words(text))
    if ((!out || match.begin < out->begin) && sureness_of(text, match) == wanted)
      out = Found{match.begin, names_[match.needle].from};
  return out;
}

std::optional<Found> SingleNames::find(std::string_view text) const {
  return first(text, Sureness::kSure);
}

std::optional<Found> SingleNames::find_less_sure(std::string_view text) const {
  return first(text, Sureness::kLess);
}

}  // namespace muniment::foi
