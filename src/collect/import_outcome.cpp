#include "collect/import_outcome.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace muniment::collect {

ImportOutcome& ImportOutcome::operator+=(ImportOutcome&& more) {
  counts += more.counts;
  files += more.files;
  stopped = stopped || more.stopped;
  passed_over += std::move(more.passed_over);
  reports += more.reports;
  std::ranges::move(more.refused, std::back_inserter(refused));
  const auto room =
      std::min(more.remarks.size(), kMostFileRemarks - std::min(remarks.size(), kMostFileRemarks));
  std::ranges::move(more.remarks.begin(), more.remarks.begin() + static_cast<std::ptrdiff_t>(room),
                    std::back_inserter(remarks));
  for (const auto& [why, count] : more.withheld) withheld[why] += count;
  return *this;
}

}  // namespace muniment::collect
