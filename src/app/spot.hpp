// Items that may themselves be requests for information: noticed by rules, decided by people, each an entry.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/archive.hpp"

namespace muniment::app {

struct SpotRun {
  ledger::Seq from = 0, to = 0;  // the entries that were looked through: from, up to but without `to`
  std::uint64_t items = 0;       // of them
  std::uint64_t noticed = 0;
};

// Looks through what came since the last run (`again`: from the beginning), and appends a `possible-request`
// entry for each item that was not noticed before, and a `spotting` entry that says how far it came.  Answers
// and posts of the body itself are passed over, as far as they can be told.  A run that is cut short goes on
// where it stopped; nothing is noticed twice.  The ledger is signed at the end.
Result<SpotRun> spot(Archive& archive, bool again);

struct PossibleRequest {
  ledger::Seq seq = 0;   // the possible-request entry
  ledger::Seq item = 0;  // the version that was noticed
  std::string platform, id, account, text, url;
  std::string posted;                // the three times, RFC 3339: what the platform claims,
  std::string captured;              // when it was fetched (of a contact: when it was written down),
  std::string noticed;               // when the rules noticed it
  std::vector<std::string> reasons;  // a sentence each
  std::string decision;              // "yes", "no"; empty: waits for a person
  std::string decided, decided_by, why;
};

// Oldest first.  `all`: those decided too.
Result<std::vector<PossibleRequest>> possible_requests(Archive& archive, bool all);

struct SpotDecision {
  std::string id;  // number of a possible-request or of any entry of the item, or the platform's identifier
  bool yes = false;
  std::string reason;
  std::string actor;
};

// The entry is of kind `request-judged`.  What the rules did not notice can be decided too.  A
// later decision stands beside the earlier one and counts.  kNotFound: no such item.  kInvalid: no reason.
Result<Recorded> decide(Archive& archive, const SpotDecision& decision);

}  // namespace muniment::app
