// Which proxy, if any, a request goes through: the usual environment variables.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "net/url.hpp"

namespace muniment::net {

// Looks a variable up; empty when unset.  Real: getenv.
using Environment = std::function<std::string(const char* name)>;

// The value of http_proxy (lower case only: HTTP_PROXY may be a client's header under CGI), https_proxy or
// HTTPS_PROXY, else all_proxy or ALL_PROXY; empty for a direct connection.  no_proxy / NO_PROXY: hosts and
// domain endings by commas, or "*".  This machine's own addresses never go through a proxy.
std::string proxy_for(const Url& url, const Environment& environment);

Environment process_environment();

}  // namespace muniment::net
