// Saved files: exports, archives, dumps and saved pages.  A format is one file of its own and one row in the
// table of saved.cpp; it is found from content, never from a name.
//
// A file is cut into records, each of which says by itself what it is: a line, an element of a list, a
// message of a mailbox, or the whole file.  So a file of any size is read in parts of whole records.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/seams.hpp"
#include "muniment/result.hpp"
#include "sources/slice.hpp"
#include "sources/source.hpp"

namespace muniment::sources {

class Beginning;

inline constexpr std::size_t kMostRecordBytes = 64U << 20;
inline constexpr std::size_t kOwnerMarkBytes = 8U << 10;

// Where times are meant that do not say their zone.
struct LocalZone {
  std::string name = "UTC";
  // The moment at which its clocks show this.  Empty: they show UTC.
  std::function<base::Time(base::Time shown)> to_utc = {};
};

// What is known beside the bytes of a record.
struct SavedContext {
  std::string origin;  // an address: where the file came from, when somebody knows; may be empty
  // Whose export this is, by platform: exports do not name their owner in each item.  Known to formats that
  // ask for it.
  std::map<std::string, records::Account, std::less<>> owners;
  // What stands before the first record of the file.
  std::string_view head;
  LocalZone zone = {};  // the archive's
};

enum class Cut {
  kWhole,     // the file is one record, of at most kMostRecordBytes
  kJson,      // objects one after another, in lines or in a list (SavedFormat::list)
  kMail,      // messages of a mailbox, each after a line "From "
  kRows,      // rows of a table (CSV); the first one is the head
  kElements,  // elements <item> of an XML file; what stands before the first is the head
};

struct SavedFormat {
  std::string_view name;  // stored in the ledger, for ever
  std::string_view help;  // "posts of an X archive (tweets.js)"
  bool (*is)(const Beginning& beginning);
  // Adds a record's items, with offsets within the record.  kInvalid: nothing can be read from it.
  Status (*read)(std::string_view record, const SavedContext& context, Reading& out);
  Cut cut = Cut::kWhole;
  // kJson: the field at the top whose list holds the records; several are parted by '|'; empty: the top
  // itself
  std::string_view list = {};
  std::string_view why_private = {};  // all that such a file holds is private, because …; empty: item by item
  // Takes from another file of the same export who its owner is.  Such a file has one of `owner_marks`
  // (parted by
  // '|') within its first kOwnerMarkBytes.
  void (*learn)(const Beginning& beginning, std::string_view bytes, SavedContext& context) = nullptr;
  std::string_view owner_marks = {};
  bool may_hold_credentials = false;  // access tokens stand in its addresses (withhold.hpp)
  bool asks_owner = false;            // reads SavedContext::owners
};
using Format = const SavedFormat*;

// In the order in which they are tried.
std::span<const Format> formats();
// "mastodon, wordpress, feed, …"
std::string format_names();
inline std::string_view format_name(Format format) {
  return format->name;
}
Result<Format> format_named(std::string_view name);

// `bytes`: the file, or its first kBeginningBytes.  kInvalid: no format of ours; the sentence says what the
// file looks like.
Result<Format> detect(std::string_view bytes);

// From the first kOwnerMarkBytes of a file: may learn() take something from it?
bool may_tell_owner(std::string_view beginning);
// Hands a small file of an export to every format that may learn from it.
void learn(std::string_view bytes, SavedContext& context);

// Reads the records of a part; what cannot be read is remarked upon.  kInvalid: none of them could be read.
Result<Reading> read_records(Format format, std::string_view part, std::span<const Slice> records,
                             const SavedContext& context);

// What was read is of a known kind, but none of it is a post or message, a notice about one, or private.
bool holds_nothing(const Reading& reading);
Error nothing_in(const Reading& reading);

// A whole file at once.  kInvalid also when it holds nothing.
Result<Reading> read_saved(Format format, std::string_view bytes, const SavedContext& context);

}  // namespace muniment::sources
