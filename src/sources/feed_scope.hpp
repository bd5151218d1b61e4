// What an entry of a feed is called where its identifier is taken.
#pragma once

#include <string>
#include <string_view>

#include "records/interaction.hpp"

namespace muniment::sources {

// The name of an entry that shares its identifier with another one which leads elsewhere: the identifier, and
// what its link says.  Empty: it has no link, or is named by it.
std::string name_beside(const records::Interaction& entry);

// What tells the entry from another feed's under the same identifier: the scope.  Empty where the identifier
// is the feed's own to give, because it holds the scope or names the scope's host: an address or a tag:
// there.
std::string scope_beside(const records::Interaction& entry, std::string_view scope);

}  // namespace muniment::sources
