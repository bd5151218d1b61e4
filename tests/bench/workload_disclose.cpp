// Records disclosed with their authors withheld, and the bundle checked as an outsider would check it.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "bench/corpus.hpp"
#include "bench/measure.hpp"
#include "bench/workloads.hpp"
#include "ledger/sqlite_store.hpp"

namespace muniment::bench {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t kPosts = 12'000;

std::string must(const std::vector<std::string>& command, double* seconds = nullptr) {
  const auto outcome = run(command);
  if (outcome.exit != 0) {
    std::fprintf(stderr, "muniment_bench: %s ended with %d\n%s\n", command[0].c_str(), outcome.exit,
                 outcome.out.c_str());
    std::exit(1);
  }
  if (seconds != nullptr) *seconds = outcome.seconds;
  return outcome.out;
}

// "2-61,63-99": the numbers of the first `count` captures.
std::string records(const fs::path& archive, std::size_t count) {
  auto store = ledger::SqliteStore::open({archive / "ledger.db", archive / "keys.db", {}}, false);
  const auto head = store ? (*store)->head() : Result<ledger::Head>(store.error());
  std::string out;
  ledger::Seq first = 0, last = 0;
  const auto close = [&] {
    if (first > 0) out += (out.empty() ? "" : ",") + std::to_string(first) + "-" + std::to_string(last);
    first = 0;
  };
  const auto read = !head ? Status(head.error())
                          : (*store)->range(0, head->size, false, [&](const ledger::Entry& entry, auto) {
                              if (entry.kind != ledger::kind::kCapture) return close(), true;
                              if (first == 0) first = entry.seq;
                              last = entry.seq;
                              return --count > 0;
                            });
  if (!read || count > 0) {
    std::fprintf(stderr, "muniment_bench: the archive holds too few captures\n");
    std::exit(1);
  }
  close();
  return out;
}

}  // namespace

void disclose(const Settings& settings) {
  const auto archive = new_archive(settings, "disclose");
  import_pages(settings, archive, corpus(settings, kPosts, kSeed + 3));
  const auto muniment = (settings.programs / "muniment").string();
  const auto policy = (settings.folder / "disclose-policy.json").string();
  std::ofstream(policy) << must({muniment, "-A", archive.string(), "policy"});
  const auto bundle = (settings.folder / "disclose-bundle").string();
  for (const std::size_t count : {std::size_t{1'000}, std::size_t{10'000}}) {
    const auto wanted = records(archive, count);
    const auto many = count == 1'000 ? std::string("1,000 records") : std::string("10,000 records");
    std::vector<double> made, checked;
    for (int i = 0; i < settings.runs; ++i) {
      double seconds = 0;
      fs::remove_all(bundle);
      must({muniment, "-A", archive.string(), "disclose", "--request", "FOI-2026-014", "--records", wanted,
            "--withhold", "author.*=s40(2)", "--out", bundle},
           &seconds);
      made.push_back(static_cast<double>(count) / seconds);
      must({(settings.programs / "muniment-verify").string(), "bundle", bundle, "--policy", policy},
           &seconds);
      checked.push_back(static_cast<double>(count) / seconds);
    }
    report("disclose", many, median(made), "records/s");
    report("disclose", many + ", checked", median(checked), "records/s");
  }
  fs::remove_all(bundle);
  fs::remove_all(archive);
}

}  // namespace muniment::bench
