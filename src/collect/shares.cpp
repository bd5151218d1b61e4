#include "collect/shares.hpp"

#include "base/check.hpp"

namespace muniment::collect {

bool fit(std::span<const sources::Item> items, std::size_t page_size) {
  std::vector<std::size_t> ends = {page_size};  // of the items that one may lie in, the outermost first
  std::size_t last = 0;
  for (const auto& item : items) {
    if (item.length == 0) continue;
    if (item.offset < last || item.offset > page_size || item.length > page_size - item.offset) return false;
    while (ends.size() > 1 && ends.back() <= item.offset) ends.pop_back();
    const std::size_t end = item.offset + item.length;
    const bool again = ends.size() > 1 && item.offset == last && end == ends.back();
    if (end > ends.back() || again) return false;
    ends.push_back(end);
    last = item.offset;
  }
  return true;
}

Shares::Shares(std::span<const sources::Item> items) : counts_(items.size(), 0) {
  shares_.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i)
    if (items[i].length != 0) open(i, items[i].offset, items[i].offset + items[i].length);
  close(std::string_view::npos);
  for (auto& share : shares_) share.is_part = counts_[share.item] > 1;
}

std::vector<std::string_view> Shares::raws(std::string_view page, std::deque<std::string>& joined) const {
  std::vector<std::string_view> out(counts_.size());
  std::vector<std::string*> parts(counts_.size(), nullptr);
  for (const auto& share : shares_) {
    const auto bytes = page.substr(share.offset, share.length);
    if (!share.is_part) {
      out[share.item] = bytes;
      continue;
    }
    auto*& part = parts[share.item];
    if (part == nullptr) part = &joined.emplace_back();
    part->append(bytes);
  }
  for (std::size_t i = 0; i < out.size(); ++i)
    if (parts[i] != nullptr) out[i] = *parts[i];
  return out;
}

void Shares::open(std::size_t item, std::size_t begin, std::size_t end) {
  close(begin);
  if (!open_.empty()) {
    MUNIMENT_CHECK(begin >= open_.back().at && end <= open_.back().end,
                   "an item lies inside another, or behind it");
    share(open_.back(), begin);
  }
  open_.push_back({item, begin, end});
}

// Those that end at or before a place.
void Shares::close(std::size_t place) {
  while (!open_.empty() && open_.back().end <= place) {
    const auto ended = open_.back().end;
    share(open_.back(), ended);
    open_.pop_back();
    if (!open_.empty()) open_.back().at = ended;
  }
}

void Shares::share(Open& open, std::size_t until) {
  if (until > open.at) {
    shares_.push_back({open.at, until - open.at, open.item, false});
    ++counts_[open.item];
  }
  open.at = until;
}

}  // namespace muniment::collect
