// The names of files that every bundle has (docs/formats/bundle.md): they say nothing of what is in it.
#pragma once

#include <string>
#include <string_view>

namespace muniment::bundle {

bool is_own_name(std::string_view path);

// A list of checksums without the lines of own names; their checksums stay.
std::string without_own_names(std::string_view manifest);

}  // namespace muniment::bundle
