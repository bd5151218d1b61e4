// Verification and the first answer of a search, by the programs themselves.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "bench/measure.hpp"
#include "bench/workloads.hpp"

namespace muniment::bench {
namespace {

// The number after "key": in a line of JSON.
double number_after(const std::string& json, const std::string& key) {
  const auto at = json.find("\"" + key + "\":");
  return at == std::string::npos ? 0 : std::atof(json.c_str() + at + key.size() + 3);
}

void measure(const Settings& settings, const char* name, const std::vector<std::string>& more, int cores,
             double bar) {
  const auto archive = full_archive(settings);
  std::vector<std::string> command = {(settings.programs / "muniment").string(), "-A", archive.string(),
                                      "verify", "--json"};
  command.insert(command.end(), more.begin(), more.end());
  std::vector<double> rates;
  for (int i = 0; i < settings.runs; ++i) {
    const auto outcome = run(command, cores);
    const double entries = number_after(outcome.out, "entries");
    if (outcome.exit != 0 || entries < 1) {
      std::fprintf(stderr, "muniment_bench: verify ended with %d\n%s\n", outcome.exit, outcome.out.c_str());
      std::exit(1);
    }
    rates.push_back(entries / outcome.seconds);
  }
  report(name, cores == 1 ? "one core" : "two cores", median(rates), "entries/s", bar);
}

}  // namespace

void verify(const Settings& settings) {
  measure(settings, "verify", {}, 1, 400'000);
}

void verify_deep(const Settings& settings) {
  measure(settings, "verify-deep", {"--deep"}, 2, 150'000);
}

void first_result(const Settings& settings) {
  const auto archive = full_archive(settings);
  std::vector<double> samples;
  for (int i = 0; i < 20 * settings.runs; ++i) {
    const auto outcome = run({(settings.programs / "muniment").string(), "-A", archive.string(), "search",
                              "water", "--json", "--limit", "20"});
    if (outcome.exit != 0 || outcome.first_byte == 0) {
      std::fprintf(stderr, "muniment_bench: search ended with %d\n%s\n", outcome.exit, outcome.out.c_str());
      std::exit(1);
    }
    samples.push_back(outcome.first_byte * 1e3);
  }
  report("first-result", "process start to first line, p50", percentile(samples, 0.5), "ms", 50, true);
  report("first-result", "process start to first line, p99", percentile(samples, 0.99), "ms");
}

}  // namespace muniment::bench
