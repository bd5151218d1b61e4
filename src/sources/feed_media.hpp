// Attachments of a feed's entry: RSS enclosures, Atom enclosure links and content by reference, Media RSS.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "records/interaction.hpp"

namespace pugi {
class xml_node;
}

namespace muniment::sources {

// Each address once, in document order, absolute; at most kFeedMedia.
std::vector<records::Media> feed_media(const pugi::xml_node& entry, const std::string& page,
                                       std::string_view own_space);

}  // namespace muniment::sources
