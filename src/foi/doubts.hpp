// What stays shown and is worth a second look: words of what is withheld, in other texts.
#pragma once

#include "foi/passages.hpp"
#include "foi/plan.hpp"

namespace muniment::foi {

// One a field: of a withheld name any word, written small only where that is rare or not its rule; of a
// passage its names, and in other items its rarer words; names inside longer words; and a name of several
// words that is part of the authority's, where the authority is not meant.  After a few hundred one
// remark says that there are more.
void doubt_words(Plan& plan, const WordUse& use);

// What stands beside a text that is withheld whole and may say what it says; and links beside one of which an
// address is withheld, which may be a short name of one of them.
void doubt_neighbours(Plan& plan);

}  // namespace muniment::foi
