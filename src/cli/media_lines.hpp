// What a run of fetching files has to tell, for people and for programs.
#pragma once

#include <iosfwd>
#include <string>

#include "app/media.hpp"

namespace muniment::cli {

std::string media_text(const app::MediaAnswer& answer);  // lines
std::string media_json(const app::MediaAnswer& answer);  // one line

}  // namespace muniment::cli
