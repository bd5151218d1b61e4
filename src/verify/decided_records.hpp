// The records of a bundle against those that were decided on (docs/formats/bundle.md).
#pragma once

#include "verify/bundle_json.hpp"
#include "verify/report.hpp"

namespace muniment::verify {

// `decision`: the disclosure entry that holds the hash of the release.  Each record its field `records` names
// must be in the bundle, and beside them nothing but entry 0, the decision itself, and what supports them
// (entries of kind anchor and search).  The searches its field `searches` names must be there, too: with
// them, and without `records`, it is about no record.  What is not shown of these fields cannot be checked.
void check_decided_records(const Bundle& bundle, const BundleEntry& decision, Report& report);

}  // namespace muniment::verify
