// Polling an archive's sources for as long as it is wanted: each at its interval, all on one thread.
//
// What is due is derived from the ledger, through its index, and from nothing else: a follower that is
// started anew goes on where the one before ended.  What other programs do meanwhile (sources added, paused,
// given other intervals; polls) is seen within kLookEvery.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/archive.hpp"
#include "collect/coverage.hpp"
#include "net/many_transport.hpp"
#include "net/politeness.hpp"

namespace muniment::app {

inline constexpr std::chrono::seconds kLookEvery{30};
inline constexpr std::chrono::minutes kNoteGapsEvery{5};  // at most; only when one began or ended
inline constexpr std::chrono::hours kTellAgainAfter{24};  // of an alarm that goes on

struct FollowWishes {
  std::vector<std::string> sources;                        // by name; empty: all that are active
  std::function<void(const collect::PollOutcome&)> ended;  // after each poll; may be empty
  std::function<void(const std::string&)> remark;          // what went wrong beside the polls; may be empty
  const std::atomic<bool>* stop = nullptr;                 // true: end now, cleanly
  std::filesystem::path metrics;                           // written anew in each look; empty: nowhere
  std::string
      notify_command;  // given alarms that are new, and each day those that go on; empty: nobody is told
  net::Manners manners = {};
  net::ManyTransport* transport = nullptr;  // null: the real network; politeness stands before either
};

// Returns when `stop` becomes true: what is on its way is dropped, each poll under way gets its coverage
// entry (partial), gaps are noted, and a checkpoint is signed.  In between it signs at each look.  While
// another program holds the ledger or the index for long, the polls concerned are tried again after the next
// look. kNotFound: no source of that name.  kConflict: another program follows this archive.  Any other
// error: the ledger or the index could not be used; what is in it is whole.
Status follow(Archive& archive, const FollowWishes& wishes);

}  // namespace muniment::app
