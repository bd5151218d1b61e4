#include "foi/decision.hpp"

#include <algorithm>

namespace muniment::foi {
namespace {

bool shows_any(const PlannedField& planned) {
  if (!planned.whole.empty()) return false;
  return planned.parts.empty() || std::any_of(planned.parts.begin(), planned.parts.end(),
                                              [](const auto& code) { return code.empty(); });
}

bool says_something(const PlannedField& planned) {
  return is_text_field(planned.field.name) && !planned.field.value.empty();
}

}  // namespace

Decision decision_of(const PlannedEntry& entry) {
  if (!entry.withholds()) return Decision::kFull;
  const bool words = std::any_of(entry.fields.begin(), entry.fields.end(), says_something);
  const bool shown = std::any_of(entry.fields.begin(), entry.fields.end(), [&](const auto& planned) {
    return (says_something(planned) || !words) && shows_any(planned);
  });
  return shown ? Decision::kPart : Decision::kWithheld;
}

}  // namespace muniment::foi
