// Was a source being captured, and when not?  Answered from the polls that are in the ledger.
//
// A complete poll vouches for the time since the complete poll before it: what was posted in it and still
// stood when asked was seen.  Where two of them lie farther apart than the source's policy allows, the time
// between the end of the one and the beginning of the next is a gap: what came, changed or went in it was not
// seen, even if what remained was read later.  docs/design.md says why.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "base/seams.hpp"
#include "ledger/entry.hpp"
#include "records/body.hpp"

namespace muniment::collect {

inline constexpr std::chrono::hours kQuietAfter{26};       // a daily poll may be two hours late
inline constexpr std::chrono::hours kWarnBefore{14 * 24};  // a credential ends

// What somebody decided about a source, in the ledger's order.
struct SourceAction {
  enum class What { kAdd, kPause, kResume, kRemove };
  What what = What::kAdd;
  base::Time at{};
  bool elsewhere = false;  // kAdd: at another address than before, of which earlier polls say nothing
};

struct PollTimes {
  ledger::Seq seq = 0;
  base::Time started{}, finished{};
  bool complete = false;
};

enum class GapCause {
  kNotPolled,
  kFailing,
  kCredential,
  kPaused,
  kBudget
};                                                 // watch_of finds no kCredential, kBudget
std::string_view gap_cause_name(GapCause cause);   // as the ledger spells it
std::string_view gap_cause_words(GapCause cause);  // for people

struct Gap {
  base::Time from{}, to{};
  bool open = false;  // it goes on; `to` is now
  GapCause cause = GapCause::kNotPolled;
  std::uint64_t failed = 0;     // polls in it that did not come to their end
  ledger::Seq last_failed = 0;  // the newest of them
};

struct Span {
  base::Time from{}, to{};
  std::uint64_t polls = 0;  // complete ones
};

struct Watch {
  std::vector<Span> spans;  // in which it was captured, ascending; from the first complete poll's beginning
  std::vector<Gap> gaps;    // ascending, apart from the spans and from each other
};

// `polls` and `actions` ascend.  A source is expected to be captured from when it was added until it was
// removed; a gap is cut where it was paused and resumed, so that each part has one cause.  A span is of one
// address.
Watch watch_of(const std::vector<PollTimes>& polls, const std::vector<SourceAction>& actions,
               std::chrono::milliseconds quiet_after, base::Time now);

// What a coverage entry says, read back.
struct PollRecord {
  std::string outcome;
  std::uint64_t pages = 0, fresh = 0, changed = 0, unchanged = 0, deleted = 0, unavailable = 0, missing = 0,
                limits = 0, charged = 0, requests = 0;
  std::vector<std::string> errors;
  std::string credential, credential_state, credential_expires;
  std::string budget, not_before, resume;
  std::optional<base::Money> cost;  // of what was charged, at the price of that day
};
PollRecord poll_record_of(const records::Body& coverage);

// The `gap` entry: docs/formats/capture.md.  `of`: the citation of the entry that noted it while it was open.
struct GapFacts {
  std::string source;
  Gap gap;
  std::chrono::milliseconds quiet_after{};
  std::string error;  // what the newest failed poll said
  std::string of;
  base::Time noticed{};
};
ledger::Draft gap_draft(const GapFacts& facts);

}  // namespace muniment::collect
