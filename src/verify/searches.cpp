#include "verify/searches.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <string>

#include "base/sha256.hpp"
#include "verify/ranges.hpp"

namespace muniment::verify {
namespace {

std::uint64_t count_of(const Ranges& ranges) {
  std::uint64_t count = 0;
  for (const auto& [first, last] : ranges) count += last - first + 1;
  return count;
}

// The records that it found; nullopt: told.
std::optional<Ranges> hits_of(const BundleEntry& entry, Report& report) {
  const auto* count = entry.find("hits");
  const auto* list = entry.find("hits.list");
  const auto* sha256 = entry.find("hits.sha256");
  const bool none = count != nullptr && count->shown_in_full && count->value == "0" && list == nullptr;
  if (count == nullptr || !count->shown_in_full || sha256 == nullptr || !sha256->shown_in_full ||
      (!none && (list == nullptr || !list->shown_in_full))) {
    report.could_not("whether all that the search of entry " + std::to_string(entry.leaf.seq) +
                     " found is accounted for: it does not show what it found");
    return std::nullopt;
  }
  const std::string text = none ? std::string() : list->value;
  auto hits = none ? std::optional(Ranges{}) : parse_joined_ranges(text);
  if (!hits || std::to_string(count_of(*hits)) != count->value ||
      base::to_hex(base::sha256(text)) != sha256->value) {
    report.find("search", entry.leaf.seq,
                "what it found is not written as it must be, or contradicts itself");
    return std::nullopt;
  }
  return hits;
}

// The first number of a range that is not there.
std::optional<std::uint64_t> first_missing(const std::set<std::uint64_t>& there, std::uint64_t first,
                                           std::uint64_t last) {
  for (auto at = there.lower_bound(first); first <= last; ++first, ++at)
    if (at == there.end() || *at != first) return first;
  return std::nullopt;
}

bool holds(const Ranges& ranges, std::uint64_t number) {
  return std::ranges::any_of(
      ranges, [&](const auto& range) { return range.first <= number && number <= range.second; });
}

}  // namespace

void check_searches(const Bundle& bundle, const Release& release, Report& report) {
  std::set<std::uint64_t> disclosed;
  for (const auto& entry : bundle.entries) disclosed.insert(entry.leaf.seq);
  std::set<std::uint64_t> left_out;
  for (const auto& line : release.lines)
    if (line.field == kWholeRecord) left_out.insert(line.seq);
  auto accounted = disclosed;
  accounted.insert(left_out.begin(), left_out.end());
  std::vector<Ranges> found;
  bool all_known = true;
  for (const auto& entry : bundle.entries) {
    if (entry.leaf.kind != kSearchKind) continue;
    const auto* request = entry.find("request");
    if (request != nullptr && request->shown_in_full && request->value != release.request)
      report.find("search", entry.leaf.seq, "it was made for another request than the release text names");
    const auto hits = hits_of(entry, report);
    all_known = all_known && hits.has_value();
    if (!hits) continue;
    for (const auto& [first, last] : *hits)
      if (const auto missing = first_missing(accounted, first, last))
        report.find("left-out", entry.leaf.seq,
                    "it found record " + std::to_string(*missing) +
                        ", which is neither in the bundle nor listed as left out");
    report.check("all that the search of entry " + std::to_string(entry.leaf.seq) +
                 " found, against the records disclosed and those listed as left out");
    found.push_back(*hits);
  }
  for (const auto seq : left_out) {
    const bool was_found = std::ranges::any_of(found, [&](const Ranges& hits) { return holds(hits, seq); });
    if (disclosed.contains(seq))
      report.find("release", seq, "the release lists it as left out, and it is in the bundle");
    else if (!was_found && all_known)
      report.find("release", seq, "the release lists it as left out, and no search of the bundle found it");
  }
}

}  // namespace muniment::verify
