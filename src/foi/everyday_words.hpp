// Words that everybody writes.  An account may be called "support" or "news"; the word in a sentence is then
// not its name.
#pragma once

#include <string_view>

namespace muniment::foi {

// English, any case.  Not a dictionary: short everyday words, and those of public bodies.
bool is_everyday_word(std::string_view word);

}  // namespace muniment::foi
