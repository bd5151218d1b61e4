#include <cstdio>
#include <string>

#include "bench/workloads.hpp"

namespace muniment::bench {
namespace {

std::string grouped(double value) {
  char text[64];
  std::snprintf(text, sizeof text, value < 100 ? "%.2f" : "%.0f", value);
  std::string out = text;
  if (value < 100) return out;
  for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

}  // namespace

void report(std::string_view workload, std::string_view what, double value, std::string_view unit, double bar,
            bool at_most) {
  std::string asked;
  if (bar >= 0) {
    const bool reached = at_most ? value <= bar : value >= bar;
    asked =
        std::string(at_most ? "at most " : "at least ") + grouped(bar) + (reached ? "" : "   NOT REACHED");
  }
  std::printf("%-24s %-34s %14s %-12s %s\n", std::string(workload).c_str(), std::string(what).c_str(),
              grouped(value).c_str(), std::string(unit).c_str(), asked.c_str());
  std::fflush(stdout);
}

}  // namespace muniment::bench
