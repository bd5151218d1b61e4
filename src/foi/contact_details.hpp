// Telephone numbers, addresses of e-mail and postcodes in what somebody wrote whose account is withheld: they
// say who that is.
#pragma once

#include <string_view>

#include "foi/plan.hpp"

namespace muniment::foi {

enum class ContactDetail { kNone, kMail, kTelephone, kPostcode };

// The first in the text.  A telephone number has ten digits to fifteen, grouped as people like, and begins
// with 0 or +; a postcode is one of the United Kingdom.
ContactDetail contact_detail_in(std::string_view text);

// Of records of which an author is withheld, the texts that are shown and have one.
void doubt_contact_details(Plan& plan);

}  // namespace muniment::foi
