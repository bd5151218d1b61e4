#include "verify/searches.hpp"

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

Ranges numbers_of(const Bundle& bundle) {
  Ranges out;
  for (const auto& entry : bundle.entries) out.emplace_back(entry.leaf.seq, entry.leaf.seq);
  return joined(std::move(out));
}

void check_request(const BundleEntry& search, const Release& release, Report& report) {
  const auto* request = search.find("request");
  if (request == nullptr || !request->shown_in_full)
    return report.could_not("for which request the search of entry " + std::to_string(search.leaf.seq) +
                            " was made: it does not show it");
  if (request->value != release.request)
    report.find("search", search.leaf.seq, "it was made for another request than the release text names");
}

}  // namespace

void check_searches(const Bundle& bundle, const Release& release, Report& report) {
  const auto disclosed = numbers_of(bundle);
  auto accounted = disclosed;
  for (const auto& line : release.lines)
    if (line.field == kWholeRecord) accounted.emplace_back(line.seq, line.seq);
  accounted = joined(std::move(accounted));
  Ranges found;
  bool all_known = true;
  for (const auto& entry : bundle.entries) {
    if (entry.leaf.kind != kSearchKind) continue;
    check_request(entry, release, report);
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
    found.insert(found.end(), hits->begin(), hits->end());
  }
  found = joined(std::move(found));
  for (const auto& line : release.lines) {
    if (line.field != kWholeRecord) continue;
    if (holds(disclosed, line.seq))
      report.find("release", line.seq, "the release lists it as left out, and it is in the bundle");
    else if (all_known && !holds(found, line.seq))
      report.find("release", line.seq,
                  "the release lists it as left out, and no search of the bundle found it");
  }
}

}  // namespace muniment::verify
