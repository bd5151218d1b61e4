// What a figure was measured on: without it, a figure says nothing.
#pragma once

#include <filesystem>
#include <string>

namespace muniment::bench {

// Machine, kernel, file system of `folder`, compiler and build: a line each.
std::string describe(const std::filesystem::path& folder);

// Why this build must not be measured: debug, or sanitized.  Empty when it may.
std::string unfit();

}  // namespace muniment::bench
