// What a poll came to, and its record in the ledger: "nothing was found" is not "nothing was captured".
// docs/formats/capture.md is normative.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collect/exchange.hpp"
#include "ledger/entry.hpp"

namespace muniment::collect {

enum class Outcome {
  kComplete,  // all that was to be asked was asked and understood
  kPartial,   // some was not; see errors
  kFailed,    // no list or item was, and neither a person nor a budget stopped it
};
std::string_view outcome_name(Outcome outcome);  // as the ledger spells it

enum class Access {
  kNone,      // no credential, or none was shown
  kAccepted,  // the platform answered what was asked with it
  kRefused,   // the platform did not take it: expired, withdrawn, or without the rights asked for
  kAbsent,    // the credential the source names could not be had
};
std::string_view access_name(Access access);  // as the ledger spells it; empty for kNone

struct PollOutcome {
  std::string source;
  Outcome outcome = Outcome::kFailed;
  bool interrupted = false;
  std::uint64_t pages = 0;       // answers received, each an exchange entry
  std::uint64_t understood = 0;  // of these, which showed something of the source (not only_leads)
  PageCounts counts;
  std::uint64_t deleted = 0;
  std::uint64_t unavailable = 0;
  std::uint64_t missing = 0;  // neither listed nor explained
  std::uint64_t limits = 0;   // answers that said: too many questions (429)
  std::vector<std::string> errors;
  std::vector<std::string> remarks;
  std::vector<std::string> hints;  // what to do about the errors, each once; for people, not recorded
  std::string started;             // RFC 3339
  std::string finished;
  std::string covers_from;
  std::string cursor;
  std::string resume;      // where the next poll goes on; of a complete one: whose turn comes next
  std::string credential;  // its name; empty: the source has none
  Access access = Access::kNone;
  std::string credential_expires;  // RFC 3339; empty: nobody said
  std::uint64_t charged = 0;       // items that the platform counts against a paid allowance
  std::string cost;                // of these, "0.35 USD"; empty: nobody told a price
  std::uint64_t requests = 0;      // questions asked; redirects and what manners asked again are not counted
  std::string budget;              // the budget that was used up before the poll's end; empty: none
  std::string not_before;          // RFC 3339; asking earlier is of no use: a host or the budget says so
};

ledger::Draft coverage_draft(const PollOutcome& poll);

}  // namespace muniment::collect
