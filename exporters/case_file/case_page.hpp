// index.html of a case file: cover, contents in order of time, every record with all its versions.
#pragma once

#include <string>

#include "muniment/case_file.hpp"

namespace muniment::exporters {

std::string case_page(const CaseFile& file);

}  // namespace muniment::exporters
