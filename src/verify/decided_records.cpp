#include "verify/decided_records.hpp"

#include <set>
#include <string>

#include "verify/ranges.hpp"
#include "verify/searches.hpp"

namespace muniment::verify {
namespace {

bool supports(const BundleEntry& entry, const BundleEntry& decision) {
  return entry.leaf.seq == 0 || &entry == &decision || entry.leaf.kind == "anchor" ||
         entry.leaf.kind == kSearchKind;
}

// Those of a range that are not there, as ranges: a hostile list may name more numbers than can be counted.
Ranges missing_from(const std::set<std::uint64_t>& there, std::uint64_t first, std::uint64_t last) {
  Ranges out;
  for (auto at = there.lower_bound(first); at != there.end() && *at <= last; ++at) {
    if (first < *at) out.emplace_back(first, *at - 1);
    first = *at + 1;
  }
  if (first <= last) out.emplace_back(first, last);
  return out;
}

std::string range_words(const char* one, const char* several,
                        const std::pair<std::uint64_t, std::uint64_t>& range) {
  const auto [first, last] = range;
  return first == last ? one + std::to_string(first)
                       : several + std::to_string(first) + "-" + std::to_string(last);
}

// The searches that the decision relied on may not be taken out.
void check_named_searches(const Bundle& bundle, const BundleEntry& decision, Report& report) {
  const auto* field = decision.find("searches");
  if (field == nullptr) return;
  if (!field->shown_in_full)
    return report.could_not(
        "whether a search was left out: the disclosure entry does not show which it relied on");
  const auto listed = parse_joined_ranges(field->value);
  if (!listed) return report.find("records", decision.leaf.seq, "its list of searches cannot be read");
  std::set<std::uint64_t> there;
  for (const auto& entry : bundle.entries)
    if (entry.leaf.kind == kSearchKind) there.insert(entry.leaf.seq);
  for (const auto& [first, last] : *listed)
    for (const auto& missing : missing_from(there, first, last))
      report.find("left-out", decision.leaf.seq,
                  "it relied on the " + range_words("search of entry ", "searches of entries ", missing) +
                      ", not in the bundle: left out after the decision");
}

}  // namespace

void check_decided_records(const Bundle& bundle, const BundleEntry& decision, Report& report) {
  const auto* field = decision.find("records");
  const bool of_none = field == nullptr && decision.find("searches") != nullptr;
  if (!of_none && (field == nullptr || !field->shown_in_full))
    return report.could_not(
        "whether a record was left out: the disclosure entry does not show which records it is about");
  const auto listed = of_none ? std::optional(Ranges{}) : parse_joined_ranges(field->value);
  if (!listed) return report.find("records", decision.leaf.seq, "its list of records cannot be read");
  std::set<std::uint64_t> there;
  for (const auto& entry : bundle.entries) there.insert(entry.leaf.seq);
  if (!there.contains(0))
    report.find("left-out", "the beginning of the ledger, entry 0, is not in the bundle: it was left out");
  for (const auto& [first, last] : *listed)
    for (const auto& range : missing_from(there, first, last))
      report.find("left-out", decision.leaf.seq,
                  "it is about the " + range_words("record ", "records ", range) +
                      ", not in the bundle: left out after the decision");
  for (const auto& entry : bundle.entries)
    if (!holds(*listed, entry.leaf.seq) && !supports(entry, decision))
      report.find("put-in", entry.leaf.seq,
                  "it is no record that the disclosure entry is about: put in after the decision");
  check_named_searches(bundle, decision, report);
  report.check(of_none ? "that no record is disclosed, which is what the disclosure entry decided"
                       : "the records disclosed, against those that the disclosure entry is about");
}

}  // namespace muniment::verify
