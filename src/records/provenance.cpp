#include "records/provenance.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace muniment::records {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"observed", "reported", "derived", "typed"};
constexpr std::string_view kObservedFields[] = {"exchange", "fetched", "raw", "raw.b64", "source", "agent"};
constexpr std::string_view kDerivedFields[] = {"platform", "type",  "text", "mentions",
                                               "tags",     "links", "of",   "completes"};

bool is_among(std::string_view field, auto const& list) {
  return std::ranges::find(list, field) != std::end(list);
}

}  // namespace

std::string_view provenance_name(Provenance provenance) {
  return kNames[static_cast<std::size_t>(provenance)];
}

Provenance provenance_of(const Body& body, std::string_view field) {
  for (const auto& name : {"provenance." + std::string(field), std::string("provenance.class")}) {
    const auto said = value_of(body, name).value_or("");
    const auto known = std::ranges::find(kNames, said);
    if (known != kNames.end()) return static_cast<Provenance>(known - kNames.begin());
  }
  if (is_among(field, kObservedFields)) return Provenance::kObserved;
  // Long texts go on in text.0001, text.0002 …
  const auto stem = field.starts_with("text.") ? std::string_view("text") : field;
  return is_among(stem, kDerivedFields) ? Provenance::kDerived : Provenance::kReported;
}

}  // namespace muniment::records
