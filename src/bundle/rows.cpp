#include "bundle/rows.hpp"

#include <algorithm>

namespace muniment::bundle {
namespace {

std::size_t place_of(std::uint64_t word) {
  return static_cast<std::size_t>(word * 0x9e3779b97f4a7c15U >> 44U);
}

bool is_there(const Word& word, Rows::Where where) {
  return where == Rows::Where::kAnywhere || (where == Rows::Where::kAddresses ? word.address : word.mention);
}

}  // namespace

void Rows::add(std::span<const Word> row, std::size_t needle, bool account, bool as_spelt_only, Where where) {
  for (Table* table : {&spelt_, &plain_}) {
    if (table == &plain_ && as_spelt_only) continue;
    SequenceHash hash;
    std::uint64_t key = 0;
    for (const Word& word : row) key = hash.add(word.*table->compared);
    begins_[place_of(row[0].*table->compared)] = true;
    const auto [at, fresh] = table->rows[row.size()].try_emplace(key, Row{needle, account, where});
    if (fresh || where > at->second.where) continue;
    if (where < at->second.where || (account && !at->second.account)) at->second = {needle, account, where};
  }
}

bool Rows::may_begin(const Word& word) const {
  return begins_[place_of(word.hash)] || (word.plain != word.hash && begins_[place_of(word.plain)]);
}

void Rows::Table::find(std::span<const Word> words, std::size_t first, bool respelt,
                       std::vector<Found>& found) const {
  SequenceHash row;
  for (std::size_t n = 1; n <= kLongest && first + n <= words.size(); ++n) {
    const auto at = rows[n].find(row.add(words[first + n - 1].*compared));
    if (at == rows[n].end() || !is_there(words[first], at->second.where)) continue;
    found.push_back({at->second.needle, first, first + n - 1, respelt});
  }
}

std::vector<Rows::Found> Rows::find(std::span<const Word> words) const {
  std::vector<Found> found;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!may_begin(words[i])) continue;
    spelt_.find(words, i, false, found);
    plain_.find(words, i, true, found);
  }
  return found;
}

void Rows::Table::allow(std::span<const Word> words, std::size_t first) {
  SequenceHash row;
  for (std::size_t n = 1; n <= kLongest && first + n <= words.size(); ++n) {
    const auto at = rows[n].find(row.add(words[first + n - 1].*compared));
    if (at == rows[n].end() || !is_there(words[first], at->second.where)) continue;
    if (n == 1 && at->second.account && !words[first].mention)
      at->second.where =
          words[first].address ? Where::kMentions : std::max(at->second.where, Where::kAddresses);
    else
      rows[n].erase(at);
  }
}

void Rows::allow(std::span<const Word> words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!may_begin(words[i])) continue;
    spelt_.allow(words, i);
    plain_.allow(words, i);
  }
}

bool Rows::Table::holds_more_than(const Table& other) const {
  for (std::size_t n = 1; n <= kLongest; ++n)
    for (const auto& [hash, row] : rows[n]) {
      const auto at = other.rows[n].find(hash);
      if (at == other.rows[n].end() || at->second.where > row.where) return true;
    }
  return false;
}

bool Rows::hold_more_than(const Rows& other) const {
  return spelt_.holds_more_than(other.spelt_) || plain_.holds_more_than(other.plain_);
}

std::vector<std::size_t> Rows::needles(bool respelt) const {
  std::vector<std::size_t> out;
  for (const auto& rows : (respelt ? plain_ : spelt_).rows)
    for (const auto& [hash, row] : rows) out.push_back(row.needle);
  return out;
}

}  // namespace muniment::bundle
