#include "support/followed_entries.hpp"

#include "base/time.hpp"

namespace muniment::support {
namespace {

const base::Time kBegin = *base::from_civil(2026, 3, 1);

}  // namespace

records::Interaction small_post(const std::string& id, const std::string& text, int minute) {
  records::Interaction item;
  item.platform = "mastodon";
  item.id = id;
  item.url = "https://social.wexcombe.example/" + id;
  item.type = "post";
  item.author = {"17", "council@wexcombe.example", "Wexcombe Council", ""};
  item.posted = base::to_rfc3339(kBegin + std::chrono::minutes{minute});
  item.text = text;
  return item;
}

ledger::Seq FollowedEntries::add(std::string_view kind, records::Body body) {
  ledger::Entry entry;
  entry.seq = entries_.size();
  entry.time = kBegin + std::chrono::hours{24 * 365} + std::chrono::seconds{entry.seq};
  entry.kind = kind;
  entry.root.fill(static_cast<std::uint8_t>(entry.seq));
  entries_.push_back(entry);
  bodies_.push_back(std::move(body));
  return entry.seq;
}

ledger::Seq FollowedEntries::version(std::string_view kind, const records::Interaction& item,
                                     const std::string& raw, const std::string& source) {
  records::BodyBuilder body;
  records::add_fields(body, records::Interaction(item));
  body.add_bytes("raw", raw).add("source", source).add("fetched", "2027-03-01T00:00:00.000Z");
  return add(kind, body.build());
}

ledger::Seq FollowedEntries::capture(const records::Interaction& item, const std::string& raw,
                                     const std::string& source) {
  return version(ledger::kind::kCapture, item, raw, source);
}

ledger::Seq FollowedEntries::edit(const records::Interaction& item, const std::string& raw,
                                  const std::string& source) {
  return version(ledger::kind::kEdit, item, raw, source);
}

ledger::Seq FollowedEntries::event(std::string_view kind, const std::string& platform, const std::string& id,
                                   const std::string& raw) {
  records::BodyBuilder body;
  body.add("platform", platform).add("id", id);
  if (kind == ledger::kind::kSeenAgain) body.add_bytes("raw", raw);
  return add(kind, body.build());
}

std::vector<index::Decoded> FollowedEntries::from(ledger::Seq first) const {
  std::vector<index::Decoded> entries;
  for (std::size_t i = first; i < entries_.size(); ++i) {
    index::Decoded one;
    one.entry = entries_[i];
    one.body = &bodies_[i];
    entries.push_back(std::move(one));
  }
  return entries;
}

}  // namespace muniment::support
