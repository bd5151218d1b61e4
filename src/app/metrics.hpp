// What a follower counts, as Prometheus' text format tells it.
#pragma once

#include <cstdint>
#include <string>

#include "app/status.hpp"

namespace muniment::app {

// Since the follower began.
struct FollowCounts {
  std::uint64_t complete = 0, partial = 0, failed = 0;  // polls
  std::uint64_t requests = 0, charged = 0, limits = 0;
  std::uint64_t fresh = 0, changed = 0, deleted = 0, unavailable = 0;

  void add(const collect::PollOutcome& poll);
};

struct FollowNow {
  base::Time now{};
  std::size_t under_way = 0;           // polls
  std::chrono::milliseconds behind{};  // by which the source that waits longest is late
};

// Every sample with its HELP and TYPE; one line a source where it is about sources.  Nothing in it is secret.
std::string metrics_text(const FollowCounts& counts, const FollowNow& now, const ArchiveStatus& status);

}  // namespace muniment::app
