// What the exporters offer.  Each writes files into a sink and touches nothing else.
#pragma once

#include "muniment/case_file.hpp"
#include "muniment/disclosure.hpp"
#include "muniment/sink.hpp"

namespace muniment::exporters {

// bundle.json, release.txt and index.html (docs/formats/bundle.md).  Errors are the sink's.
Status write_disclosure(const Disclosure& disclosure, Sink& sink);

// case.json and index.html.  Errors are the sink's.
Status write_case_file(const CaseFile& file, Sink& sink);

}  // namespace muniment::exporters
