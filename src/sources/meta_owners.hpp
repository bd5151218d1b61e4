// Whose export of Facebook or Instagram it is: profile_information.json, personal_information.json.
#pragma once

#include <string_view>

#include "sources/saved.hpp"

namespace muniment::sources {

// As SavedFormat::learn.
void learn_facebook_owner(const Beginning& it, std::string_view bytes, SavedContext& context);
void learn_instagram_owner(const Beginning& it, std::string_view bytes, SavedContext& context);

}  // namespace muniment::sources
