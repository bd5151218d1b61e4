// Addresses: what is needed to ask a server for the next page, and to name things after it.
#pragma once

#include <string>
#include <string_view>

namespace muniment::sources {

// "host" or "host:port" of an http(s) address, in lower case, without user info; empty when it is none.
std::string server_of(std::string_view url);

// "https://host:port" of an http(s) address; empty when it is none.
std::string root_of(std::string_view url);

// "/path" of an address, without query and fragment; "/" when there is none.
std::string_view path_of(std::string_view url);

// The value of a parameter in the query, percent-decoded; empty when absent.
std::string parameter(std::string_view url, std::string_view name);

// The address with a parameter added, percent-encoded where it must be.
std::string with_parameter(std::string_view url, std::string_view name, std::string_view value);

// The target with rel="next" in a Link header (RFC 8288), as written; empty when there is none.
std::string next_link(std::string_view header);

}  // namespace muniment::sources
