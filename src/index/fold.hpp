// Names as they are compared: as append_words() spells them, without case, accents and punctuation.
#pragma once

#include <string>
#include <string_view>

#include "db/fts5.hpp"

namespace muniment::index {

// The tokens of a name with a space between: "@Jane@Town.Example" becomes "jane town example".  Empty when
// the name has neither letter nor digit.  Names longer than 512 bytes are compared by their beginning.
Result<std::string> fold_name(const db::Tokenizer& tokenizer, std::string_view name);

}  // namespace muniment::index
