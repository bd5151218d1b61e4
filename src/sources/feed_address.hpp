// Addresses in feeds: relative ones made absolute (RFC 3986 section 5, by Boost.URL).
#pragma once

#include <string>
#include <string_view>

namespace muniment::sources {

// True for http and https addresses.
bool is_web_address(std::string_view address);

// `reference` as seen from `base`.  An absolute reference stays as written, without blanks around it; so does
// one that cannot be resolved because one of the two is no address.  Characters that addresses may not hold
// are percent-encoded in what was resolved.
std::string resolve_address(std::string_view base, std::string_view reference);

// Host and port as written, in lower case; empty when there is none.
std::string host_of(std::string_view address);

}  // namespace muniment::sources
