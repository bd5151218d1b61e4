// Reads pages that are in the ledger again, with the parsers of this version.
//
// A page that could not be read when it came was kept whole and marked unread.  Once a parser can read it, a
// second exchange entry, method REPLAY, cites the first and has the same page as a frame with its items; they
// follow as captures with the time when the page was fetched.  The first entry stays as it is.
//
// A poll is a conversation: what an answer means depends on the question.  So a poll's answers are read in
// order, as the same poll would ask for them.  What it would ask beyond that is not asked.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/seams.hpp"
#include "collect/catalogue.hpp"
#include "collect/stored_exchange.hpp"
#include "ledger/appender.hpp"
#include "ledger/reader.hpp"
#include "sources/saved.hpp"
#include "sources/source.hpp"

namespace muniment::collect {

inline constexpr std::string_view kReplay = "REPLAY";  // method of an exchange that reads another again

// One of a poll's exchanges.
struct PolledExchange {
  ledger::Seq seq = 0;
  std::string url;  // as its entry has it
};

// `reading`: what the present parser makes of the page, or why it makes nothing of it.  An error ends it all.
using ReadAgain = std::function<Status(const StoredExchange& exchange, Result<sources::Reading> reading)>;

// Plays the exchanges of one poll, in their order, to `poll`, and visits each that it asks for.  Then visits
// those that it did not ask for, read by what they look like, as saved pages are.  Pages of which items were
// disposed of are passed over.
Status play_poll(sources::Poll& poll, const std::vector<PolledExchange>& exchanges, ledger::Reader& reader,
                 const ReadAgain& visit);

// A saved file's page.  kInvalid: it cannot be read, or not without the rest of its file: then it is to be
// imported again.
Result<sources::Reading> read_file_again(const StoredExchange& exchange, const sources::LocalZone& zone);

struct ReplayCounts {
  PageCounts page;
  std::uint64_t former = 0;  // items held in a later form: kept as former versions of their own
  std::uint64_t later =
      0;  // items held as they stand, or in a later form that was disposed of: nothing added
  std::uint64_t withheld = 0;  // private items: they stay in the unread page, and are made into nothing
  ReplayCounts& operator+=(const ReplayCounts& other);
};

struct ReplayRun {
  ledger::Appender& appender;
  ledger::Reader& reader;
  Catalogue& catalogue;
  base::Clock& clock;
  bool dry = false;  // count, and append nothing
  // Was this exchange read again meanwhile, by another process?  Asked with the ledger at its present end.
  std::function<Result<bool>(ledger::Seq exchange)> is_done;
};

// Records what can now be read of an unread exchange.
Result<ReplayCounts> record_again(const StoredExchange& exchange, sources::Reading reading,
                                  const ReplayRun& run);

struct Differences {
  std::uint64_t compared = 0;
  std::uint64_t different = 0;  // items whose version would have other words now
  std::uint64_t missing = 0;    // read now, and not then
};
// Of a page that was read when it came.
Result<Differences> differences(const StoredExchange& exchange, const sources::Reading& reading,
                                ledger::Reader& reader);

}  // namespace muniment::collect
