// One item of a page, as a platform's file hands it on: what it says, and where it stands.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "records/interaction.hpp"
#include "sources/slice.hpp"

namespace muniment::sources {

// What an answer, or a saved file, says about a single item.
enum class Fate {
  kPresent,  // it came; it is among the items
  kGone,     // the platform says it does not exist (404, 410, tombstone)
  kBarred,   // the platform refuses to show it (401, 403): it may exist, hidden or in a bin
  kUnclear,  // anything else: not evidence of anything
};

// One item and where it stands in the page, so that the exact bytes can be kept beside it.
struct Item {
  records::Interaction interaction;
  std::size_t offset = 0;  // of the item's first byte in the page
  std::size_t length = 0;  // 0: the item has no slice of its own in the page's bytes
  // Why the platform does not show it to everybody ("a direct message"); empty: it does, or does not say.
  std::string_view why_private = {};
  bool is_final = false;  // nobody can change it: under its name, other words are another item's
  // Its name where another item of the page has the same id and another url, and was there first.  Empty: it
  // has none.
  std::string second_name = {};
  // What goes before its id, and '#', where another source's item has that id and says something else: the
  // address of the feed that it stands in.  Empty: the id is this source's to give.
  std::string own_scope = {};
  bool is_beside = false;      // it was not what was asked for: it came along with an item that repeats it
  bool has_made_name = false;  // its id was made from what it says: two alike have the same
  // The platform shows a marker in the place of what was there ("[deleted]"), or marks it as gone.
  Fate fate = Fate::kPresent;
  std::string_view fate_words = {};
};

// Bytes of a page that are no item, and are private like the items they stand around: who takes part in a
// conversation.
struct Aside {
  Slice place;
  std::string_view why_private;
};

}  // namespace muniment::sources
