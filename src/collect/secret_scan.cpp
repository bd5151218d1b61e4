#include "collect/secret_scan.hpp"

#include <algorithm>

namespace muniment::collect {
namespace {

constexpr std::size_t kBits = SecretPattern::kBits;

// In base64 an end of a line, or a blank, means nothing.
constexpr std::string_view kBreak = "\n";

bool is_line_end(std::string_view means) {
  return means == "\r" || means == "\n";
}

bool has(std::span<const SecretPattern::Word> words, std::size_t bit) {
  return (words[bit / kBits] >> (bit % kBits) & 1) != 0;
}

}  // namespace

SecretScan::SecretScan(const SecretPattern& pattern, std::string_view text, Spellings& spellings)
    : pattern_(pattern),
      text_(text),
      spellings_(spellings),
      words_(pattern.words()),
      count_(std::min(text.size(), kLongestSpelling) + 1),
      slots_(count_ * words_, 0),
      step_(words_, 0),
      inside_(words_, ~Word{0}) {
  inside_[0] &= ~Word{1};
  inside_[pattern.size() / kBits] &= (Word{1} << (pattern.size() % kBits)) - 1;
}

std::size_t SecretScan::run(std::size_t from, std::vector<Stretch>& out) {
  auto alive = from, first = from, last = from;  // where it ends
  for (auto at = from; at <= alive; ++at) {
    const auto here = slot(at);
    if (has(here, pattern_.size())) {
      last = at;
      if (first == from) first = at;
    }
    if (at < text_.size()) {
      if (first == from) here[0] |= 1;  // it may begin anywhere
      each_reading(at, [&](std::size_t length, std::string_view means) {
        if (forward(here, means, slot(at + length))) alive = std::max(alive, at + length);
      });
    }
    std::ranges::fill(here, 0);
  }
  if (first == from) return alive + 1;
  const auto begin = begin_of(from, first);
  out.push_back({last == first ? begin : std::min(begin, begin_of(from, last)), last});
  std::ranges::fill(slots_, 0);
  return last;
}

template <class Visit>
void SecretScan::each_reading(std::size_t at, Visit visit) {
  if (!pattern_.may_be_broken() || !breaks_base64(text_[at]))
    visit(1, text_.substr(at, 1));
  else
    visit(1, kBreak);
  if (!begins_spelling(text_[at])) return;
  // "+" may stand for a blank, and is of base64.
  for (const auto& one : spellings_.at(at))
    visit(one.length, is_line_end(one.means()) ? kBreak : one.means());
}

// The first place from which the secret leads to its end there.
std::size_t SecretScan::begin_of(std::size_t from, std::size_t end) {
  std::ranges::fill(slots_, 0);
  slot(end)[pattern_.size() / kBits] = Word{1} << (pattern_.size() % kBits);
  auto first = end, alive = end;
  for (auto at = end; at-- > from && alive - at < count_;) {
    const auto here = slot(at);
    std::ranges::fill(here, 0);
    each_reading(at, [&](std::size_t length, std::string_view means) {
      if (at + length <= end && backward(slot(at + length), means, here)) alive = at;
    });
    if (has(here, 0)) first = at;
  }
  return first;
}

// Lengths from which these bytes lead on; false: none.
bool SecretScan::forward(std::span<const Word> lengths, std::string_view bytes, Words to) {
  std::ranges::copy(lengths, step_.begin());
  if (bytes == kBreak && pattern_.may_be_broken()) return pass_over(to);
  for (const char c : bytes) {
    const auto places = pattern_.places_of(c);
    Word carry = 0;
    for (std::size_t i = 0; i < words_; ++i) {
      const auto fit = step_[i] & places[i];
      step_[i] = fit << 1 | carry;
      carry = fit >> (kBits - 1);
    }
  }
  return add_step(to);
}

bool SecretScan::backward(std::span<const Word> lengths, std::string_view bytes, Words to) {
  std::ranges::copy(lengths, step_.begin());
  if (bytes == kBreak && pattern_.may_be_broken()) return pass_over(to);
  for (auto i = bytes.size(); i-- > 0;) {
    const auto places = pattern_.places_of(bytes[i]);
    for (std::size_t w = 0; w < words_; ++w)
      step_[w] = (step_[w] >> 1 | (w + 1 < words_ ? step_[w + 1] << (kBits - 1) : 0)) & places[w];
  }
  return add_step(to);
}

bool SecretScan::pass_over(Words to) {
  for (std::size_t i = 0; i < words_; ++i) step_[i] &= inside_[i];
  return add_step(to);
}

bool SecretScan::add_step(Words to) const {
  Word any = 0;
  for (std::size_t i = 0; i < words_; ++i) {
    to[i] |= step_[i];
    any |= step_[i];
  }
  return any != 0;
}

}  // namespace muniment::collect
