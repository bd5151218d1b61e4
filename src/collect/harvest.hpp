// One poll of one source, from its first question to its coverage entry.
//
// Each answer is appended by itself: the exchange, the items in it that are new or changed, and what it
// says of items that are gone, all or nothing.  A program killed at any moment loses at most the answer
// that was on its way, and the next poll finds what is there unchanged; nothing is doubled.
//
// Absence is not deletion.  When everything was asked and understood, the platform's file names the items
// that should have been listed and were not, and each is asked after.  What the platform says is gone is
// asked for again after everything else, past caches and no sooner than kBeforeAskingAgain, and only then
// recorded as deleted.
//
// A credential is shown only where the question says and its address allows; what comes back is searched for
// it before anything is read or kept (credential.hpp).
#pragma once

#include <atomic>
#include <chrono>
#include <functional>

#include "collect/poll_steps.hpp"

namespace muniment::collect {

inline constexpr std::chrono::milliseconds kBeforeAskingAgain{5'000};
inline constexpr std::uint64_t kMostAnswers = 100'000;  // in one poll; platforms' files stop long before
inline constexpr int kFailuresInARow = 3;               // then the rest of the poll is not asked

// A poll's steps to their end, with a transport that waits for each answer.  An error means that the ledger
// could not be written or read; what is in it is whole, and the next poll carries on.  Everything that goes
// wrong outside is in the outcome, and in the coverage entry.  When `stop` (it may be null) becomes true, a
// pause ends.
Result<PollOutcome> play(PollSteps& steps, net::Transport& transport, base::Clock& clock,
                         const std::atomic<bool>* stop);

struct HarvestRun {
  net::Transport& transport;
  ledger::Appender& appender;
  ledger::Reader& reader;  // over the same ledger
  Catalogue& catalogue;
  base::Clock& clock;
  std::function<void(const PollOutcome&)> progress;  // after each answer; may be empty
  const std::atomic<bool>* stop = nullptr;           // true: no further question; may be null
  Credential* credential = nullptr;                  // of the source being polled; null: none
};

// A poll made and played.
Result<PollOutcome> harvest_poll(const SourceSettings& source, sources::Poll& poll, const HarvestRun& run);

}  // namespace muniment::collect
