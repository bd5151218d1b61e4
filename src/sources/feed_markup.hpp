// The mark-up of a feed page, made safe for an XML parser, and where its entries stand.
//
// One pass over the text.  What comes out is well-formed and plain: no document type, no comments, no
// processing instructions; HTML's named characters are written out; nothing is ever fetched, and entities
// that a page defines for itself are not expanded.  Ill-formed mark-up is repaired as far as that makes
// sense: end tags that are missing are supplied, those too many dropped, a stray < or & is text; an entry
// that the page breaks off in the middle of is left out, because half an entry would look like an edit.
//
// An entry is an element <item> or <entry>: the root, a child of the root, or a child of the root's
// <channel>.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "muniment/result.hpp"
#include "sources/slice.hpp"

namespace muniment::sources {

inline constexpr std::size_t kFeedDepth = 256;           // elements within elements
inline constexpr std::size_t kFeedElements = 1'000'000;  // elements and attributes of a page
inline constexpr std::size_t kFeedAttributes = 256;      // of one element
inline constexpr std::size_t kFeedFaults = 10'000;       // repairs before a page is given up
inline constexpr std::size_t kFeedTagBytes = 1U << 20;   // of one tag

struct FeedMarkup {
  std::string xml;
  std::string root;            // local name of the root, in lower case; empty when there is no element
  std::vector<Slice> entries;  // in document order: <item ...>...</item> in the text, exactly
  bool misnested = false;      // elements were closed or dropped by us: the slices say nothing
  bool own_entities = false;   // the page defines entities of its own
  std::string fault;           // the first thing that was not well-formed, with its line; empty: none
  bool breaks_off = false;     // the text is over before the root's end: what followed is not there
};

// `text` is valid UTF-8.  kInvalid, naming the line: a limit above is passed.  The root's name is not judged.
Result<FeedMarkup> tidy_markup(std::string_view text);

// The part after the colon, in lower case.
std::string local_name(std::string_view name);
bool is_entry_name(std::string_view local);

}  // namespace muniment::sources
