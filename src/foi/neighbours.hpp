// The fields beside a withheld text, which say what it says: its tags, links and mentions are made from it,
// and its title or the name of its picture may be.
#pragma once

#include "foi/plan.hpp"

namespace muniment::foi {

// In the item of a passage: what says one of its telling words; and tags, links and mentions of a text that
// is withheld whole.  Of texts the words alone.  Explained in plan.automatic.  Who wrote it is decided by the
// officer.
void withhold_neighbours(Plan& plan);

}  // namespace muniment::foi
