#include "collect/import_outcome.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "containers/container.hpp"

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

bool ImportOutcome::is_nothing() const {
  return counts.read == 0 && reports.written == 0 && std::ranges::none_of(refused, &RefusedFile::kept);
}

void ImportOutcome::say_what_is_kept() {
  if (!is_nothing()) return;
  for (auto& file : refused)
    if (file.why.hint == containers::kKeptBefore)
      file.why.hint = "Nothing of it was kept.  Have the file made, or copied, again.";
}

}  // namespace muniment::collect
