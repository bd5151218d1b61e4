// Stands in for libFuzzer in ordinary builds: every seed of a folder once, and the empty input.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void feed(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fputs("usage: NAME_fuzz CORPUS-FOLDER\n", stderr), 2;
  std::vector<std::filesystem::path> seeds;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[1]))
    if (entry.is_regular_file()) seeds.push_back(entry.path());
  std::ranges::sort(seeds);
  feed("");
  for (const auto& seed : seeds) {
    std::fprintf(stderr, "%s\n", seed.c_str());
    feed(contents(seed));
  }
  std::fprintf(stderr, "%zu seeds read\n", seeds.size());
  return seeds.empty() ? 1 : 0;
}
