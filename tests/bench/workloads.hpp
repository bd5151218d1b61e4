// The named workloads of muniment_bench.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace muniment::bench {

struct Settings {
  std::uint64_t posts = 1'000'000;
  int runs = 3;
  std::filesystem::path folder;    // where corpora and archives are made; on the disk that is to be measured
  std::filesystem::path programs;  // where muniment and muniment-verify stand
};

// A line of the report: "import  posts/s  41,200  (floor 35,000)".  `floor` below 0: nothing is asked.
void report(std::string_view workload, std::string_view what, double value, std::string_view unit,
            double bar = -1, bool at_most = false);

// Corpus pages on disk, made once: folder of page files for the first `posts` of a seed.
std::filesystem::path corpus(const Settings& settings, std::uint64_t posts, std::uint64_t seed);

// A fresh archive, and one that holds the corpus (made once, kept for the other workloads).
std::filesystem::path new_archive(const Settings& settings, std::string_view name);
std::filesystem::path full_archive(const Settings& settings);
std::filesystem::path copy_of_full(const Settings& settings, std::string_view name);
// Imports pages with the program; ends the measurement with its words when that fails.
struct Imported {
  double seconds = 0;
  std::uint64_t peak_bytes = 0;
};
Imported import_pages(const Settings& settings, const std::filesystem::path& archive,
                      const std::filesystem::path& pages);

void fsync_alone(const Settings& settings);
void append_one(const Settings& settings);
void import_all(const Settings& settings);
void import_flat(const Settings& settings);
void import_shapes(const Settings& settings);
void verify(const Settings& settings);
void verify_deep(const Settings& settings);
void bytes_per_post(const Settings& settings);
void first_result(const Settings& settings);
void search(const Settings& settings);
void search_while_importing(const Settings& settings);
void relevance(const Settings& settings);
void index_alone(const Settings& settings);
void disclose(const Settings& settings);
void follow(const Settings& settings);

}  // namespace muniment::bench
