// Which withheld words are not looked for, because they are lawfully shown, and where that is.
#pragma once

#include <vector>

#include "foi/plan.hpp"

namespace muniment::foi {

// Of names, and of the words of a passage that tell something: each once, at the first place where it is
// withheld, with its number there, as `muniment show ID --words` counts.  A plain word of a passage is never
// looked for, and not named.  After a few hundred one remark says that there are more.
std::vector<Remark> excused_words(const Plan& plan);

}  // namespace muniment::foi
