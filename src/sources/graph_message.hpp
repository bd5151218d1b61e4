// Direct messages as the Graph API gives them: of a Facebook page's inbox, of an Instagram account.
//
// A conversation ("t_…") has `participants` and `messages`; a message ("m_…") has `from`, `to`, `message`
// and, like a post, `created_time`.  Posts have a `to` too: the page on which they were left.
#pragma once

#include <string_view>

#include "sources/item.hpp"
#include "sources/json_page.hpp"

namespace muniment::sources {

bool is_graph_conversation(Json object);

// `in_conversation`: it stands inside one.
bool is_graph_message(Json object, bool in_conversation);

// Asks for an authority; `conversation` may be empty.
void read_graph_message(Json object, std::string_view conversation, Item& out);

// The text that an id begins with only where it is a message's, of Facebook and of Instagram.
inline constexpr std::string_view kGraphMessageId = "m_";
inline constexpr std::string_view kInstagramMessageId = "aWdfZ";  // "ig_dm…" in base 64

}  // namespace muniment::sources
