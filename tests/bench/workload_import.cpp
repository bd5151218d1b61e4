// From saved pages to a durable ledger and its index, by the program itself.
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "bench/corpus.hpp"
#include "bench/measure.hpp"
#include "bench/workloads.hpp"

namespace muniment::bench {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t kSmall = 10'000;
constexpr std::uint64_t kMore = 100'000;

[[noreturn]] void give_up(const std::string& doing, const Run& outcome) {
  std::fprintf(stderr, "muniment_bench: %s ended with %d\n%s\n", doing.c_str(), outcome.exit,
               outcome.out.c_str());
  std::exit(1);
}

std::string program(const Settings& settings, const char* name) {
  return (settings.programs / name).string();
}

double rate(std::uint64_t posts, double seconds) {
  return static_cast<double>(posts) / seconds;
}

std::uint64_t bytes_in(const fs::path& folder) {
  std::uint64_t sum = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) sum += entry.file_size();
  return sum;
}

}  // namespace

fs::path corpus(const Settings& settings, std::uint64_t posts, std::uint64_t seed) {
  const fs::path folder = settings.folder / ("corpus-" + std::to_string(posts) + "-" + std::to_string(seed));
  const fs::path mark = folder.string() + ".complete";
  if (fs::exists(mark)) return folder;
  fs::remove_all(folder);
  fs::create_directories(folder);
  std::printf("making %" PRIu64 " posts in %s\n", posts, folder.c_str());
  Corpus source(seed, posts);
  for (std::uint64_t written = 0, number = 1; written < posts; ++number) {
    const Page page = source.next(static_cast<std::size_t>(posts - written));
    char name[32];
    std::snprintf(name, sizeof name, "page-%06" PRIu64 ".json", number);
    std::ofstream(folder / name, std::ios::binary) << page.json;
    written += page.posts;
  }
  std::ofstream(mark) << posts << "\n";
  return folder;
}

fs::path new_archive(const Settings& settings, std::string_view name) {
  const fs::path archive = settings.folder / ("archive-" + std::string(name));
  fs::remove_all(archive);
  const auto made =
      run({program(settings, "muniment"), "init", archive.string(), "--origin", "bench.example/archive",
           "--authority", "Bench Town Council", "--timezone", "Europe/London", "--regime", "uk-foia"});
  if (made.exit != 0) give_up("init", made);
  return archive;
}

Imported import_pages(const Settings& settings, const fs::path& archive, const fs::path& pages) {
  write_out();
  const auto outcome =
      run({program(settings, "muniment"), "-A", archive.string(), "import", "--json", pages.string()}, 2);
  if (outcome.exit != 0) give_up("import", outcome);
  return {outcome.seconds, outcome.peak_bytes};
}

fs::path full_archive(const Settings& settings) {
  const std::string name = "full-" + std::to_string(settings.posts);
  const fs::path archive = settings.folder / ("archive-" + name);
  const fs::path mark = settings.folder / (name + ".complete");
  if (fs::exists(mark)) return archive;
  new_archive(settings, name);
  import_pages(settings, archive, corpus(settings, settings.posts, kSeed));
  std::ofstream(mark) << settings.posts << "\n";
  return archive;
}

fs::path copy_of_full(const Settings& settings, std::string_view name) {
  const fs::path archive = settings.folder / ("archive-" + std::string(name));
  fs::remove_all(archive);
  fs::copy(full_archive(settings), archive, fs::copy_options::recursive);
  write_out();
  return archive;
}

void import_all(const Settings& settings) {
  const fs::path pages = corpus(settings, settings.posts, kSeed);
  std::vector<double> rates;
  std::uint64_t peak = 0;
  for (int i = 0; i < settings.runs; ++i) {
    const auto done = import_pages(settings, new_archive(settings, "import"), pages);
    rates.push_back(rate(settings.posts, done.seconds));
    peak = std::max(peak, done.peak_bytes);
  }
  report("import", "two cores", median(rates), "posts/s", 35'000);
  report("import", "resident memory, at most", static_cast<double>(peak) / 1e6, "MB", 500, true);
  fs::remove_all(settings.folder / "archive-import");
}

void import_flat(const Settings& settings) {
  const fs::path small = corpus(settings, kSmall, kSeed + 1);
  const fs::path more = corpus(settings, kMore, kSeed + 2);
  std::vector<double> empty, first, tail;
  for (int i = 0; i < settings.runs; ++i) {
    empty.push_back(rate(kSmall, import_pages(settings, new_archive(settings, "small"), small).seconds));
    first.push_back(rate(kMore, import_pages(settings, new_archive(settings, "small"), more).seconds));
  }
  fs::path grown;
  for (int i = 0; i < settings.runs; ++i) {
    grown = copy_of_full(settings, "grown");
    tail.push_back(rate(kMore, import_pages(settings, grown, more).seconds));
  }
  report("import-flat", "10,000 into an empty archive", median(empty), "posts/s");
  report("import-flat", "100,000 into an empty archive", median(first), "posts/s");
  report("import-flat", "100,000 into the full archive", median(tail), "posts/s");
  report("import-flat", "full over empty, 100,000", 100 * median(tail) / median(first), "%", 80);
  fs::remove_all(grown);
  fs::remove_all(settings.folder / "archive-small");
}

void bytes_per_post(const Settings& settings) {
  const fs::path archive = full_archive(settings);
  const auto posts = static_cast<double>(settings.posts);
  for (const char* file : {"ledger.db", "keys.db", "index.db"})
    if (fs::exists(archive / file))
      report("bytes-per-post", file, static_cast<double>(fs::file_size(archive / file)) / posts,
             "bytes/post");
  report("bytes-per-post", "the whole archive", static_cast<double>(bytes_in(archive)) / posts, "bytes/post",
         1300, true);
}

}  // namespace muniment::bench
