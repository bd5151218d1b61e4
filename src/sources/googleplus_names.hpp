// What the two forms of Takeout of Google+, JSON and HTML, must call by one name.
#pragma once

#include <string>
#include <string_view>

#include "records/interaction.hpp"

namespace muniment::sources {

// Of a post: its address, without what may follow it, the only name that stands in both.  Empty: it is no
// post's.
std::string googleplus_post_id(std::string_view url);

// "users/NUMBER" where the page's address has the number; else that address.
std::string googleplus_account_id(std::string_view page);

// The other way round; empty where there is no number.
std::string googleplus_account_page(std::string_view id);

// In HTML a comment has no name: one is made (made_name.hpp) from what both say of it.
std::string googleplus_comment_id(const records::Interaction& comment);

}  // namespace muniment::sources
