// What a run of fetching files has to tell, for people and for programs.
#pragma once

#include <string>

#include "app/media.hpp"
#include "app/media_supply.hpp"

namespace muniment::cli {

std::string media_text(const app::MediaAnswer& answer);  // lines
std::string media_json(const app::MediaAnswer& answer);  // one line
std::string supply_text(const app::SupplyAnswer& answer);
std::string supply_json(const app::SupplyAnswer& answer);

}  // namespace muniment::cli
