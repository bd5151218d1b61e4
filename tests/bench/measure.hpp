// Clocks, percentiles, and programs run as a person would run them.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace muniment::bench {

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// Processor time of the calling thread: what a piece of work costs, whoever else is on the machine.
class ThreadClock {
 public:
  double seconds() const { return now() - start_; }

 private:
  static double now();
  double start_ = now();
};

// The value below which `share` (0 … 1) of the samples lie; 0 when there are none.
double percentile(std::vector<double> samples, double share);
inline double median(std::vector<double> samples) {
  return percentile(std::move(samples), 0.5);
}
double mean(const std::vector<double>& samples);

struct Run {
  int exit = -1;                 // 128 + signal when it was killed
  double seconds = 0;            // until it ended
  double first_byte = 0;         // seconds until it printed something; 0 when it never did
  std::uint64_t peak_bytes = 0;  // resident memory, at most
  std::string out;               // the first megabyte of what it printed
};

// Waits until the disks hold all that was written before: or the first to wait for a disk would wait for that
// too.
void write_out();

// Runs a program to its end.  `cores`: how many it may use, 0 for all.
Run run(const std::vector<std::string>& command, int cores = 0);

// A program that runs on beside the measurement; stop() waits for its end.
class Background {
 public:
  explicit Background(const std::vector<std::string>& command);
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  bool running();
  int stop();

 private:
  int pid_ = -1;
  int exit_ = -1;
};

}  // namespace muniment::bench
