// What an outsider needs to know before trusting a bundle: docs/formats/policy.md.
#pragma once

#include <string>

#include "app/archive.hpp"

namespace muniment::app {

// The archive's own policy as JSON, for publication.  Made from the settings and the signing key; the
// databases are not opened.
Result<std::string> policy_of(const Layout& layout);
// The same, for others.  kDenied: the key is not the one that the first entry names.
Result<std::string> policy_to_publish(const Layout& layout);

}  // namespace muniment::app
