// A glance at the beginning of JSON, without parsing or checking the whole.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace muniment::sources {

// The names of the fields of the object at the top or, when a list is there, of the first object in it.
// Stops at the end of that object, at anything that is not JSON, or after 256 KiB.
std::set<std::string, std::less<>> names_at_the_top(std::string_view json);

}  // namespace muniment::sources
