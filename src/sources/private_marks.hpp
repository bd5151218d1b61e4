// Bytes that nobody could read, because they are damaged or of no known kind: may private items be among
// them?
#pragma once

#include <string_view>

namespace muniment::sources {

// What they seem to hold, as in Item::why_private ("a direct message"); empty: nothing tells.  Looks for what
// the platforms write beside private items; finds more than there is rather than less.
std::string_view marked_private(std::string_view bytes);

}  // namespace muniment::sources
