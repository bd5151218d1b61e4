// Characters that feeds name or number.  XML itself knows five names; feeds are full of HTML's.
#pragma once

#include <string>
#include <string_view>

namespace muniment::sources {

// UTF-8 of an entity of HTML 4 (nbsp, eacute, hellip), without & and ;.  Empty when there is none of that
// name, and for XML's own amp, lt, gt, quot and apos, which stay for the XML parser.
std::string html_entity(std::string_view name);

// What &#number; stands for: 0x80..0x9F as writers mean them and browsers show them (Windows-1252); what
// XML forbids is U+FFFD.
char32_t referred_character(char32_t number);

}  // namespace muniment::sources
