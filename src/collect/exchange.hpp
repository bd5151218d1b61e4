// One answer from outside, turned into entries: the exchange with its frame, and the items in it.
// docs/formats/capture.md is normative.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "collect/catalogue.hpp"
#include "collect/page_counts.hpp"
#include "ledger/entry.hpp"
#include "ledger/reader.hpp"
#include "sources/source.hpp"

namespace muniment::collect {

inline constexpr std::string_view kAgent = "muniment/" MUNIMENT_VERSION;
inline constexpr std::string_view kFromFile = "FILE";  // the method of what was read from a saved file

// Everything about an exchange but its page.  Empty texts are left out.
struct ExchangeFacts {
  std::string source;
  std::string method;  // GET, POST, IMAP or FILE
  std::string url;
  std::string final_url;
  std::string redirects;  // addresses passed through, a line each
  int status = 0;
  std::string headers;  // without cookies and credentials
  std::string started;
  std::string fetched;
  std::string peer;
  std::string tls;
  std::string format;
  std::string unread;           // why the page could not be read
  std::string credential = {};  // the name of the credential that was shown; never the credential
  std::uint64_t withheld = 0;   // places of the page where a credential stood, and something else stands now
  std::uint64_t charged = 0;    // items of it that the platform counts against a paid allowance
  std::uint64_t part = 0;       // of a file that was read in parts: which, from 1 …
  std::uint64_t part_from = 0;  // … and where in the file it begins
  std::string left_out = {};    // "offset length" a line: what was private and was taken out before
  std::string authority = {};   // under which private items were kept
  std::string remarks = {};     // a line each
  std::string crawled = {};     // when the page came, as the crawl says that it was read from
  std::string of = {};          // of a replay: citation of the exchange that is read again
};

// Of an item's content and bytes, as Catalogue::fingerprint; zeros for entries that are no version.
struct Fingerprints {
  std::uint64_t content = 0;
  std::uint64_t raw = 0;
};

struct PageEntries {
  std::vector<ledger::Draft> drafts;       // the exchange first, then its items in page order
  std::vector<Fingerprints> fingerprints;  // of each draft
  PageCounts counts;
  std::vector<std::string> collided;  // ids that two items of the page claim, or of a file two accounts
  std::vector<std::string> parted;    // ids of another source's items (held_elsewhere.hpp)
};

// A reading whose items are in page order, inside the page and clear of one another; one that is not cannot
// be cut into frame and items, and is an Error that says so: the page is then kept whole.
Result<sources::Reading> fitting(Result<sources::Reading> reading, std::string_view page);

// Waits until ledger and catalogue hold all that was composed before; the catalogue answers as after at()
// then.
using Settle = std::function<Status()>;

// Writes the entries of one page for a ledger that ends at `first`.  `items` may be empty (an error page, a
// page that could not be read): then the frame is the whole page.  The catalogue must know the ledger up to
// `first`: by at(), and by what was noted since.  Each item is noted, some also when an error ends this: at()
// comes before the next page then.  kInternal: the items are not fitting(); nothing was noted.
//
// Items of one answer that claim the same id cannot all be it: of an answer from outside the one is taken
// that the archive holds already, else the first; the others stay in the frame.  (Versions that follow one
// another in a file are versions; but not what another account says under the same id.)
//
// A saved file proves no time.  An item of one that is an earlier form of what is held, by the platform's own
// times, or says something else of an item that was seen to be gone, is kept as a former version
// (former.hpp), and is no edit.  Where a version has to be read to tell, and is still on its way, `settle` is
// called, before anything was noted; without it all is written at once.
Result<PageEntries> compose_page(ledger::Seq first, const ExchangeFacts& facts, std::string_view page,
                                 std::vector<sources::Item> items, Catalogue& catalogue,
                                 ledger::Reader& reader, const Settle& settle = {});

}  // namespace muniment::collect
