// bundle.json: what a machine verifies (docs/formats/bundle.md).
#pragma once

#include <string>

#include "muniment/disclosure.hpp"

namespace muniment::exporters {

std::string bundle_json(const Disclosure& disclosure);

}  // namespace muniment::exporters
