// Entries for the index, made without a ledger: bodies in memory, numbered and dated as a ledger would.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "index/projection.hpp"
#include "records/interaction.hpp"

namespace muniment::support {

// An interaction with platform "mastodon", posted at `minute` minutes after 2026-03-01T00:00Z.
records::Interaction small_post(const std::string& id, const std::string& text, int minute = 0);

class FollowedEntries {
 public:
  ledger::Seq capture(const records::Interaction& item, const std::string& raw = "{}",
                      const std::string& source = {});
  ledger::Seq edit(const records::Interaction& item, const std::string& raw = "{}",
                   const std::string& source = {});
  // kind::kSeenAgain, kDeletion or kBarred.
  ledger::Seq event(std::string_view kind, const std::string& platform, const std::string& id,
                    const std::string& raw = "{}");
  ledger::Seq add(std::string_view kind, records::Body body);

  std::vector<index::Decoded> all() const { return from(0); }
  std::vector<index::Decoded> from(ledger::Seq first) const;

 private:
  ledger::Seq version(std::string_view kind, const records::Interaction& item, const std::string& raw,
                      const std::string& source);
  std::deque<records::Body> bodies_;  // stay where they are
  std::vector<ledger::Entry> entries_;
};

}  // namespace muniment::support
