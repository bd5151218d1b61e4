// bench_corpus OUT_DIR COUNT [SEED]: writes the corpus as files page-000001.json, …
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "bench/corpus.hpp"

int main(int argc, char** argv) {
  using namespace muniment::bench;
  if (argc < 3) {
    std::fputs("usage: bench_corpus OUT_DIR COUNT [SEED]\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  const std::uint64_t count = std::strtoull(argv[2], nullptr, 10);
  const std::uint64_t seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : kSeed;
  std::filesystem::create_directories(folder);
  Corpus corpus(seed, count);
  std::uint64_t posts = 0;
  std::uint64_t edits = 0;
  std::uint64_t bytes = 0;
  std::uint64_t pages = 0;
  while (posts < count) {
    const Page page = corpus.next(static_cast<std::size_t>(count - posts));
    char name[32];
    std::snprintf(name, sizeof name, "page-%06" PRIu64 ".json", ++pages);
    std::ofstream out(folder / name, std::ios::binary);
    out << page.json;
    if (!out.flush()) {
      std::fprintf(stderr, "cannot write %s\n", (folder / name).c_str());
      return 17;
    }
    posts += page.posts;
    edits += page.edits;
    bytes += page.json.size();
  }
  std::printf(
      "%" PRIu64 " posts (%" PRIu64 " of them edits) in %" PRIu64 " pages, %" PRIu64 " bytes, %.0f a post\n",
      posts, edits, pages, bytes, static_cast<double>(bytes) / static_cast<double>(posts > 0 ? posts : 1));
  return 0;
}
