#include "collect/absence.hpp"

#include "base/utf8.hpp"

namespace muniment::collect {

Result<std::optional<Absence>> absence_of(const sources::Verdict& verdict, const AbsenceFacts& facts,
                                          Catalogue& catalogue, ledger::Reader& reader) {
  const bool gone = verdict.fate == sources::Fate::kGone;
  auto known = catalogue.find(facts.platform, verdict.id);
  if (!known) return known.error();
  if (!*known || (*known)->state == ItemState::kDeleted) return std::optional<Absence>{};
  if (!gone && (*known)->state == ItemState::kUnavailable) return std::optional<Absence>{};
  if ((*known)->version >= facts.exchanges.back()) return std::optional<Absence>{};
  const auto leaf = reader.leaf((*known)->version);
  if (!leaf) return leaf.error();
  std::string exchanges;
  for (const auto seq : facts.exchanges) exchanges += (exchanges.empty() ? "" : " ") + std::to_string(seq);
  records::BodyBuilder body;
  body.add("platform", facts.platform).add("id", verdict.id).add("source", facts.source);
  body.add("of", ledger::citation((*known)->version, *leaf)).add("exchanges", exchanges);
  body.add("status", verdict.status == 0 ? "" : std::to_string(verdict.status));
  body.add("words", base::to_valid_utf8(verdict.words)).add("fetched", facts.fetched);
  Known now = **known;
  now.state = gone ? ItemState::kDeleted : ItemState::kUnavailable;
  return std::optional(
      Absence{{std::string(gone ? ledger::kind::kDeletion : ledger::kind::kBarred), body.build()}, now});
}

}  // namespace muniment::collect
