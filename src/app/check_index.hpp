// The search index held against the ledger, for `verify --index`.
#pragma once

#include "app/archive.hpp"
#include "verify/report.hpp"

namespace muniment::app {

// Makes an index anew beside the archive's own, compares the two, and removes it: as much time and space as
// `rebuild` takes, and as much again to read both.  Adds what it found to `report`; whatever keeps it from
// comparing is something that could not be checked.  Nothing of the archive is changed.
void check_index(Archive& archive, const index::Projection::Progress& progress, verify::Report& report);

}  // namespace muniment::app
