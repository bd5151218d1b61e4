#include "foi/refusal.hpp"

#include <algorithm>

namespace muniment::foi {
namespace {

// What a field shows; a gap parts the words on its sides.
std::string shown_text(const DisclosedField& field) {
  std::string out;
  if (const auto* whole = std::get_if<Whole>(&field.content))
    for (const auto& segment : whole->segments) out += segment;
  if (const auto* parts = std::get_if<Parts>(&field.content))
    for (const auto& segment : parts->segments) {
      const auto* shown = std::get_if<ShownSegment>(&segment);
      out += shown != nullptr ? shown->text : "\n";
    }
  return out;
}

std::string place_of(const Disclosure& disclosure, const DisclosedEntry& entry, const DisclosedField& field) {
  const bool record = std::binary_search(disclosure.records.begin(), disclosure.records.end(), entry.seq);
  const auto number = std::to_string(entry.seq);
  const auto of = record                       ? "record " + number
                  : entry.kind == "disclosure" ? std::string("the disclosure entry")
                                               : "entry " + number;
  return of + ", field " + field.name;
}

}  // namespace

std::vector<bundle::Finding> told_by_field(const Disclosure& disclosure, const bundle::Needles& needles,
                                           const bundle::Opaque& opaque,
                                           const std::vector<bundle::Finding>& in_files) {
  bundle::Gate fields(needles, opaque);
  for (const auto& entry : disclosure.entries)
    for (const auto& field : entry.fields)
      fields.look_at_part(place_of(disclosure, entry, field), shown_text(field));
  auto out = fields.findings();
  for (const auto& finding : in_files) {
    const bool told = std::any_of(fields.findings().begin(), fields.findings().end(), [&](const auto& other) {
      return other.what == finding.what && other.from == finding.from;
    });
    if (!told) out.push_back(finding);
  }
  return out;
}

}  // namespace muniment::foi
