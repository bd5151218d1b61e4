// muniment_bench [--posts N] [--runs N] [--dir DIR] [WORKLOAD…]
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "bench/machine.hpp"
#include "bench/workloads.hpp"

namespace {

using muniment::bench::Settings;

struct Workload {
  const char* name;
  const char* line;
  void (*measure)(const Settings&);
};

const Workload kWorkloads[] = {
    {"fsync", "one write of 4 KiB made durable, on this disk", muniment::bench::fsync_alone},
    {"append-one", "one entry appended alone and made durable, against one fsync",
     muniment::bench::append_one},
    {"import", "JSON pages to durable ledger and index", muniment::bench::import_all},
    {"import-flat", "the same into a full archive and into an empty one", muniment::bench::import_flat},
    {"import-shapes", "large files of X and Reddit, and pages of Mastodon", muniment::bench::import_shapes},
    {"index", "what the search index alone costs an import", muniment::bench::index_alone},
    {"bytes-per-post", "what a post takes on disk, index included", muniment::bench::bytes_per_post},
    {"verify", "every leaf and every prefix root, one core", muniment::bench::verify},
    {"verify-deep", "every body unsealed, every word committed to again, two cores",
     muniment::bench::verify_deep},
    {"search", "newest first: words of every frequency, phrases, AND, a month", muniment::bench::search},
    {"search-while-importing", "the same while an import keeps both cores busy",
     muniment::bench::search_while_importing},
    {"relevance", "the best twenty for common words", muniment::bench::relevance},
    {"disclose", "records disclosed, authors withheld, and the bundle checked", muniment::bench::disclose},
    {"follow", "a thousand sources followed on this machine for three minutes", muniment::bench::follow},
    {"first-result", "the search command, from process start to its first line",
     muniment::bench::first_result},
};

int usage() {
  std::fputs(
      "usage: muniment_bench [--posts N] [--runs N] [--dir DIR] [WORKLOAD...]\n\nworkloads (all, when none "
      "is named):\n",
      stderr);
  for (const auto& workload : kWorkloads) std::fprintf(stderr, "  %-24s %s\n", workload.name, workload.line);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  settings.folder = MUNIMENT_BENCH_DIR;
  settings.programs = MUNIMENT_PROGRAMS_DIR;
  std::vector<const Workload*> chosen;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const bool more = i + 1 < argc;
    if (word == "--posts" && more) {
      settings.posts = std::strtoull(argv[++i], nullptr, 10);
    } else if (word == "--runs" && more) {
      settings.runs = std::atoi(argv[++i]);
    } else if (word == "--dir" && more) {
      settings.folder = argv[++i];
    } else {
      for (const auto& workload : kWorkloads)
        if (word == workload.name) chosen.push_back(&workload);
      if (chosen.empty() || word != chosen.back()->name) return usage();
    }
  }
  if (const auto why = muniment::bench::unfit(); !why.empty()) {
    std::fprintf(stderr, "muniment_bench: %s; figures from it would mislead. Build the release preset.\n",
                 why.c_str());
    return 2;
  }
  if (settings.posts == 0 || settings.runs <= 0) return usage();
  std::filesystem::create_directories(settings.folder);
  std::printf("%sposts     %llu, median of %d runs\n\n", muniment::bench::describe(settings.folder).c_str(),
              static_cast<unsigned long long>(settings.posts), settings.runs);
  if (chosen.empty())
    for (const auto& workload : kWorkloads) chosen.push_back(&workload);
  for (const auto* workload : chosen) workload->measure(settings);
  return 0;
}
