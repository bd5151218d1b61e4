// A name for an item that its platform exports without one, and which names were made from what an item says.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace muniment::records {

// "KIND/WHEN/16 hexadecimal digits of SHA-256 over the parts, each with its length".  The same item in
// another copy of the export has the same name; one that was changed since has another.
std::string made_name(std::string_view kind, std::string_view when,
                      std::initializer_list<std::string_view> parts);

// "sha256-64 hexadecimal digits": for an entry of a feed that nothing names.
std::string made_feed_name(std::string_view whole);

// "sha256-16 hexadecimal digits": what sets an item apart from another that claims the same name.
std::string made_mark(std::string_view whole);

// Was this name (or a part of it, cut by '#') made from the item's words or bytes: by one of those above,
// also where it is numbered ("-2", for another item says the same), or as a content identifier (CID), as
// Bluesky names versions?  Then it is a plain hash of them: whoever has the rest can try words until it fits.
// A contact's name looks like made_name's and is random; ask not for it.
bool is_made_from_content(std::string_view name);

}  // namespace muniment::records
