#include "bundle/own_names.hpp"

#include <algorithm>
#include <iterator>

namespace muniment::bundle {
namespace {

constexpr std::string_view kOwnNames[] = {
    "data",      "data/bundle.json", "data/index.html",     "data/release.txt",
    "bagit.txt", "bag-info.txt",     "manifest-sha256.txt", "tagmanifest-sha256.txt"};

}  // namespace

bool is_own_name(std::string_view path) {
  return std::find(std::begin(kOwnNames), std::end(kOwnNames), path) != std::end(kOwnNames);
}

std::string without_own_names(std::string_view manifest) {
  std::string out;
  while (!manifest.empty()) {
    const auto line = manifest.substr(0, manifest.find('\n'));
    const auto name = line.rfind("  ");
    const bool own = name != std::string_view::npos && is_own_name(line.substr(name + 2));
    out.append(own ? line.substr(0, name) : line).append("\n");
    manifest.remove_prefix(std::min(line.size() + 1, manifest.size()));
  }
  return out;
}

}  // namespace muniment::bundle
