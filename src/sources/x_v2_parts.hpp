// Parts of a post of X's interface, version 2, that say what they say by themselves.
#pragma once

#include "records/interaction.hpp"
#include "sources/json_page.hpp"

namespace muniment::sources {

void x_v2_entities(Json entities, records::Interaction& out);  // mentions, tags, links
// Its options are lines at the end, as Mastodon's are.
void x_v2_poll(Json poll, records::Interaction& out);
void x_v2_picture(Json media,
                  records::Interaction& out);  // of a film the version with the most bits a second
void x_v2_counts(Json metrics, records::Interaction& out);

}  // namespace muniment::sources
