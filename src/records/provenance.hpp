// Who says what a field says.
#pragma once

#include <string_view>

#include "records/body.hpp"

namespace muniment::records {

enum class Provenance {
  kObserved,  // we saw it ourselves: the bytes, when they came, from where
  kReported,  // the platform says so: names, times, counters, who may see it
  kDerived,   // we made it from what came: readable text out of mark-up, tags, links
  kTyped,     // a person wrote it down
};

// "observed", "reported", "derived", "typed"
std::string_view provenance_name(Provenance provenance);

// Of a field of an entry about an item.  An entry that says it of itself (`provenance.FIELD`,
// `provenance.class`) is believed; else it is plain from the field's name (docs/formats/capture.md).
Provenance provenance_of(const Body& body, std::string_view field);

}  // namespace muniment::records
