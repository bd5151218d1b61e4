#include "collect/came_before.hpp"

#include <charconv>

#include "records/body.hpp"

namespace muniment::collect {

CameBefore::CameBefore(std::string page, Catalogue& catalogue, ledger::Reader& reader)
    : page_(std::move(page)), catalogue_(catalogue), reader_(reader) {}

Result<std::optional<ledger::Seq>> CameBefore::find(const ItemName& item, std::string_view raw) {
  const auto holders = catalogue_.holders(item, kMostLookedAt);
  if (!holders) return holders.error();
  for (const auto seq : *holders) {
    const auto body = reader_.body(seq);
    if (!body && body.error().code == Code::kNotFound) continue;
    if (!body) return body.error();
    if (records::bytes_of(*body, "raw").value_or("") != raw) continue;
    const auto there = was_there(seq);
    if (!there) return there.error();
    if (*there) return std::optional(seq);
    const auto same = is_same_page(records::text_of(*body, "exchange").value_or(""));
    if (!same) return same.error();
    if (*same) return std::optional(seq);
  }
  return std::optional<ledger::Seq>();
}

// When the page was last read, were these bytes held?  Then they were no news, and are none now.
Result<bool> CameBefore::was_there(ledger::Seq holder) {
  if (!looked_) {
    auto read = catalogue_.read_before(page_);
    if (!read) return read.error();
    read_ = *read;
    looked_ = true;
  }
  return read_ && holder < *read_;
}

Result<bool> CameBefore::is_same_page(std::string_view exchange) {
  if (const auto known = exchanges_.find(exchange); known != exchanges_.end()) return known->second;
  ledger::Seq seq = 0;
  std::from_chars(exchange.data(), exchange.data() + exchange.size(), seq);
  const auto body = reader_.body(seq);
  if (!body && body.error().code != Code::kNotFound) return body.error();
  const bool same = body && records::text_of(*body, "payload.sha256") == page_;
  exchanges_.emplace(exchange, same);
  return same;
}

}  // namespace muniment::collect
