// The words that a messenger writes in the place of a message that was deleted.
#pragma once

#include <string_view>

#include "sources/source.hpp"

namespace muniment::sources {

struct DeletedMark {
  std::string_view words;       // without the full stop
  Fate fate = Fate::kGone;      // kBarred: somebody else removed it
  bool names_somebody = false;  // who removed it follows the words
};

// Null: `text`, a whole message, is none of WhatsApp's marks.  A person may have typed these very words;
// nobody can tell.
const DeletedMark* deleted_mark(std::string_view text);

}  // namespace muniment::sources
