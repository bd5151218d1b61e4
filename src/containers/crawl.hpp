// Crawls: WARC 1.0 and 1.1 (ISO 28500), and ARC before it, uncompressed; compressed ones come out of an
// archive first.
//
// Given out are the bodies of HTTP answers with status 200 and of resources, decoded (chunks, gzip, deflate);
// an entry's name and origin are the address asked.  Writers differ: addresses stand in <> with some, and an
// answer may say that it is in chunks when it is not.
#pragma once

#include "containers/container.hpp"

namespace muniment::containers {

bool is_crawl(std::string_view beginning);
Result<std::unique_ptr<Container>> open_crawl(base::ByteStream& stream, const Limits& limits);

}  // namespace muniment::containers
