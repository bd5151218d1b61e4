// What a file is, found from its content, never from its name.
#pragma once

#include <string>
#include <string_view>

namespace muniment::collect {

// A MIME type in lower case, "application/pdf", by libmagic from the first megabyte; what it does not know is
// "application/octet-stream".
std::string file_type(std::string_view bytes);

}  // namespace muniment::collect
