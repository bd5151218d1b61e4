// index.html: the disclosure for people.  One page that needs nothing else.
#pragma once

#include <string>

#include "muniment/disclosure.hpp"

namespace muniment::exporters {

std::string disclosure_page(const Disclosure& disclosure);

}  // namespace muniment::exporters
