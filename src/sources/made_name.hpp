// A name for an item that its platform exports without one.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace muniment::sources {

// "KIND/WHEN/16 hexadecimal digits of SHA-256 over the parts, each with its length".  The same item in
// another copy of the export has the same name; one that was changed since has another.
std::string made_name(std::string_view kind, std::string_view when,
                      std::initializer_list<std::string_view> parts);

}  // namespace muniment::sources
