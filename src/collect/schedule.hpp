// When each source is polled next, and which may begin now.  Pure: times are handed in, and nothing is
// random, so that a program started anew comes to the same plan from what the ledger holds.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/seams.hpp"

namespace muniment::collect {

inline constexpr int kJitterPercent = 10;                // of an interval, earlier or later
inline constexpr std::chrono::hours kLongestBackOff{6};  // unless the interval itself is longer
inline constexpr std::size_t kMostPolls = 200;           // under way at a time
inline constexpr std::size_t kMostPollsOfAHost = 4;      // likewise; more would stand in its line only

struct Past {
  std::optional<base::Time> started, finished;  // of the newest poll, of any outcome
  int failures = 0;                             // that failed, in a row
  base::Time not_before{};                      // a host or a budget said so
};

// A source that was never polled: at once.  Else an interval after the last poll began, a tenth earlier or
// later (which, is taken from a hash of name and beginning, so that sources do not march in step); after
// failures in a row an interval doubled for each, up to kLongestBackOff, after the last one ended.
base::Time next_poll(std::string_view source, std::chrono::milliseconds every, const Past& past);

class Schedule {
 public:
  struct Due {
    base::Time at{};
    std::string source;
    std::string host;  // of its address
  };
  // Takes the place of the plan before.  What is under way stays so, and does not begin before it ended.
  void plan(std::vector<Due> sources);
  // Those to begin now, the one that has waited longest first; they are under way then.
  std::vector<std::string> begin(base::Time now);
  // It is not begun again before it is in a plan again.
  void ended(const std::string& source);
  // When begin() may have something, if nothing changes; nullopt: nothing is planned, or something must end
  // first.
  std::optional<base::Time> next() const;
  std::size_t under_way() const { return under_way_.size(); }
  bool is_under_way(const std::string& source) const { return under_way_.contains(source); }
  // How long the one that waits longest is overdue.
  std::chrono::milliseconds behind(base::Time now) const;

 private:
  bool host_has_room(const std::string& host) const;

  std::vector<Due> waiting_;                      // by time
  std::map<std::string, std::string> under_way_;  // source, host
  std::map<std::string, std::size_t> of_host_;    // under way
};

}  // namespace muniment::collect
