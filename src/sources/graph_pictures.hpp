// The pictures and films of a post or comment in Meta's Graph API: of its attachments, of an album each, else
// its own; and the links that it shares.
#pragma once

#include "records/interaction.hpp"
#include "sources/json_page.hpp"

namespace muniment::sources {

void add_graph_pictures(Json in, records::Interaction& out);

}  // namespace muniment::sources
