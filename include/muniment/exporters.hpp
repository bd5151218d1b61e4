// What the exporters offer.  Each writes files into a sink and touches nothing else.
#pragma once

#include "muniment/disclosure.hpp"
#include "muniment/sink.hpp"

namespace muniment::exporters {

// bundle.json, release.txt and index.html (docs/formats/bundle.md).  Errors are the sink's.
Status write_disclosure(const Disclosure& disclosure, Sink& sink);

}  // namespace muniment::exporters
