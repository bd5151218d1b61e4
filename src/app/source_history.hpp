// What the ledger holds of each source: what was decided about it, its policy, and when it was polled.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "app/archive.hpp"
#include "collect/watched.hpp"
#include "index/catalogue.hpp"

namespace muniment::app {

// How long a source may be silent, how long before its credential ends somebody wants to know, and whether
// the files that its items name are fetched after each poll.
struct WatchPolicy {
  std::chrono::hours quiet_after = collect::kQuietAfter;
  std::chrono::hours warn_before = collect::kWarnBefore;
  bool media = false;
};
inline constexpr std::uint64_t kMostPolicyHours = 366 * 24;

struct SourceHistory {
  index::SourceRow row;
  WatchPolicy policy;
  std::vector<collect::SourceAction> actions;  // in the ledger's order, as are the polls
  std::vector<collect::PollTimes> polls;

  // With the cause of each gap, as far as its polls tell it.
  Result<collect::Watch> watch(ledger::Reader& reader, base::Time now) const;
};

// Of every source that was ever added, by name; removed ones too.  Brings the index up to the ledger first.
Result<std::vector<SourceHistory>> source_histories(Archive& archive);

// Appends a `source` entry that changes the policy.  kNotFound: no such source.  kInvalid: nothing to change.
Status set_watch_policy(Archive& archive, const std::string& source, const WatchPolicy& policy,
                        const std::string& actor);

}  // namespace muniment::app
