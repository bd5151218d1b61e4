// Searches as the program makes them: the query read, the index asked, twenty texts unsealed and their
// snippets cut.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "bench/corpus.hpp"
#include "bench/measure.hpp"
#include "bench/queries.hpp"
#include "bench/workloads.hpp"
#include "index/found.hpp"
#include "index/query.hpp"
#include "index/search.hpp"
#include "ledger/reader.hpp"
#include "ledger/sqlite_store.hpp"

namespace muniment::bench {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kQueries = 200;  // of each class
constexpr std::uint64_t kMeanwhile = 300'000;
// People pause between two questions.  A process that never does is made to wait its turn by the scheduler,
// which would then be what is measured.
constexpr std::chrono::milliseconds kPause{10};

[[noreturn]] void give_up(const Error& error) {
  std::fprintf(stderr, "muniment_bench: %s\n", error.what.c_str());
  std::exit(1);
}

template <typename T>
T need(Result<T> result) {
  if (!result) give_up(result.error());
  return std::move(*result);
}

// Milliseconds: until the answer, and of this thread's processor time.
struct Sample {
  double wall, thread;
};
struct Samples {
  std::vector<double> wall, thread;
  void add(const Sample& one) {
    wall.push_back(one.wall);
    thread.push_back(one.thread);
  }
  void add(const Samples& more) {
    wall.insert(wall.end(), more.wall.begin(), more.wall.end());
    thread.insert(thread.end(), more.thread.begin(), more.thread.end());
  }
};

class Desk {
 public:
  explicit Desk(const fs::path& archive)
      : store_(need(ledger::SqliteStore::open({archive / "ledger.db", archive / "keys.db", {}}, false))),
        reader_(*store_),
        searcher_(need(index::Searcher::open(archive / "index.db", store_->origin()))) {}

  // Until twenty hits could be shown.
  Sample ask(const std::string& query, index::Order order) {
    const Stopwatch watch;
    const ThreadClock clock;
    index::SearchOptions options;
    options.order = order;
    options.ledger = &reader_;
    const auto hits = need(searcher_.search(need(index::parse_query(query)), options));
    found_ += need(index::read_hits(hits, searcher_.tokenizer(), reader_)).size();
    return {watch.seconds() * 1e3, clock.seconds() * 1e3};
  }
  std::size_t found() const { return found_; }

 private:
  std::unique_ptr<ledger::SqliteStore> store_;
  ledger::Reader reader_;
  index::Searcher searcher_;
  std::size_t found_ = 0;
};

// Every query of every class in turn, as long as `going` says so; answers the samples of each class.
template <typename Going>
std::vector<Samples> ask_all(Desk& desk, const std::vector<QueryClass>& all, index::Order order,
                             Going going) {
  std::vector<Samples> samples(all.size());
  for (std::size_t i = 0; i < kQueries; ++i)
    for (std::size_t c = 0; c < all.size() && going(); ++c)
      samples[c].add(desk.ask(all[c].queries[i], order));
  return samples;
}

std::vector<Samples> ask_all(Desk& desk, const std::vector<QueryClass>& all, index::Order order) {
  return ask_all(desk, all, order, [] { return true; });
}

void report_one(const char* workload, const std::string& what, const Samples& samples, double bar) {
  report(workload, what + ", p50", percentile(samples.wall, 0.5), "ms");
  report(workload, what + ", p99", percentile(samples.wall, 0.99), "ms", bar, true);
  report(workload, what + ", p99 of the thread", percentile(samples.thread, 0.99), "ms");
}

void report_all(const char* workload, const std::vector<QueryClass>& all, const std::vector<Samples>& samples,
                double bar) {
  Samples together;
  for (std::size_t c = 0; c < all.size(); ++c) {
    report_one(workload, all[c].name, samples[c], bar);
    together.add(samples[c]);
  }
  report_one(workload, "all queries", together, bar);
}

}  // namespace

void search(const Settings& settings) {
  Desk desk(full_archive(settings));
  const auto all = query_classes(kQueries);
  (void)ask_all(desk, all, index::Order::kNewest);  // the page cache is warm afterwards
  report_all("search", all, ask_all(desk, all, index::Order::kNewest), 5);
  if (desk.found() == 0) give_up({Code::kInternal, "no query found anything", {}});
}

void relevance(const Settings& settings) {
  Desk desk(full_archive(settings));
  const std::vector<QueryClass> all = {{"common words", words_of(Frequency::kCommon, kQueries)},
                                       {"the commonest words", words_of(Frequency::kTop, kQueries)}};
  (void)ask_all(desk, all, index::Order::kRelevance);
  report_all("relevance", all, ask_all(desk, all, index::Order::kRelevance), 30);
}

void search_while_importing(const Settings& settings) {
  const fs::path busy = copy_of_full(settings, "busy");
  const std::vector<std::string> command = {
      (settings.programs / "muniment").string(),       "-A", busy.string(), "import", "--json",
      corpus(settings, kMeanwhile, kSeed + 3).string()};
  const auto all = query_classes(kQueries);
  Desk desk(busy);
  (void)ask_all(desk, all, index::Order::kNewest);
  std::vector<Samples> samples(all.size());
  {
    Background import(command);
    while (import.running()) {
      const auto round = ask_all(desk, all, index::Order::kNewest, [&] {
        std::this_thread::sleep_for(kPause);
        return import.running();
      });
      for (std::size_t c = 0; c < all.size(); ++c) samples[c].add(round[c]);
    }
    if (import.stop() != 0)
      give_up({Code::kInternal, "the import that should have kept the cores busy failed", {}});
  }
  report_all("search-while-importing", all, samples, 5);
  fs::remove_all(busy);
}

}  // namespace muniment::bench
