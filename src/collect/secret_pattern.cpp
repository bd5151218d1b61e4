#include "collect/secret_pattern.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace muniment::collect {
namespace {

constexpr std::size_t kBits = 64;
constexpr std::size_t kSlots = kLongestSpelling + 1;

unsigned char byte_of(char c) {
  return static_cast<unsigned char>(c);
}

}  // namespace

SecretPattern::SecretPattern(std::string_view secret)
    : secret_(secret), words_(secret.size() / kBits + 1), rows_(256, 0), places_(words_, 0) {
  std::uint16_t last = 0;
  for (std::size_t i = 0; i < secret.size(); ++i)
    if (auto& row = rows_[byte_of(secret[i])]; row == 0) row = ++last;
  places_.resize((last + std::size_t{1}) * words_, 0);
  for (std::size_t i = 0; i < secret.size(); ++i)
    places_[rows_[byte_of(secret[i])] * words_ + i / kBits] |= Word{1} << (i % kBits);
}

SecretPattern::~SecretPattern() {
  if (places_.empty()) return;  // moved from
  ::explicit_bzero(places_.data(), places_.size() * sizeof(Word));
  ::explicit_bzero(rows_.data(), rows_.size() * sizeof(rows_[0]));
}

std::span<const SecretPattern::Word> SecretPattern::places_of(char c) const {
  return std::span(places_).subspan(rows_[byte_of(c)] * words_, words_);
}

// A quick look, so that few places are looked at slowly.
bool SecretPattern::may_begin(std::string_view text, std::size_t at,
                              const std::optional<Spellings>& spelt) const {
  const auto secret = reveal();
  const auto as_spelt = [&](const Spelling& one) { return one.means()[0] == secret[0]; };
  if (spelt && std::ranges::any_of(*spelt, as_spelt)) return true;
  if (text[at] != secret[0]) return false;
  return secret.size() == 1 ||
         (at + 1 < text.size() && (text[at + 1] == secret[1] || begins_spelling(text[at + 1])));
}

// For each place of the text nearby, which beginnings of the secret (or, going back, which ends) lead there.
class SecretPattern::Scan {
 public:
  Scan(const SecretPattern& pattern, std::string_view text)
      : pattern_(pattern),
        text_(text),
        words_(pattern.words_),
        size_(pattern.reveal().size()),
        slots_(kSlots * words_, 0),
        step_(words_, 0) {}

  // Looks on from a place until nothing is matched in part; answers from where to look on.
  std::size_t run(std::size_t from, std::vector<Stretch>& out) {
    auto alive = from;
    for (auto at = from; at <= alive; ++at) {
      const auto here = slot(at);
      if (has(here, size_)) return found(from, at, out);
      if (at < text_.size()) {
        here[0] |= 1;  // it may begin anywhere
        each_reading(at, [&](std::size_t length, std::string_view means) {
          if (forward(here, means, slot(at + length))) alive = std::max(alive, at + length);
        });
      }
      std::ranges::fill(here, 0);
    }
    return alive + 1;
  }

 private:
  using Words = std::span<Word>;

  Words slot(std::size_t at) { return Words(slots_).subspan((at % kSlots) * words_, words_); }
  static bool has(std::span<const Word> words, std::size_t bit) {
    return (words[bit / kBits] >> (bit % kBits) & 1) != 0;
  }

  template <class Visit>
  void each_reading(std::size_t at, Visit visit) const {
    visit(1, text_.substr(at, 1));
    if (!begins_spelling(text_[at])) return;
    for (const auto& one : Spellings(text_, at)) visit(one.length, one.means());
  }

  // Of several readings that end it the longest.
  std::size_t found(std::size_t from, std::size_t end, std::vector<Stretch>& out) {
    auto longest = end;
    for (auto more = end + 1; more < end + kSlots && more <= text_.size(); ++more)
      if (has(slot(more), size_)) longest = more;
    const auto begin = std::min(begin_of(from, end), begin_of(from, longest));
    out.push_back({begin, longest});
    std::ranges::fill(slots_, 0);
    return longest;
  }

  // The first place from which the secret leads to its end there.
  std::size_t begin_of(std::size_t from, std::size_t end) {
    std::ranges::fill(slots_, 0);
    slot(end)[size_ / kBits] = Word{1} << (size_ % kBits);
    auto first = end, alive = end;
    for (auto at = end; at-- > from && alive - at < kSlots;) {
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
  bool forward(std::span<const Word> lengths, std::string_view bytes, Words to) {
    std::ranges::copy(lengths, step_.begin());
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

  bool backward(std::span<const Word> lengths, std::string_view bytes, Words to) {
    std::ranges::copy(lengths, step_.begin());
    for (auto i = bytes.size(); i-- > 0;) {
      const auto places = pattern_.places_of(bytes[i]);
      for (std::size_t w = 0; w < words_; ++w)
        step_[w] = (step_[w] >> 1 | (w + 1 < words_ ? step_[w + 1] << (kBits - 1) : 0)) & places[w];
    }
    return add_step(to);
  }

  bool add_step(Words to) const {
    Word any = 0;
    for (std::size_t i = 0; i < words_; ++i) {
      to[i] |= step_[i];
      any |= step_[i];
    }
    return any != 0;
  }

  const SecretPattern& pattern_;
  std::string_view text_;
  std::size_t words_;
  std::size_t size_;
  std::vector<Word> slots_;
  std::vector<Word> step_;
};

std::vector<Stretch> find_secrets(std::span<const SecretPattern> patterns, std::string_view text) {
  std::array<bool, 256> begins{};
  for (std::size_t c = 0; c < begins.size(); ++c) begins[c] = begins_spelling(static_cast<char>(c));
  std::vector<SecretPattern::Scan> scans;
  for (const auto& pattern : patterns) {
    begins[byte_of(pattern.reveal()[0])] = true;
    scans.emplace_back(pattern, text);
  }
  std::vector<std::size_t> from(patterns.size(), 0);
  std::vector<Stretch> found;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!begins[byte_of(text[at])]) continue;
    std::optional<Spellings> spelt;
    if (begins_spelling(text[at])) spelt.emplace(text, at);
    for (std::size_t i = 0; i < patterns.size(); ++i)
      if (at >= from[i] && patterns[i].may_begin(text, at, spelt)) from[i] = scans[i].run(at, found);
  }
  std::ranges::sort(found, {}, &Stretch::begin);
  std::vector<Stretch> out;
  for (const auto& one : found)
    if (!out.empty() && one.begin < out.back().end)
      out.back().end = std::max(out.back().end, one.end);
    else
      out.push_back(one);
  return out;
}

}  // namespace muniment::collect
