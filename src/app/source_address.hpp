// Addresses that a person types and that are written down with every record from there.
#pragma once

#include <string>
#include <string_view>

#include "muniment/result.hpp"

namespace muniment::app {

// As sources::normalise_url().  kInvalid also for one that bears a secret: an access token, a key, a
// password. Nothing of the secret is in the sentence.
Result<std::string> address_to_keep(std::string_view typed);

}  // namespace muniment::app
