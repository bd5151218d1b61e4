#include "foi/release.hpp"

#include <algorithm>
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
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields)
      for (const auto& line : lines_of(planned))
        out += ledger::citation(entry.entry.seq, entry.leaf) + " " + planned.field.name + " " + line + "\n";
  return out;
}

}  // namespace muniment::foi
