#include "collect/secret_patterns.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

namespace muniment::collect {
namespace {

constexpr std::size_t kSets = 63;
constexpr std::uint64_t kSpelt = std::uint64_t{1} << kSets;  // a spelling may begin there

constexpr auto kBeginSpelling = [] {
  std::array<bool, 256> out{};
  for (std::size_t c = 0; c < out.size(); ++c) out[c] = begins_spelling(static_cast<char>(c));
  return out;
}();

std::size_t byte_of(char c) {
  return static_cast<unsigned char>(c);
}

}  // namespace

SecretPatterns::~SecretPatterns() {
  ::explicit_bzero(firsts_.data(), sizeof firsts_);
  ::explicit_bzero(seconds_.data(), sizeof seconds_);
}

bool SecretPatterns::knows(std::string_view secret) const {
  return std::ranges::find(patterns_, secret, &SecretPattern::secret) != patterns_.end();
}

void SecretPatterns::put(SecretPattern pattern) {
  const auto mark = Set{1} << (patterns_.size() % kSets);
  for (std::size_t c = 0; c < firsts_.size(); ++c) {
    if (pattern.may_be(0, static_cast<char>(c))) firsts_[c] |= mark;
    const bool breaks = pattern.may_be_broken() && breaks_base64(static_cast<char>(c));
    if (pattern.size() == 1 || pattern.may_be(1, static_cast<char>(c)) || kBeginSpelling[c] || breaks)
      seconds_[c] |= mark;
    if (kBeginSpelling[c]) firsts_[c] |= kSpelt;
    seconds_[c] |= kSpelt;
  }
  patterns_.push_back(std::move(pattern));
}

void SecretPatterns::add_as_it_is(std::string_view form) {
  if (!form.empty() && !knows(form)) put(SecretPattern(form));
}

void SecretPatterns::add(std::string_view secret) {
  if (secret.empty() || knows(secret)) return;
  put(SecretPattern(secret));
  for (std::size_t before = 0; before < 3; ++before) put(SecretPattern::in_base64(secret, before));
}

SecretPatterns::Set SecretPatterns::may_begin(std::string_view text, std::size_t at,
                                              Spellings& spellings) const {
  auto out = firsts_[byte_of(text[at])];
  if (at + 1 < text.size()) out &= seconds_[byte_of(text[at + 1])];
  if ((out & kSpelt) == 0) return out;
  for (const auto& one : spellings.at(at)) out |= firsts_[byte_of(one.bytes[0])];
  return out & ~kSpelt;
}

std::vector<Stretch> SecretPatterns::find(std::string_view text) const {
  std::vector<Stretch> found;
  if (patterns_.empty()) return found;
  Spellings spellings(text);
  std::vector<std::optional<SecretScan>> scans(patterns_.size());
  std::vector<std::size_t> from(patterns_.size(), 0);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto next = at + 1 < text.size() ? seconds_[byte_of(text[at + 1])] : ~Set{0};
    if ((firsts_[byte_of(text[at])] & next) == 0) continue;
    const auto wanted = may_begin(text, at, spellings);
    for (std::size_t i = 0; wanted != 0 && i < patterns_.size(); ++i) {
      if ((wanted >> (i % kSets) & 1) == 0 || at < from[i]) continue;
      if (!scans[i]) scans[i].emplace(patterns_[i], text, spellings);
      from[i] = scans[i]->run(at, found);
    }
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
