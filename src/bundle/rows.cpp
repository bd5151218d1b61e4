#include "bundle/rows.hpp"

namespace muniment::bundle {
namespace {

std::size_t place_of(std::uint64_t word, unsigned bits) {
  return static_cast<std::size_t>(word * 0x9e3779b97f4a7c15U >> (64U - bits));
}

}  // namespace

void Rows::add(std::span<const Word> row, std::size_t needle, bool account) {
  SequenceHash hash;
  std::uint64_t key = 0;
  for (const Word& word : row) key = hash.add(word.*compared_);
  begins_[place_of(row[0].*compared_, kFilterBits)] = true;
  const auto [at, fresh] = rows_[row.size()].try_emplace(key, Row{needle, account, false});
  if (!fresh && account) at->second = {needle, true, at->second.address_only};
}

std::vector<Rows::Found> Rows::find(std::span<const Word> words) const {
  std::vector<Found> found;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!begins_[place_of(words[i].*compared_, kFilterBits)]) continue;
    SequenceHash row;
    for (std::size_t n = 1; n <= kLongest && i + n <= words.size(); ++n) {
      const auto at = rows_[n].find(row.add(words[i + n - 1].*compared_));
      if (at == rows_[n].end() || (at->second.address_only && !words[i].address)) continue;
      found.push_back({at->second.needle, i, i + n - 1});
    }
  }
  return found;
}

void Rows::allow(std::span<const Word> words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!begins_[place_of(words[i].*compared_, kFilterBits)]) continue;
    SequenceHash row;
    for (std::size_t n = 1; n <= kLongest && i + n <= words.size(); ++n) {
      const auto at = rows_[n].find(row.add(words[i + n - 1].*compared_));
      if (at == rows_[n].end()) continue;
      if (n == 1 && at->second.account && !words[i].address)
        at->second.address_only = true;
      else
        rows_[n].erase(at);
    }
  }
}

std::vector<std::size_t> Rows::needles() const {
  std::vector<std::size_t> out;
  for (const auto& rows : rows_)
    for (const auto& [hash, row] : rows) out.push_back(row.needle);
  return out;
}

}  // namespace muniment::bundle
