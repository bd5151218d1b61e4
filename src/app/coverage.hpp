// Was this account being captured on that day, and how far back?
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/source_history.hpp"

namespace muniment::app {

struct CoverageWishes {
  std::string source;  // empty: all
  std::string from;    // a day, or a time, as read_typed_time() in app/zone.hpp; empty: from the beginning
  std::string to;      // likewise, that day included; empty: until now
};

struct GapStory {
  collect::Gap gap;
  ledger::Seq entry = 0;  // that noted it; 0: none yet
  std::string error;      // what the newest failed poll in it said
};

// What the polls of a source came to, summed.
struct PollSums {
  std::uint64_t polls = 0, partial = 0, failed = 0;
  std::uint64_t pages = 0, fresh = 0, changed = 0, deleted = 0, unavailable = 0, missing = 0, limits = 0,
                charged = 0, errors = 0;
  std::map<std::string, std::uint64_t> cost;  // of what was charged, in millionths, by currency
};

// The name was another address's once: what is told of that time is told of that address.
struct EarlierAddress {
  std::string platform, url;
  base::Time from{}, to{};  // until the next address took its name; cut to the time asked about
  PollSums sums = {};       // of the polls that were begun while the name was its own
};

struct CoverageStory {
  index::SourceRow row;
  WatchPolicy policy;
  std::vector<collect::Span> spans;  // cut to the time asked about, as are the gaps
  std::vector<GapStory> gaps;
  PollSums sums;  // of the polls of the address that has the name now
  std::string credential, credential_state, credential_expires;  // as the newest of these polls says
  std::string first_complete;           // RFC 3339; of the first complete poll of the source's address
  std::string oldest;                   // the oldest time posted that it brought, as the platform claims
  std::vector<EarlierAddress> earlier;  // ascending; of the time asked about
};

struct CoverageAnswer {
  base::Time from{}, to{};
  std::vector<CoverageStory> sources;  // by name
};

// kNotFound: no source of that name.  kInvalid: not a time, or the times are the wrong way round.
Result<CoverageAnswer> coverage(Archive& archive, const CoverageWishes& wishes);

// Appends a `gap` entry for each gap that has none: one while it is open, one when it has ended.  Nothing is
// appended twice, whoever does this at the same time.  Answers how many; the caller signs.
Result<std::size_t> note_gaps(Archive& archive);

}  // namespace muniment::app
