// What has become of one version of an item.  Stored in document.state and item.state: append, never
// renumber.
#pragma once

#include <cstdint>
#include <string_view>

namespace muniment::index {

enum class DocumentState : std::int64_t {
  kCurrent = 0,      // the newest version, last seen where it was
  kSuperseded = 1,   // a later version was captured
  kDeleted = 2,      // the newest version; the platform said that the item is gone
  kUnavailable = 3,  // the newest version; the platform refused to show the item
  kReported = 4,     // the newest version; a saved file says that the item is gone, nobody saw it
  kOutdone = 5,      // superseded by a version that tells more of the same, which nobody edited; of documents
};

// "current", "superseded", "deleted", "unavailable", "reported-gone".
constexpr std::string_view state_name(DocumentState state) {
  switch (state) {
    case DocumentState::kSuperseded:
    case DocumentState::kOutdone:
      return "superseded";
    case DocumentState::kDeleted:
      return "deleted";
    case DocumentState::kUnavailable:
      return "unavailable";
    case DocumentState::kReported:
      return "reported-gone";
    case DocumentState::kCurrent:
      break;
  }
  return "current";
}

}  // namespace muniment::index
