// The deep pass: every body unsealed, every word committed to again, every page put together again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "verify/report.hpp"

namespace muniment::verify {

struct DeepOptions {
  std::filesystem::path archive;
  std::uint64_t size = 0;       // entries 0 … size-1
  unsigned threads = 0;         // 0: as many as there are processors
  std::string_view dictionary;  // dictionary 1 (docs/formats/archive.md)
};

// Splits the entries into ranges, one a thread, each with connections of its own.  Bodies and secrets
// that are gone are not reported here (presence.hpp).
void check_bodies(const DeepOptions& options, Report& report);

}  // namespace muniment::verify
