#include "containers/container.hpp"

#include <algorithm>

#include "containers/archive.hpp"
#include "containers/crawl.hpp"
#include "containers/zstd_stream.hpp"

namespace muniment::containers {

bool is_container(std::string_view beginning) {
  return is_archive(beginning) || is_crawl(beginning);
}

bool asks_for_large_window(std::string_view beginning) {
  return zstd_window(beginning).value_or(0) > kWindow;
}

Result<std::unique_ptr<Container>> open_container(base::ByteStream& stream, std::string_view beginning,
                                                  const Limits& limits) {
  if (is_crawl(beginning)) return open_crawl(stream, limits);
  return open_archive(stream, beginning, limits);
}

std::string_view fault_of_name(std::string_view name) {
  if (name.empty()) return "it has no name";
  if (name.find('\0') != std::string_view::npos) return "its name holds a NUL";
  if (name.front() == '/') return "its name is absolute";
  if (name.size() > 1 && name[1] == ':') return "its name is absolute";
  if (name.find('\\') != std::string_view::npos) return "its name holds a backslash";
  for (std::size_t at = 0; at <= name.size();) {
    const auto end = std::min(name.find('/', at), name.size());
    if (name.substr(at, end - at) == "..") return "its name leads out of the folder";
    at = end + 1;
  }
  return {};
}

}  // namespace muniment::containers
