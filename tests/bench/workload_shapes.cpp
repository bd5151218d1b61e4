// One large file of each of several platforms, from JSON to a durable ledger and its index.
#include "bench/corpus.hpp"
#include "bench/measure.hpp"
#include "bench/shapes.hpp"
#include "bench/workloads.hpp"

namespace muniment::bench {
namespace {

namespace fs = std::filesystem;

fs::path file_of(const Settings& settings, const Shape& shape) {
  const auto name = std::string(shape.name) + "-" + std::to_string(settings.posts);
  const fs::path file = settings.folder / (name + ".json");
  if (fs::exists(file)) return file;
  const fs::path unfinished = file.string() + ".part";
  write_shape(shape, settings.posts, unfinished);
  fs::rename(unfinished, file);
  return file;
}

void measure(const Settings& settings, std::string_view name, const fs::path& path, std::uint64_t bytes) {
  std::vector<double> rates;
  std::uint64_t peak = 0;
  for (int i = 0; i < settings.runs; ++i) {
    const auto done = import_pages(settings, new_archive(settings, "shapes"), path);
    rates.push_back(static_cast<double>(bytes) / 1e6 / done.seconds);
    peak = std::max(peak, done.peak_bytes);
  }
  const auto what = std::string(name) + ", " + std::to_string(bytes / 1'000'000) + " MB";
  report("import-shapes", what, median(rates), "MB/s", 60);
  report("import-shapes", what + ", resident, at most", static_cast<double>(peak) / 1e6, "MB", 500, true);
  fs::remove_all(settings.folder / "archive-shapes");
}

}  // namespace

void import_shapes(const Settings& settings) {
  const auto pages = corpus(settings, settings.posts, kSeed);
  std::uint64_t bytes = 0;
  for (const auto& page : fs::directory_iterator(pages)) bytes += page.file_size();
  measure(settings, "mastodon pages", pages, bytes);
  for (const auto& shape : shapes()) {
    const auto file = file_of(settings, shape);
    measure(settings, shape.name, file, fs::file_size(file));
  }
}

}  // namespace muniment::bench
