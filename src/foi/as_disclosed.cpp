#include "foi/as_disclosed.hpp"

#include <algorithm>

#include "foi/release.hpp"

namespace muniment::foi {
namespace {

void withhold(Fields& fields, const Gap& gap) {
  const auto at = std::ranges::find_if(
      fields, [&](const PlannedField& planned) { return planned.field.name == gap.field; });
  if (at == fields.end()) return;
  const std::string code(gap.code);
  if (gap.whole) return at->ask(code);
  const auto count = records::segment_count(at->field);
  for (const auto& [first, last] : gap.ranges)
    for (std::size_t s = first; s <= last && s < count; ++s) at->ask(s, code);
}

}  // namespace

Result<std::optional<records::Body>> held_body(ledger::Reader& reader, ledger::Seq seq) {
  auto body = reader.body(seq);
  if (body) return std::optional(*std::move(body));
  if (body.error().code == Code::kNotFound) return std::optional<records::Body>();
  return std::move(body).error();
}

Result<std::map<ledger::Seq, Fields>> as_disclosed(ledger::Reader& reader, const records::Body& disclosure,
                                                   const std::function<bool(ledger::Seq)>& wanted) {
  std::map<ledger::Seq, Fields> out;
  for (const auto* shown : {"records", "searches"})
    for (const auto seq : numbers_of(ranges_of(records::value_of(disclosure, shown).value_or("")))) {
      if (!wanted(seq)) continue;
      auto body = held_body(reader, seq);
      if (!body) return std::move(body).error();
      auto& fields = out[seq];
      if (*body)
        for (auto& field : **body) fields.emplace_back().field = std::move(field);
    }
  each_gap(records::value_of(disclosure, "release").value_or(""), [&](const Gap& gap) {
    if (const auto at = out.find(gap.seq); at != out.end()) withhold(at->second, gap);
  });
  return out;
}

std::string disclosure_in_words(ledger::Seq seq, const records::Body& disclosure) {
  return "the disclosure of entry " + std::to_string(seq) + " (request " +
         std::string(records::value_of(disclosure, "request").value_or("")) + ")";
}

}  // namespace muniment::foi
