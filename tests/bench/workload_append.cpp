// One durable append, beside one fsync of the same disk.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "base/seams.hpp"
#include "bench/measure.hpp"
#include "bench/workloads.hpp"
#include "ledger/appender.hpp"
#include "ledger/sqlite_store.hpp"

namespace muniment::bench {
namespace {

namespace fs = std::filesystem;
constexpr int kAppends = 2000;

std::vector<double> fsyncs(const fs::path& folder, int count) {
  const fs::path path = folder / "fsync";
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  const std::string page(4096, 'x');
  std::vector<double> samples;
  for (int i = 0; i < count; ++i) {
    const Stopwatch watch;
    if (::write(file, page.data(), page.size()) < 0 || ::fdatasync(file) != 0) break;
    samples.push_back(watch.seconds());
  }
  ::close(file);
  fs::remove(path);
  return samples;
}

records::Body ordinary_post(int number) {
  records::BodyBuilder body;
  body.add("platform", "mastodon")
      .add("id", std::to_string(110'000'000'000'000'000 + number))
      .add("type", "post");
  body.add("author.handle", "marigold@quay.example")
      .add("posted", "2026-03-03T22:03:02.000Z")
      .add("exchange", std::to_string(number));
  body.add_text("author.name", "Marigold Tonkin");
  body.add_text(
      "text", "The old spring tap at Chapel Steps still runs. Bring a bottle, ring the bell, mind the cat.");
  body.add_bytes("raw", std::string(600, '{') + std::to_string(number));
  return std::move(body).build();
}

[[noreturn]] void give_up(const Error& error) {
  std::fprintf(stderr, "muniment_bench: %s\n", error.what.c_str());
  std::exit(1);
}

std::vector<double> appends(const fs::path& folder, int count) {
  fs::remove_all(folder);
  fs::create_directories(folder);
  const ledger::SqliteFiles files{folder / "ledger.db", folder / "keys.db", {}};
  if (auto made = ledger::SqliteStore::create(files, "bench.example"); !made) give_up(made.error());
  auto store = ledger::SqliteStore::open(files, true);
  if (!store) give_up(store.error());
  ledger::Appender appender(**store, base::system_clock(), base::system_entropy());
  std::vector<double> samples;
  for (int i = 0; i < count; ++i) {
    const Stopwatch watch;
    if (auto done = appender.append({std::string(ledger::kind::kCapture), ordinary_post(i)}); !done)
      give_up(done.error());
    samples.push_back(watch.seconds());
  }
  return samples;
}

}  // namespace

void fsync_alone(const Settings& settings) {
  const auto samples = fsyncs(settings.folder, kAppends);
  report("fsync", "4 KiB appended, p50", percentile(samples, 0.5) * 1e6, "us");
  report("fsync", "4 KiB appended, p99", percentile(samples, 0.99) * 1e6, "us");
}

void append_one(const Settings& settings) {
  // The disk's pace changes from one minute to the next: both are measured in turn, and the median of the
  // ratios counts.
  std::vector<double> ratios, p50, p99, disk;
  for (int i = 0; i < settings.runs; ++i) {
    const auto before = fsyncs(settings.folder, kAppends / 2);
    const auto samples = appends(settings.folder / "append-one", kAppends);
    auto after = fsyncs(settings.folder, kAppends / 2);
    after.insert(after.end(), before.begin(), before.end());
    disk.push_back(percentile(after, 0.5));
    p50.push_back(percentile(samples, 0.5));
    p99.push_back(percentile(samples, 0.99));
    ratios.push_back(p50.back() / disk.back());
  }
  report("append-one", "one fsync, p50", median(disk) * 1e6, "us");
  report("append-one", "one durable append, p50", median(p50) * 1e6, "us");
  report("append-one", "one durable append, p99", median(p99) * 1e6, "us");
  report("append-one", "append over fsync", median(ratios), "times", 4, true);
  fs::remove_all(settings.folder / "append-one");
}

}  // namespace muniment::bench
