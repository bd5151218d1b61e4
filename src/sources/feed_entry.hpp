// One <item> or <entry> as an interaction.
#pragma once

#include <string>
#include <vector>

#include "records/interaction.hpp"

namespace pugi {
class xml_node;
}

namespace muniment::sources {

inline constexpr std::size_t kFeedMedia = 200;        // of one entry; more are left out
inline constexpr std::size_t kFeedChildren = 10'000;  // elements directly in one entry, likewise
inline constexpr std::size_t kFeedLinks = 1000;       // likewise

// What an entry takes from the feed around it.
struct FeedContext {
  std::string page;       // address that relative addresses are seen from
  std::string scope;      // the feed's own address: goes before identifiers that are only unique in the feed
  std::string own_space;  // namespace of the feed's entries
  std::string lang;
  records::Account author;  // of the whole feed; only where the format says that entries inherit it (Atom)
};

// id: guid or atom:id, else the link, else a hash of title, date and text.  An identifier that is no URL,
// tag: or urn: is written "<scope>#<identifier>".  The entry of a comments feed is a "comment": it answers
// something (RFC 4685), or its address is that of a comment on a page.  posted: the date of publication;
// where there is none, the date of the last change, and then `edited` is empty.
records::Interaction feed_interaction(const pugi::xml_node& entry, const FeedContext& context);

// Atom persons of a kind ("author") directly below the element: names joined by commas, address and page of
// the first that has one.
records::Account atom_author(const pugi::xml_node& parent, const std::string& page);

}  // namespace muniment::sources
