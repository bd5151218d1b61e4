// What in an address names an item or an account, where a platform's way of writing addresses tells.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muniment::foi {

// Tokens that a platform draws for its items ("dQwXgWcQabc", Reddit's "abcdef"), wherever in the address,
// without host; an item has more than one address, and all of them hold it.  Those with digits in them are
// not among them.
std::vector<std::string> item_tokens(std::string_view address);

// The account whose page this is: "https://x.com/NAME", "/users/NAME", "https://NAME.tumblr.com"; empty when
// that cannot be told, or stands after an @.
std::string account_of_address(std::string_view address);

// "host" of "https://user@www.host:8080/path"; empty when there is none.
std::string_view bare_host(std::string_view address);

// Where many people have accounts or mailboxes: such a host says nothing of anybody.
bool is_everybodys_host(std::string_view host);

}  // namespace muniment::foi
