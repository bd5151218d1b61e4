// Earlier forms of items: what comes after a later form was held does not make that old again.
#pragma once

#include <string>

#include "records/interaction.hpp"

namespace muniment::collect {

// Makes of an earlier form of an item an item of its own, a former version that names the item: its name
// tells the time `as_of` which it is known to be of (RFC 3339).
void make_former(records::Interaction& interaction, const std::string& as_of);

// Do the platform's own times say that `item` is an earlier form than `held`?  `same_format`: both were given
// by the same interface, so that one which names no change had not been changed.
bool is_earlier_form(const records::Interaction& item, const records::Interaction& held, bool same_format);

}  // namespace muniment::collect
