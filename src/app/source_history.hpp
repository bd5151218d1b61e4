// What the ledger holds of each source: what was decided about it, its policy, and when it was polled.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/archive.hpp"
#include "app/watch_policy.hpp"
#include "collect/watched.hpp"
#include "index/catalogue.hpp"

namespace muniment::app {

struct SourceAddress {
  std::string platform, url;
  base::Time since{};
};

struct SourceHistory {
  index::SourceRow row;
  WatchPolicy policy;
  std::vector<SourceAddress> addresses;        // one after the other; the last is the row's
  std::vector<collect::SourceAction> actions;  // in the ledger's order, as are the polls
  std::vector<collect::PollTimes> polls;

  bool is_cut = false;  // there are older polls, which were not read

  // With the cause of each gap, as far as its polls tell it.  Where older polls were not read: from the first
  // complete one of those that were.
  Result<collect::Watch> watch(ledger::Reader& reader, base::Time now) const;
};

// Of every source that was ever added, by name; removed ones too.  Brings the index up to the ledger first.
Result<std::vector<SourceHistory>> source_histories(Archive& archive);
// With the newest polls of each only, at least so many; with all of them where none of those was complete.
Result<std::vector<SourceHistory>> newest_histories(Archive& archive, std::size_t most_polls);

// Appends a `source` entry with what `change` makes of the policy there is, and answers that; it is asked
// anew when another program changed it at the same moment.  `change` gets no polls.  kNotFound: no such
// source.  Errors of `change`: then nothing was changed.
using PolicyChange = std::function<Result<WatchPolicy>(const SourceHistory&)>;
Result<WatchPolicy> change_watch_policy(Archive& archive, const std::string& source,
                                        const PolicyChange& change, const std::string& actor);

}  // namespace muniment::app
