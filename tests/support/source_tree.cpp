#include "support/source_tree.hpp"

#include <algorithm>
#include <sstream>

#include "support/temp_folder.hpp"

namespace muniment::support {
namespace {

namespace fs = std::filesystem;

SourceFile read_source(const fs::path& path) {
  SourceFile file;
  file.path = path.lexically_relative(MUNIMENT_SOURCE_DIR);
  file.text = contents(path);
  std::istringstream in(file.text);
  for (std::string line; std::getline(in, line);) {
    ++file.lines;
    const auto hash = line.find_first_not_of(" \t");
    if (hash == std::string::npos || line.compare(hash, 8, "#include") != 0) continue;
    const auto open = line.find_first_of("\"<", hash + 8);
    if (open == std::string::npos) continue;
    const bool quoted = line[open] == '"';
    const auto close = line.find(quoted ? '"' : '>', open + 1);
    if (close != std::string::npos)
      file.includes.push_back({line.substr(open + 1, close - open - 1), quoted, file.lines});
  }
  return file;
}

}  // namespace

std::vector<SourceFile> sources_under(std::string_view folder) {
  const fs::path root = fs::path(MUNIMENT_SOURCE_DIR) / folder;
  std::vector<SourceFile> files;
  if (!fs::exists(root)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const auto extension = entry.path().extension();
    if (entry.is_regular_file() && (extension == ".cpp" || extension == ".hpp"))
      files.push_back(read_source(entry.path()));
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

}  // namespace muniment::support
