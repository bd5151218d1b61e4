// The release text: every gap and its exemption, in the one spelling that is hashed into the ledger
// (docs/formats/bundle.md).
#pragma once

#include <string>

#include "foi/plan.hpp"

namespace muniment::foi {

std::string release_text(const Plan& plan);

}  // namespace muniment::foi
