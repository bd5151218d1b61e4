// ZIP, TAR, and single files compressed with gzip, zstd, xz or bzip2, by libarchive.
#pragma once

#include "containers/container.hpp"

namespace muniment::containers {

bool is_archive(std::string_view beginning);
Result<std::unique_ptr<Container>> open_archive(base::ByteStream& stream, std::string_view beginning,
                                                const Limits& limits);

}  // namespace muniment::containers
