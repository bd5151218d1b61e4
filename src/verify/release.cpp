#include "verify/release.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/sha256.hpp"
#include "base/utf8.hpp"
#include "verify/commitment.hpp"
#include "verify/decided_records.hpp"
#include "verify/leaf.hpp"
#include "verify/ranges.hpp"
#include "verify/searches.hpp"

namespace muniment::verify {
namespace {

constexpr std::string_view kVersion = "muniment-release/v1";

bool is_line_text(std::string_view text) {
  return !text.empty() &&
         std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

std::optional<ReleaseLine> parse_line(std::string_view line) {
  std::array<std::string_view, 4> parts;
  for (auto& part : parts) {
    const auto space = line.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    part = line.substr(0, space);
    line.remove_prefix(space + 1);
  }
  const auto seq = parse_number(parts[0]);
  const auto leaf = base::hash_from_base64(parts[1]);
  const bool left_out = parts[2] == kWholeRecord && parts[3] == "*";
  if (!seq || !leaf || !(left_out || is_field_name(parts[2])) || !is_line_text(line)) return std::nullopt;
  ReleaseLine out{*seq, *leaf, std::string(parts[2]), {}, std::string(line)};
  if (parts[3] == "*") return out;
  auto ranges = parse_joined_ranges(parts[3]);
  if (!ranges || ranges->back().second >= kMostSegments) return std::nullopt;
  out.ranges = std::move(*ranges);
  return out;
}

std::uint64_t first_segment(const ReleaseLine& line) {
  return line.ranges.empty() ? 0 : line.ranges[0].first;
}

bool comes_before(const ReleaseLine& a, const ReleaseLine& b) {
  return std::make_tuple(a.seq, std::string_view(a.field), first_segment(a)) <
         std::make_tuple(b.seq, std::string_view(b.field), first_segment(b));
}

// A run of segments that one line withholds.
struct Gap {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::string_view code;
};

// What one place is withheld under, by the release.
struct Stated {
  bool whole = false;
  std::string_view code;    // of the whole
  std::vector<Gap> gaps{};  // ascending
};
using Withheld = std::map<std::pair<std::uint64_t, std::string_view>, Stated>;

// That the lines are in order leaves two ways: a part beside the whole, and ranges that cross.
bool states_twice(const Stated& stated) {
  const auto crosses = [](const Gap& a, const Gap& b) { return b.first <= a.last; };
  return (stated.whole && !stated.gaps.empty()) ||
         std::adjacent_find(stated.gaps.begin(), stated.gaps.end(), crosses) != stated.gaps.end();
}

Withheld collect(const Release& release, const Bundle& bundle, Report& report) {
  std::unordered_map<std::uint64_t, const BundleEntry*> entries;
  for (const auto& entry : bundle.entries) entries.emplace(entry.leaf.seq, &entry);
  Withheld out;
  for (const auto& line : release.lines) {
    if (line.field == kWholeRecord) continue;  // verify/searches.hpp
    const auto entry = entries.find(line.seq);
    if (entry == entries.end() || entry->second->hash != line.leaf)
      report.find("release", line.seq,
                  "the release speaks of an entry of this number that is not in the bundle");
    Stated& stated = out[{line.seq, line.field}];
    stated.whole = stated.whole || line.ranges.empty();
    if (line.ranges.empty()) stated.code = line.code;
    for (const auto& [first, last] : line.ranges) stated.gaps.push_back({first, last, line.code});
  }
  for (auto& [place, stated] : out) {
    std::sort(stated.gaps.begin(), stated.gaps.end(),
              [](const Gap& a, const Gap& b) { return a.first < b.first; });
    if (states_twice(stated))
      report.find("release", place.first,
                  "the release states the same gap in field " + std::string(place.second) + " twice");
  }
  return out;
}

// The code of each withheld segment; fewer when the release withholds others than the bundle.  A release may
// state a million segments in a line, so they are only ever counted along those that the bundle has.
std::vector<std::string_view> codes_along(const std::vector<Gap>& gaps,
                                          const std::vector<std::uint32_t>& withheld) {
  std::vector<std::string_view> codes;
  auto next = withheld.begin();
  for (const auto& gap : gaps)
    for (auto segment = gap.first; segment <= gap.last; ++segment) {
      if (next == withheld.end() || *next != segment) return {};
      codes.push_back(gap.code);
      ++next;
    }
  return codes;
}

void compare_field(const BundleEntry& entry, const BundleField& field, const Stated* stated, Report& report) {
  const bool any = field.withheld_whole || !field.withheld.empty();
  if (!any && stated == nullptr) return;
  if (stated == nullptr)
    return report.find("release", entry.leaf.seq,
                       "its field " + field.name + " is withheld, and the release gives no exemption for it");
  auto codes = codes_along(stated->gaps, field.withheld);
  if (stated->whole != field.withheld_whole || codes.size() != field.withheld.size() ||
      (codes.empty() && !stated->gaps.empty()))
    return report.find("release", entry.leaf.seq,
                       "the release withholds other parts of field " + field.name + " than the bundle does");
  if (field.withheld_whole) codes = {stated->code};
  for (std::size_t i = 0; i < field.codes.size(); ++i)
    if (!field.codes[i].empty() && field.codes[i] != codes[i])
      report.find("release", entry.leaf.seq,
                  "the bundle gives another exemption for field " + field.name + " than the release");
}

// The disclosure entry, shown, that holds the hash of this text.  Of several the last: it comes after all it
// is about.
const BundleEntry* bound_by(const Bundle& bundle, const std::string& sha256) {
  const BundleEntry* found = nullptr;
  for (const auto& entry : bundle.entries) {
    const auto* field = entry.leaf.kind == "disclosure" ? entry.find("release.sha256") : nullptr;
    if (field != nullptr && field->shown_in_full && field->value == sha256) found = &entry;
  }
  return found;
}

}  // namespace

std::optional<Release> parse_release(std::string_view text, std::string& why) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return why = "its last line has no end", std::nullopt;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  if (lines.empty() || lines[0] != kVersion)
    return why = "its first line is not " + std::string(kVersion), std::nullopt;
  if (lines.size() < 3 || !is_origin(lines[1]) || !is_line_text(lines[2]))
    return why = "its first three lines are not as they must be", std::nullopt;
  Release out{std::string(lines[1]), std::string(lines[2]), {}};
  for (std::size_t i = 3; i < lines.size(); ++i) {
    auto line = parse_line(lines[i]);
    if (!line) return why = "its line " + std::to_string(i + 1) + " is not as it must be", std::nullopt;
    if (!out.lines.empty() && !comes_before(out.lines.back(), *line))
      return why = "its line " + std::to_string(i + 1) + " is out of order", std::nullopt;
    out.lines.push_back(std::move(*line));
  }
  return out;
}

void check_release(const Bundle& bundle, const std::string& origin, Report& report) {
  if (!bundle.release)
    return report.could_not(
        "the exemptions for what is withheld, and whether anything else is or was left out: the bundle has "
        "no "
        "release text");
  std::string why;
  const auto release = parse_release(*bundle.release, why);
  if (!release) return report.find("release", "the release text cannot be read: " + why);
  if (release->origin != origin) report.find("release", "the release text is of another log");
  const BundleEntry* decision = bound_by(bundle, base::to_hex(base::sha256(*bundle.release)));
  if (decision == nullptr)
    report.find("release",
                "no disclosure entry in the bundle holds the hash of this release text: it was changed after "
                "the decision, or never made");
  else if (const auto* request = decision->find("request");
           request != nullptr && request->shown_in_full && request->value != release->request)
    report.find("release", decision->leaf.seq,
                "the disclosure entry names another request than the release text");
  if (decision != nullptr) check_decided_records(bundle, *decision, report);
  check_searches(bundle, *release, report);
  const Withheld stated = collect(*release, bundle, report);
  std::set<std::pair<std::uint64_t, std::string_view>> seen;
  for (const auto& entry : bundle.entries)
    for (const auto& field : entry.fields) {
      const auto at = stated.find({entry.leaf.seq, field.name});
      compare_field(entry, field, at == stated.end() ? nullptr : &at->second, report);
      if (at != stated.end()) seen.insert(at->first);
    }
  for (const auto& [key, value] : stated)
    if (!seen.contains(key))
      report.find("release", key.first, "the release withholds a field that its entry does not have");
  const auto gaps = std::ranges::count_if(release->lines,
                                          [](const ReleaseLine& line) { return line.field != kWholeRecord; });
  report.check("the exemption stated for each of " + std::to_string(gaps) +
               " gaps, bound by the disclosure entry");
}

}  // namespace muniment::verify
