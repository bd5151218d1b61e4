// Searches as the program makes them: the query read, the index asked, twenty texts unsealed and their
// snippets cut.
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "bench/corpus.hpp"
#include "bench/measure.hpp"
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

[[noreturn]] void give_up(const Error& error) {
  std::fprintf(stderr, "muniment_bench: %s\n", error.what.c_str());
  std::exit(1);
}

template <typename T>
T need(Result<T> result) {
  if (!result) give_up(result.error());
  return std::move(*result);
}

class Desk {
 public:
  explicit Desk(const fs::path& archive)
      : store_(need(ledger::SqliteStore::open({archive / "ledger.db", archive / "keys.db", {}}, false))),
        reader_(*store_),
        searcher_(need(index::Searcher::open(archive / "index.db", store_->origin()))) {}

  // Milliseconds until twenty hits could be shown.
  double ask(const std::string& query, index::Order order) {
    const Stopwatch watch;
    index::SearchOptions options;
    options.order = order;
    const auto hits = need(searcher_.search(need(index::parse_query(query)), options));
    found_ += need(index::read_hits(hits, searcher_.tokenizer(), reader_)).size();
    return watch.seconds() * 1e3;
  }
  std::size_t found() const { return found_; }

 private:
  std::unique_ptr<ledger::SqliteStore> store_;
  ledger::Reader reader_;
  index::Searcher searcher_;
  std::size_t found_ = 0;
};

struct Class {
  const char* name;
  std::vector<std::string> queries;
};

std::vector<Class> classes() {
  const auto top = words_of(Frequency::kTop, kQueries);
  const auto common = words_of(Frequency::kCommon, kQueries);
  const auto mid = words_of(Frequency::kMid, kQueries);
  std::vector<std::string> both, dated;
  for (std::size_t i = 0; i < kQueries; ++i) {
    both.push_back(common[i] + " " + mid[i]);
    dated.push_back(common[i] + " on:2024-0" + std::to_string(1 + i % 9));
  }
  return {{"rare words", words_of(Frequency::kRare, kQueries)},
          {"words of the middle", mid},
          {"common words", common},
          {"the commonest words", top},
          {"two words", both},
          {"phrases", phrases(kQueries)},
          {"a word in a month", dated}};
}

// One round of every query of every class; answers the samples of each class.
std::vector<std::vector<double>> ask_all(Desk& desk, const std::vector<Class>& all, index::Order order) {
  std::vector<std::vector<double>> samples(all.size());
  for (std::size_t i = 0; i < kQueries; ++i)
    for (std::size_t c = 0; c < all.size(); ++c) samples[c].push_back(desk.ask(all[c].queries[i], order));
  return samples;
}

void report_all(const char* workload, const std::vector<Class>& all,
                const std::vector<std::vector<double>>& samples, double bar) {
  std::vector<double> together;
  for (std::size_t c = 0; c < all.size(); ++c) {
    report(workload, std::string(all[c].name) + ", p50", percentile(samples[c], 0.5), "ms");
    report(workload, std::string(all[c].name) + ", p99", percentile(samples[c], 0.99), "ms");
    together.insert(together.end(), samples[c].begin(), samples[c].end());
  }
  report(workload, "all queries, p50", percentile(together, 0.5), "ms");
  report(workload, "all queries, p99", percentile(together, 0.99), "ms", bar, true);
}

}  // namespace

void search(const Settings& settings) {
  Desk desk(full_archive(settings));
  const auto all = classes();
  (void)ask_all(desk, all, index::Order::kNewest);  // the page cache is warm afterwards
  report_all("search", all, ask_all(desk, all, index::Order::kNewest), 5);
  if (desk.found() == 0) give_up({Code::kInternal, "no query found anything", {}});
}

void relevance(const Settings& settings) {
  Desk desk(full_archive(settings));
  const std::vector<Class> all = {{"common words", words_of(Frequency::kCommon, kQueries)},
                                  {"the commonest words", words_of(Frequency::kTop, kQueries)}};
  (void)ask_all(desk, all, index::Order::kRelevance);
  report_all("relevance", all, ask_all(desk, all, index::Order::kRelevance), 30);
}

void search_while_importing(const Settings& settings) {
  const fs::path busy = settings.folder / "archive-busy";
  fs::remove_all(busy);
  fs::copy(full_archive(settings), busy, fs::copy_options::recursive);
  const std::vector<std::string> command = {
      (settings.programs / "muniment").string(),       "-A", busy.string(), "import", "--json",
      corpus(settings, kMeanwhile, kSeed + 3).string()};
  const auto all = classes();
  Desk desk(busy);
  (void)ask_all(desk, all, index::Order::kNewest);
  std::vector<std::vector<double>> samples(all.size());
  {
    Background import(command);
    while (import.running())
      for (std::size_t i = 0; i < kQueries && import.running(); ++i)
        for (std::size_t c = 0; c < all.size(); ++c)
          samples[c].push_back(desk.ask(all[c].queries[i], index::Order::kNewest));
    if (import.stop() != 0)
      give_up({Code::kInternal, "the import that should have kept the cores busy failed", {}});
  }
  report_all("search-while-importing", all, samples, 5);
  fs::remove_all(busy);
}

}  // namespace muniment::bench
