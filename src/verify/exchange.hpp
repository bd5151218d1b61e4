// Can a page be put together again?  docs/formats/capture.md: frame, items, payload.sha256.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verify/packed_body.hpp"

namespace muniment::verify {

struct FrameItem {
  std::uint64_t offset = 0;  // in the frame
  std::uint64_t seq = 0;     // whose `raw` goes there …
  std::uint64_t from = 0;    // … from this byte of it on, so many of them
  std::uint64_t length = ~std::uint64_t{0};
};

// What an exchange entry says of its page; owned, because the body it came from goes by.
struct Exchange {
  std::uint64_t seq = 0;
  std::string frame;
  std::vector<FrameItem> items;
  std::string sha256;  // hexadecimal
  std::optional<std::uint64_t> size;
};

// nullopt: the entry brought no page (a 304, an error).  `why` is set, and nullopt answered, when the
// fields are there and not readable.
std::optional<Exchange> read_exchange(std::uint64_t seq, const OpenBody& body, std::string& why);

// Field `raw` or `raw.b64`, or a text spread over name.0000, name.0001, …
std::optional<std::string> bytes_of(const OpenBody& body, std::string_view name);

// Answers the bytes of an item, good until the next call; null when the item cannot be read any more.
using RawOf = std::function<const std::string*(std::uint64_t seq)>;
// Writes the page of an exchange into `page`.  False: an item of it is gone.
bool put_together(const Exchange& exchange, const RawOf& raw, std::string& page);
// Whether this is the page that was received.
bool is_page_of(const Exchange& exchange, std::string_view page, const base::Hash& sha256);

}  // namespace muniment::verify
