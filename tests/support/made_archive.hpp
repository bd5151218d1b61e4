// Archives made for tests, entry by entry, also such as no program would make.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace muniment::support {

struct MadeEntry {
  std::string name;
  std::string bytes;
  std::string link = {};  // not empty: a symbolic link to it
  bool device = false;
};

enum class Made { kZip, kTar, kTarGzip, kTarZstd };
std::string made_archive(Made kind, const std::vector<MadeEntry>& entries);
// One file compressed with gzip.
std::string made_gzip(std::string_view bytes);

// One file compressed with zstd as `zstd --long=WINDOW_LOG` does with what is led into it: the header does
// not say how long it is, so it asks for the whole window.
std::string made_zstd(std::string_view bytes, int window_log);

// One record of a crawl.
std::string made_warc_record(std::string_view type, std::string_view uri, std::string_view block);

}  // namespace muniment::support
