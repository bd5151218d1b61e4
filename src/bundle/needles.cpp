#include "bundle/needles.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>

#include "bundle/pieces.hpp"

namespace muniment::bundle {
namespace {

constexpr std::size_t kFilterBits = std::size_t{1} << 24U;
constexpr std::size_t kPrefix = 8;

std::uint64_t prefix_of(const char* bytes) {
  std::uint64_t prefix = 0;
  std::memcpy(&prefix, bytes, kPrefix);
  return prefix;
}

std::size_t filter_place(std::uint64_t prefix) {
  return static_cast<std::size_t>((prefix * 0x9e3779b97f4a7c15U) >> 40U) % kFilterBits;
}

// The groups of a UUID, by their digits.
constexpr std::array<std::uint32_t, 5> kUuid = {8, 4, 4, 4, 12};
constexpr std::size_t kUuidDigits = 32;

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_hex(std::string_view text, const Word& word) {
  return std::ranges::all_of(text.substr(word.begin, word.end - word.begin), is_hex_digit);
}

bool is_uuid(std::string_view text, std::span<const Word> groups) {
  for (std::size_t i = 0; i < groups.size(); ++i)
    if (groups[i].length != kUuid[i] || !is_hex(text, groups[i])) return false;
  return true;
}

// Each UUID with its dashes and without.
std::vector<std::string> uuids_in(std::string_view text, const std::vector<Word>& words) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto spelled = text.substr(words[i].begin, words[i].end - words[i].begin);
    if (words[i].length == kUuidDigits && is_hex(text, words[i])) {
      auto& dashed = out.emplace_back(spelled);
      for (std::size_t at = kUuid[0], group = 1; group < kUuid.size(); at += kUuid[group++] + 1)
        dashed.insert(at, "-");
    } else if (i + kUuid.size() <= words.size() && is_uuid(text, {words.data() + i, kUuid.size()})) {
      const auto end = words[i + kUuid.size() - 1].end;
      out.emplace_back(text.substr(words[i].begin, end - words[i].begin));
      auto bare = out.back();
      std::erase_if(bare, [](char c) { return !is_hex_digit(c); });
      out.push_back(std::move(bare));
    }
  }
  return out;
}

bool says_something(const Word& word) {
  if (word.length == 1) return !word.letters && !word.digits;
  return !word.digits || word.length >= 5;
}

// The same page has other names: on the host for telephones, or with a mark of who passed it on.
std::string_view bare_address(std::string_view url) {
  constexpr std::string_view kHosts[] = {"www.", "m.", "mobile.", "old."};
  constexpr std::string_view kMarks[] = {
      "utm_", "fbclid=", "gclid=", "igsh=", "igshid=", "mibextid=", "ref_src="};
  const auto scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  for (const auto host : kHosts)
    if (const auto rest = url.substr(std::min(host.size(), url.size()));
        url.starts_with(host) && rest.substr(0, rest.find('/')).find('.') != std::string_view::npos) {
      url = rest;
      break;
    }
  const auto path = url.find('/');
  const auto query = url.find('?');
  if (path == std::string_view::npos || query == std::string_view::npos || query <= path + 1) return url;
  for (auto at = query; at != std::string_view::npos; at = url.find('&', at + 1))
    for (const auto mark : kMarks)
      if (url.substr(at + 1).starts_with(mark)) return url.substr(0, at);
  return url;
}

}  // namespace

Needles::Needles(std::vector<Needle> needles) : needles_(std::move(needles)) {
  for (std::size_t i = 0; i < needles_.size(); ++i) {
    const bool bytes = needles_[i].kind == NeedleKind::kSecret || needles_[i].kind == NeedleKind::kHash;
    bytes ? add_bytes(i) : add_words(i);
  }
}

void Needles::add_row(std::span<const Word> row, std::size_t needle) {
  if (row.empty()) return;
  const bool account = needles_[needle].kind == NeedleKind::kHandle;
  const bool alone = row.size() > 1 || says_something(row[0]);
  if (!alone && !account) return;
  rows_.add(row, needle, account, needles_[needle].as_spelt,
            alone ? Rows::Where::kAnywhere : Rows::Where::kMentions);
}

void Needles::add_words(std::size_t needle) {
  const auto& [kind, value, from, as_spelt] = needles_[needle];
  const auto text = kind == NeedleKind::kUrl ? bare_address(value) : std::string_view(value);
  const auto words = words_of(text);
  const std::span<const Word> all(words);
  const std::size_t run = std::min(words.size(), Rows::kLongest);
  for (const auto& uuid : uuids_in(text, words)) add_row(words_of(uuid), needle);
  if (kind == NeedleKind::kUrl) return add_row(all.last(run), needle);  // its end says most
  for (std::size_t i = 0; i + run <= words.size() && run > 0; ++i) add_row(all.subspan(i, run), needle);
  const bool number = kind == NeedleKind::kHandle && std::ranges::all_of(words, &Word::digits);
  if ((kind == NeedleKind::kWords || number) && !as_spelt) numbers_.add(text, words, needle);
  if (words.size() < 2 || words.size() > 3 || text.size() < 6) return;
  if (const auto joined = joined_word(text)) add_row({&*joined, 1}, needle);
}

void Needles::add_bytes(std::size_t needle) {
  const std::string& value = needles_[needle].value;
  if (value.size() < kPrefix) return;
  if (maybe_.empty()) maybe_.resize(kFilterBits);
  const auto prefix = prefix_of(value.data());
  bytes_[prefix].push_back(needle);
  maybe_[filter_place(prefix)] = true;
}

void Needles::allow(std::string_view text) {
  const auto words = words_of(text);
  rows_.allow(words);
  rows_.allow(over_line_ends(text, words));
  each_in_pieces(text, words, [&](const Word& word) { rows_.allow({&word, 1}); });
  numbers_.allow(text, words);
}

std::vector<Needle> Needles::live() const {
  const auto spelt = rows_.needles(false);
  auto respelt = rows_.needles(true);
  const auto numbers = numbers_.needles();
  respelt.insert(respelt.end(), numbers.begin(), numbers.end());
  const std::set<std::size_t> free(respelt.begin(), respelt.end());
  std::vector<Needle> out;
  for (const auto i : std::set<std::size_t>(spelt.begin(), spelt.end())) {
    out.push_back(needles_[i]);
    out.back().as_spelt = !free.contains(i);
  }
  return out;
}

bool Needles::looks_for_more_than(const Needles& other) const {
  return rows_.hold_more_than(other.rows_) || numbers_.hold_more_than(other.numbers_);
}

std::vector<Match> Needles::find_words(std::string_view text) const {
  std::vector<Match> found;
  const auto words = words_of(text);
  const auto add = [&](const std::vector<Rows::Found>& matches, std::span<const Word> in) {
    for (const auto& [needle, first, last, respelt] : matches)
      found.push_back({needle, in[first].begin, in[last].end, respelt});
  };
  add(rows_.find(words), words);
  const auto whole = over_line_ends(text, words);
  add(rows_.find(whole), whole);
  each_in_pieces(text, words, [&](const Word& word) { add(rows_.find({&word, 1}), {&word, 1}); });
  for (const auto& [needle, first, last] : numbers_.find(text, words))
    found.push_back({needle, words[first].begin, words[last].end, true});
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
      if (bytes.substr(i, value.size()) == value) found.push_back({needle, i, i + value.size(), false});
    }
  }
  return found;
}

}  // namespace muniment::bundle
