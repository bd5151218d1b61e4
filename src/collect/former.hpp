// Earlier forms of items: what comes after a later form was held does not make that old again.
#pragma once

#include <cstdint>
#include <string>

#include "records/interaction.hpp"

namespace muniment::collect {

// Makes of an earlier form of an item an item of its own, a former version that names the item: its name
// tells the time `as_of` which it is known to be of (RFC 3339).
void make_former(records::Interaction& interaction, const std::string& as_of);

// When the platform says that it was last edited, milliseconds since 1970; 0: it does not say.
std::int64_t time_of_edit(const records::Interaction& interaction);

// Do the platform's own times of the last edit say that an item is an earlier form than what is held?
// `same_format`: both were given by the same interface, so that one which names no edit had not been edited.
bool is_earlier_form(std::int64_t edited, std::int64_t held_edited, bool same_format);

}  // namespace muniment::collect
