// An HTTP answer as it was received, taken apart.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "muniment/result.hpp"

namespace muniment::containers {

struct HttpBody {
  int status = 0;
  std::string content_type;
  std::string body;  // after chunks and compression were undone
};

// kInvalid: no HTTP answer, an encoding that is not known, or more than `most` bytes after decoding.
Result<HttpBody> read_http(std::string_view bytes, std::uint64_t most);

// gzip or zlib, or deflate without a head.
Result<std::string> inflate_whole(std::string_view bytes, std::uint64_t most);

}  // namespace muniment::containers
