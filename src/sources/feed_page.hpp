// One page of a feed: RSS 2.0, 0.9x and 1.0 (RDF), Atom 1.0 and 0.3, Channel Definition Format, and JSON Feed
// (feed_json.hpp).
//
// Formats are told apart by their elements, never by names or labels.  The mark-up is made safe first
// (feed_markup.hpp), then pugixml builds the tree; nothing the page refers to is ever fetched.
#pragma once

#include <cstddef>
#include <string_view>

#include "muniment/result.hpp"
#include "sources/source.hpp"

namespace muniment::sources {

inline constexpr std::size_t kFeedEntries = 50'000;  // of a page; more are left out, with a remark

// `origin`: the feed's own address, the same for every page of it; it goes before identifiers that are only
// unique within the feed.  Empty: the page's rel="self", else its link, is used.  `address`: where this page
// came from, for relative addresses; empty: origin.
//
// Slices are given when the page's own bytes are its text and every element ended where it should; then each
// begins with its start tag and ends with its end tag.  `next` holds at most one question: the page of older
// entries, when this one names it (RFC 5005).  A page that is over before its root ends is read as far as it
// goes, with a fault; other mark-up that is not well-formed is recovered.
// kInvalid: not a feed (the sentence says what it looks like), or past a limit of feed_markup.hpp or
// feed_encoding.hpp, naming the line.
Result<Reading> read_feed(std::string_view bytes, std::string_view origin, std::string_view content_type,
                          std::string_view address = {});

}  // namespace muniment::sources
