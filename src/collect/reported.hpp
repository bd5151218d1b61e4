// What a saved file says of items that the archive holds: that they were deleted, or may not be seen.  Nobody
// asked and nobody can ask again, so it is no deletion that was seen: an entry of its own, "absence-reported"
// (docs/formats/capture.md).
#pragma once

#include <string>
#include <vector>

#include "collect/catalogue.hpp"
#include "collect/exchange.hpp"
#include "ledger/reader.hpp"
#include "sources/source.hpp"

namespace muniment::collect {

// Items that the file shows as gone: each is put among the verdicts, unless the archive holds it like that.
// Where the archive holds it with other words the file is no new version of it: then it is also taken out of
// the items, and its bytes stay in the frame.  Answers how many were taken out, as read and unchanged.
Result<PageCounts> take_markers(sources::Reading& reading, Catalogue& catalogue);

struct ReportCounts {
  std::uint64_t written = 0;
  std::uint64_t not_held = 0;      // about items that the archive does not hold
  std::uint64_t not_believed = 0;  // by another account than the item's author
  ReportCounts& operator+=(const ReportCounts& other);
};

// What a file's page says of items.
struct PageNotices {
  ledger::Seq exchange = 0;     // the entry that brings the page
  std::string digest, fetched;  // its `payload.sha256` and `fetched`
  std::vector<sources::Verdict> verdicts;
  bool judged_once = false;  // in this import: what was known of the page before it was looked at then
};

struct Reports {
  ReportCounts counts;
  // Of the verdicts: those about items that are not held; those written about items that came with this very
  // page.
  std::vector<std::size_t> not_held, just_come;
};

// Adds to `page` an entry for each thing that is to be said; each is noted in the catalogue.  Nothing is
// written about an item that is not held, is known to be gone, or was held when this page was last read; nor
// is what this page said of it once said again, after it was seen.  Verdicts other than kGone and kBarred say
// nothing.
Result<Reports> add_reports(const PageNotices& notices, PageEntries& page, Catalogue& catalogue,
                            ledger::Reader& reader);

}  // namespace muniment::collect
