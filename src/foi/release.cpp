#include "foi/release.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <set>

namespace muniment::foi {
namespace {

// One line an exemption, in the order of the first segment each is used for.
std::vector<std::string> lines_of(const PlannedField& planned) {
  if (!planned.whole.empty()) return {"* " + planned.whole};
  std::vector<std::string> out;
  std::set<std::string> done;
  for (const auto& code : planned.parts)
    if (!code.empty() && done.insert(code).second) out.push_back(ranges_text(planned, code) + " " + code);
  return out;
}

}  // namespace

std::string release_text(const Plan& plan) {
  std::string out = "muniment-release/v1\n" + plan.origin + "\n" + plan.request + "\n";
  auto left = plan.left_out.begin();
  const auto list_left_out = [&](ledger::Seq before) {
    for (; left != plan.left_out.end() && left->seq < before; ++left)
      out += ledger::citation(left->seq, left->leaf) + " * * " + left->code + "\n";
  };
  for (const auto& entry : plan.entries) {
    list_left_out(entry.entry.seq);
    for (const auto& planned : entry.fields)
      for (const auto& line : lines_of(planned))
        out += ledger::citation(entry.entry.seq, entry.leaf) + " " + planned.field.name + " " + line + "\n";
  }
  list_left_out(std::numeric_limits<ledger::Seq>::max());
  return out;
}

void each_gap(std::string_view release, const std::function<void(const Gap&)>& visit) {
  constexpr std::size_t kParts = 5;  // seq, leaf, field, what, code
  while (!release.empty()) {
    const auto end = std::min(release.find('\n'), release.size());
    auto line = release.substr(0, end);
    release.remove_prefix(std::min(end + 1, release.size()));
    std::array<std::string_view, kParts> parts;
    for (auto& part : parts) {
      const auto space = std::min(line.find(' '), line.size());
      part = line.substr(0, space);
      line.remove_prefix(std::min(space + 1, line.size()));
    }
    const auto seq = parse_numbers(parts[0]);
    Gap gap{seq ? seq->first : 0, parts[2], parts[3] == "*", {}, parts[4]};
    if (!gap.whole) gap.ranges = ranges_of(parts[3]);
    if (seq && !gap.code.empty() && (gap.whole || !gap.ranges.empty())) visit(gap);
  }
}

}  // namespace muniment::foi
