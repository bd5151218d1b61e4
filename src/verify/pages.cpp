#include "verify/pages.hpp"

#include <algorithm>

#include "base/sha256_many.hpp"
#include "verify/damage.hpp"

namespace muniment::verify {
namespace {

// Items lie next to the exchange that brought them, so a page is put together from what went by
// last instead of being opened twice.
constexpr std::uint64_t kKept = 512;
constexpr std::size_t kMostTogether =
    4U << 20;  // bytes of pages that are hashed together, but for the last one's

}  // namespace

PageCheck::PageCheck(const DeepOptions& options, Report& report)
    : options_(options), report_(report), kept_(kKept) {}

void PageCheck::keep(std::uint64_t seq, const OpenBody& body, bool is_exchange) {
  Kept& kept = kept_[seq % kKept];
  kept.seq = seq;
  const auto raw = body.value("raw");
  kept.present = raw.has_value();
  if (raw) kept.raw.assign(*raw);
  if (!is_exchange) return;
  std::string why;
  auto read = read_exchange(seq, body, why);
  if (!why.empty()) return report_.find("page", seq, why);
  if (!read) return;
  const auto last = std::max_element(read->items.begin(), read->items.end(),
                                     [](const FrameItem& a, const FrameItem& b) { return a.seq < b.seq; });
  if (read->items.empty() || last->seq <= seq || last->seq >= seq + kKept || last->seq >= end_ ||
      waiting_.size() >= kKept)
    return put_together(std::move(*read));
  waiting_.push_back(std::move(*read));
}

void PageCheck::passed(std::uint64_t seq) {
  while (!waiting_.empty() && waiting_.front().items.back().seq <= seq) {
    put_together(std::move(waiting_.front()));
    waiting_.pop_front();
  }
}

void PageCheck::finish() {
  for (auto& exchange : waiting_) put_together(std::move(exchange));
  waiting_.clear();
  compare();
}

const std::string* PageCheck::raw_of(std::uint64_t seq) {
  const Kept& kept = kept_[seq % kKept];
  if (kept.seq == seq && kept.present) return &kept.raw;
  if (!far_) {
    auto opened = StoredBodies::open(options_.archive, options_.dictionary);
    if (!opened) return report_unreadable(report_, opened.error(), "items of pages"), nullptr;
    far_ = std::move(*opened);
  }
  OpenBody body;
  if (!far_->read(seq, body)) return nullptr;
  far_raw_ = bytes_of(body, "raw");
  return far_raw_ ? &*far_raw_ : nullptr;
}

void PageCheck::put_together(Exchange exchange) {
  auto& page = pages_[complete_];
  if (!verify::put_together(
          exchange, [this](std::uint64_t seq) { return raw_of(seq); }, page.bytes))
    return void(++in_part_);
  page.exchange = std::move(exchange);
  complete_bytes_ += page.bytes.size();
  if (++complete_ == pages_.size() || complete_bytes_ > kMostTogether) compare();
}

// Many pages are hashed together in little more time than one.
void PageCheck::compare() {
  std::array<base::Message, std::tuple_size_v<decltype(pages_)>> messages;
  std::array<base::Hash, messages.size()> hashes;
  for (std::size_t i = 0; i < complete_; ++i) {
    const std::string_view bytes = pages_[i].bytes;
    messages[i].empty();
    messages[i].end(bytes);
  }
  base::sha256_many(std::span(messages).first(complete_), hashes.data());
  for (std::size_t i = 0; i < complete_; ++i) {
    auto& [exchange, bytes] = pages_[i];
    ++whole_;
    if (!is_page_of(exchange, bytes, hashes[i]))
      report_.find("page", exchange.seq,
                   "the page put together from its items is not the page that was received");
    if (bytes.capacity() > kMostTogether) bytes = {};
  }
  complete_ = complete_bytes_ = 0;
}

}  // namespace muniment::verify
