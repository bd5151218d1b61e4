// The project's own files, for the tests that keep the house in order.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace muniment::support {

struct Include {
  std::string name;      // what stands between the quotes or brackets
  bool quoted = false;   // "…" rather than <…>
  std::size_t line = 0;  // from 1
};

struct SourceFile {
  std::filesystem::path path;  // relative to the project's root
  std::string text;
  std::size_t lines = 0;
  std::vector<Include> includes;
  bool is_header() const { return path.extension() == ".hpp"; }
};

// Every .cpp and .hpp beneath a folder of the project, in order of name; none when there is no such folder.
std::vector<SourceFile> sources_under(std::string_view folder);

}  // namespace muniment::support
