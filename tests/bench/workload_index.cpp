// What the search index costs an import: the projection alone, fed with batches as the importer makes them.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <span>

#include "base/seams.hpp"
#include "bench/measure.hpp"
#include "bench/workloads.hpp"
#include "index/projection.hpp"
#include "ledger/reader.hpp"
#include "ledger/sqlite_store.hpp"

namespace muniment::bench {
namespace {

namespace fs = std::filesystem;
constexpr ledger::Seq kBatch = 2048;  // as collect/import.cpp
constexpr std::size_t kPart = 10;     // the first and the last tenth are told apart

template <typename T>
T need(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "muniment_bench: %s\n", result.error().what.c_str());
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// Entries of one batch with their bodies, read before the clock runs.
struct Loaded {
  std::deque<records::Body> bodies;
  std::vector<index::Decoded> entries;
  std::size_t posts = 0;
};

Loaded load(ledger::Reader& ledger, const index::Keys& keys, ledger::Seq first, ledger::Seq end) {
  Loaded out;
  need(ledger.each(first, end, [&](const ledger::Entry& entry, const records::Body* body) {
    index::Decoded one;
    one.entry.seq = entry.seq;
    one.entry.time = entry.time;
    one.entry.kind = entry.kind;
    if (body != nullptr) {
      out.bodies.push_back(*body);
      one.body = &out.bodies.back();
      if (entry.kind == ledger::kind::kCapture || entry.kind == ledger::kind::kEdit) {
        one.digests = keys.digests(*body);
        ++out.posts;
      }
    }
    out.entries.push_back(std::move(one));
    return true;
  }));
  return out;
}

struct Cost {
  double micros = 0;  // of this thread's processor time
  std::size_t posts = 0;
};

double a_post(std::span<const Cost> costs) {
  Cost sum;
  for (const auto& one : costs) {
    sum.micros += one.micros;
    sum.posts += one.posts;
  }
  return sum.micros / static_cast<double>(std::max<std::size_t>(sum.posts, 1));
}

void remove_index(const fs::path& file) {
  for (const char* suffix : {"", "-wal", "-shm", "-lock"}) fs::remove(file.string() + suffix);
}

}  // namespace

void index_alone(const Settings& settings) {
  const fs::path archive = full_archive(settings);
  auto store = need(ledger::SqliteStore::open({archive / "ledger.db", archive / "keys.db", {}}, false));
  ledger::Reader ledger(*store);
  const ledger::Seq size = need(ledger.head()).size;
  const fs::path file = settings.folder / "index-alone.db";
  remove_index(file);
  std::vector<Cost> costs;  // of each batch
  double worst = 0;
  double settling = 0;
  {
    auto projection = need(index::Projection::open(file, store->origin(), base::system_entropy()));
    index::Gatherer gatherer(projection.keys());
    for (ledger::Seq first = 0; first < size; first += kBatch) {
      const auto batch = load(ledger, projection.keys(), first, std::min(size, first + kBatch));
      const ThreadClock clock;
      const Stopwatch watch;
      for (const auto& entry : batch.entries) gatherer.add(entry);
      if (gatherer.full() || first + kBatch >= size) need(projection.apply(gatherer.take()));
      costs.push_back({clock.seconds() * 1e6, batch.posts});
      worst = std::max(worst, watch.seconds());
    }
    const ThreadClock clock;
    need(projection.settle());
    settling = clock.seconds() * 1e6;
  }
  const std::span<const Cost> all = costs;
  const std::size_t part = std::max<std::size_t>(costs.size() / kPart, 1);
  report("index", "first tenth, thread time", a_post(all.first(part)), "us/post");
  report("index", "last tenth, thread time", a_post(all.last(part)), "us/post");
  costs.push_back({settling, 0});
  report("index", "all and settling, thread time", a_post(costs), "us/post", 18, true);
  report("index", "settling alone", settling / 1e3, "ms");
  report("index", "longest wait for one batch", worst * 1e3, "ms");
  report("index", "index.db", static_cast<double>(fs::file_size(file)) / static_cast<double>(settings.posts),
         "bytes/post");
  if (!std::getenv("KEEP")) remove_index(file);
}

}  // namespace muniment::bench
