// What else must be withheld, because it says what is withheld.
#pragma once

#include "foi/plan.hpp"

namespace muniment::foi {

// Extends the plan, fills plan.words, and explains each step in plan.automatic and plan.doubtful.
// kInvalid: the request's reference gives away what is withheld.
Status withhold_what_follows(Plan& plan);

}  // namespace muniment::foi
