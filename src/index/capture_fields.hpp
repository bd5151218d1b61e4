// The fields of a capture that the index needs, found in one pass over its body.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "records/body.hpp"

namespace muniment::index {

// A part of a text, in the order of the fields.
struct CaptureText {
  std::string_view words;
  bool begins = false;  // a text; it goes on from the part before otherwise
};

// Views into the body; empty when the field is absent.
struct CaptureFields {
  std::string_view platform, id, local_id, source, posted, edited, fetched, completes;
  std::string_view author_id, author_handle, author_name, tags, type, reply_to, edit_of;
  std::vector<CaptureText> texts;    // text, summary and descriptions
  std::vector<std::uint16_t> media;  // N of each media.N.url that is an address, in field order
};

// Fills `fields` anew; its vectors keep their room between calls.
void read_capture(CaptureFields& fields, const records::Body& body);

// Seconds since 1970 of the time an item was posted: what the platform claims, or else when it was fetched,
// or else `sealed`.  Never negative, and bounded, so that it can be part of a document number.
std::int64_t posted_second(const CaptureFields& fields, std::int64_t sealed);

}  // namespace muniment::index
