#include "bundle/needles.hpp"

#include <algorithm>
#include <cstring>

namespace muniment::bundle {
namespace {

constexpr std::size_t kFilterBits = std::size_t{1} << 24U;
constexpr std::size_t kFirstBits = std::size_t{1} << 20U;
constexpr std::size_t kPrefix = 8;

std::uint64_t prefix_of(const char* bytes) {
  std::uint64_t prefix = 0;
  std::memcpy(&prefix, bytes, kPrefix);
  return prefix;
}

std::size_t filter_place(std::uint64_t prefix) {
  return static_cast<std::size_t>((prefix * 0x9e3779b97f4a7c15U) >> 40U) % kFilterBits;
}

std::size_t first_place(std::uint64_t word) {
  return static_cast<std::size_t>(word * 0x9e3779b97f4a7c15U >> 44U);
}

bool says_something(const Word& word) {
  if (word.length == 1) return !word.letters && !word.digits;
  return !word.digits || word.length >= 5;
}

std::string_view without_scheme(std::string_view url) {
  const auto mark = url.find("://");
  if (mark != std::string_view::npos) url.remove_prefix(mark + 3);
  if (url.starts_with("www.")) url.remove_prefix(4);
  return url;
}

}  // namespace

Needles::Needles(std::vector<Needle> needles)
    : needles_(std::move(needles)), maybe_(kFilterBits), begins_(kFirstBits) {
  for (std::size_t i = 0; i < needles_.size(); ++i) {
    const bool bytes = needles_[i].kind == NeedleKind::kSecret || needles_[i].kind == NeedleKind::kHash;
    bytes ? add_bytes(i) : add_words(i);
  }
}

void Needles::add_run(const Word* words, std::size_t count, std::size_t needle) {
  if (count == 0 || (count == 1 && !says_something(words[0]))) return;
  SequenceHash hash;
  std::uint64_t row = 0;
  for (std::size_t i = 0; i < count; ++i) row = hash.add(words[i]);
  begins_[first_place(words[0].hash)] = true;
  const auto [at, fresh] = runs_[count].try_emplace(row, Entry{needle, false});
  if (!fresh && needles_[needle].kind == NeedleKind::kHandle) at->second.needle = needle;
}

void Needles::add_words(std::size_t needle) {
  const auto& [kind, value, from] = needles_[needle];
  const auto text = kind == NeedleKind::kUrl ? without_scheme(value) : std::string_view(value);
  const auto words = words_of(text);
  const std::size_t run = std::min(words.size(), kLongestRun);
  if (kind == NeedleKind::kUrl) {  // its end says most
    add_run(words.data() + (words.size() - run), run, needle);
    return;
  }
  for (std::size_t i = 0; i + run <= words.size() && run > 0; ++i) add_run(words.data() + i, run, needle);
  if (words.size() < 2 || words.size() > 3) return;
  if (const auto joined = joined_hash(text); joined != 0 && text.size() >= 6) {
    begins_[first_place(joined)] = true;
    runs_[1].try_emplace(joined, Entry{needle, false});
  }
}

void Needles::add_bytes(std::size_t needle) {
  const std::string& value = needles_[needle].value;
  if (value.size() < kPrefix) return;
  const auto prefix = prefix_of(value.data());
  bytes_[prefix].push_back(needle);
  maybe_[filter_place(prefix)] = true;
}

void Needles::allow(std::string_view text) {
  const auto words = words_of(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!begins_[first_place(words[i].hash)]) continue;
    SequenceHash row;
    for (std::size_t n = 1; n <= kLongestRun && i + n <= words.size(); ++n) {
      const auto found = runs_[n].find(row.add(words[i + n - 1]));
      if (found == runs_[n].end()) continue;
      const bool name = n == 1 && needles_[found->second.needle].kind == NeedleKind::kHandle;
      if (name && !words[i].address)
        found->second.address_only = true;
      else
        runs_[n].erase(found);
    }
  }
}

std::vector<std::size_t> Needles::live() const {
  std::vector<std::size_t> out;
  for (const auto& table : runs_)
    for (const auto& [hash, entry] : table) out.push_back(entry.needle);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<Match> Needles::find_words(std::string_view text) const {
  std::vector<Match> found;
  const auto words = words_of(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!begins_[first_place(words[i].hash)]) continue;
    SequenceHash row;
    for (std::size_t n = 1; n <= kLongestRun && i + n <= words.size(); ++n) {
      const auto at = runs_[n].find(row.add(words[i + n - 1]));
      if (at == runs_[n].end() || (at->second.address_only && !words[i].address)) continue;
      found.push_back({at->second.needle, words[i].begin, words[i + n - 1].end});
    }
  }
  return found;
}

std::vector<Match> Needles::find_bytes(std::string_view bytes) const {
  std::vector<Match> found;
  if (bytes_.empty()) return found;
  for (std::size_t i = 0; i + kPrefix <= bytes.size(); ++i) {
    const auto prefix = prefix_of(bytes.data() + i);
    if (!maybe_[filter_place(prefix)]) continue;
    const auto at = bytes_.find(prefix);
    if (at == bytes_.end()) continue;
    for (const std::size_t needle : at->second) {
      const auto& value = needles_[needle].value;
      if (bytes.substr(i, value.size()) == value) found.push_back({needle, i, i + value.size()});
    }
  }
  return found;
}

}  // namespace muniment::bundle
