// The head of one record of a crawl: the lines that WARC begins it with (ISO 28500), or the one line of the
// Internet Archive's older ARC files (versions 1 and 2).
//
// ARC has no marks around an address, and addresses with blanks in them were written as they came: so the
// line is read from its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace muniment::containers {

struct CrawlHead {
  bool gives = false;        // an answer or a resource: something to be given out
  bool is_http = false;      // its block begins with the headers of an answer
  std::string address;       // as it was asked for; UTF-8
  std::uint64_t length = 0;  // of the block that follows
  std::string date = {};     // RFC 3339 UTC; empty: none that can be read
};

inline constexpr std::string_view kArcBegins = "filedesc://";

// Where the head at the beginning of `held` ends; npos: not within these bytes.
std::size_t end_of_head(std::string_view held, bool is_arc);

// Nothing when it is no head; `why` then says so, to follow "record 7: ".
std::optional<CrawlHead> read_crawl_head(std::string_view head, bool is_arc, std::string_view& why);

}  // namespace muniment::containers
