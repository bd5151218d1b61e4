// Names of hosts in the letters that they stand for.
#pragma once

#include <string>
#include <string_view>

namespace muniment::bundle {

// "xn--mller-kva.example" reads "müller.example" (RFC 3492, UTS #46), wherever it stands in the text.  What
// is no such label is left as it is.
std::string without_punycode(std::string_view text);

}  // namespace muniment::bundle
