// What kind of thing a field says, and by which needles that is found elsewhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bundle/needles.hpp"

namespace muniment::foi {

enum class Saying {
  kNothing,  // it repeats other fields (raw), or is vocabulary (platform, type, language)
  kWords,    // what people write
  kAccount,
  kAddress,  // also any name of an item
  kLines,    // addresses or accounts, a line each
};

Saying saying_of(std::string_view field);

// What such a field says; `from` is where it is withheld (Needle::from).
void add_value(std::string_view field, std::string_view value, const std::string& from,
               std::vector<bundle::Needle>& out);

// A field of names of accounts, a line each; they are there what they are after an @ in a text.
bool names_accounts(std::string_view field);

// "raw", "raw.b64"
bool repeats_everything(std::string_view field);

// What a platform calls the item, its author, or another item: an address of its own making, which says
// nobody's words.
bool is_platform_address(std::string_view field);

}  // namespace muniment::foi
