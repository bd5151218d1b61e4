#include "app/unread_pages.hpp"

#include <charconv>
#include <string_view>

#include "collect/replay.hpp"

namespace muniment::app {
namespace {

constexpr int kFirstRefusal = 400;  // a status from here on brings no items, whoever reads it

std::string_view value(const records::Body& body, std::string_view name) {
  return records::value_of(body, name).value_or("");
}

ledger::Seq number_in(std::string_view text) {
  ledger::Seq seq = 0;
  std::from_chars(text.data(), text.data() + text.size(), seq);
  return seq;
}

}  // namespace

Status UnreadPages::read() {
  const auto seqs = catalogue_.registered(ledger::kind::kExchange, next_);
  if (!seqs) return seqs.error();
  for (const auto seq : *seqs) {
    next_ = seq + 1;
    const auto body = archive_.reader().body(seq);
    if (!body && body.error().code == Code::kNotFound) continue;
    if (!body) return body.error();
    if (value(*body, "method") == collect::kReplay)
      waiting_.erase(number_in(value(*body, "of")));
    else if (number_in(value(*body, "status")) < kFirstRefusal)
      waiting_.emplace(seq, value(*body, "source"));
  }
  return {};
}

Result<bool> UnreadPages::is_done(ledger::Seq exchange) {
  if (auto done = read(); !done) return done.error();
  return !waiting_.contains(exchange);
}

}  // namespace muniment::app
