// The text of a feed page, whatever character set it was sent in.
//
// In order: a byte order mark; the pattern of UTF-16 and UTF-32 without one (XML 1.0 appendix F); the charset
// of the Content-Type header (RFC 7303); the encoding of the XML declaration; UTF-8.  Labels lie: a label
// under which the bytes make no sense is passed over, a single-byte label on what is plainly UTF-8 is not
// believed, ISO-8859-1 means Windows-1252, and when nothing fits the character set is guessed from the bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "muniment/result.hpp"

namespace muniment::sources {

inline constexpr std::size_t kFeedBytes = 32U << 20;  // of a page, before conversion

struct FeedText {
  std::string_view page;   // as handed in
  std::string converted;   // the text, when it is not the page's own bytes
  std::size_t offset = 0;  // of the text in the page (a byte order mark is not text); only when `exact`
  bool exact = true;       // the text is the page's own bytes
  bool recovered = false;  // bytes were replaced, or the character set had to be guessed
  std::string remark;      // what was unusual, for the coverage record; empty when nothing was

  std::string_view text() const { return exact ? page.substr(offset) : std::string_view(converted); }
};

// The text is valid UTF-8.  `page` must outlive the answer.  kInvalid: longer than kFeedBytes.
Result<FeedText> feed_text(std::string_view page, std::string_view content_type);

}  // namespace muniment::sources
