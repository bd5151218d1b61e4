#include "collect/held_elsewhere.hpp"

#include <charconv>
#include <string_view>

#include "records/body.hpp"
#include "records/interaction.hpp"

namespace muniment::collect {
namespace {

Result<std::optional<records::Body>> body_at(ledger::Seq seq, ledger::Reader& reader) {
  auto body = reader.body(seq);
  if (body) return std::optional(*std::move(body));
  if (body.error().code == Code::kNotFound) return std::optional<records::Body>();
  return body.error();
}

// A source that was added again, under another name or over https, is the same one.
std::string_view address(std::string_view url) {
  for (const std::string_view before : {"https://", "http://", "www."})
    if (url.starts_with(before)) url.remove_prefix(before.size());
  return url;
}

// Did another source, at another address, say this version?  One whose entry was disposed of nobody said.
Result<bool> is_another_sources(ledger::Seq version, const ExchangeFacts& facts, ledger::Reader& reader) {
  const auto body = body_at(version, reader);
  if (!body) return body.error();
  const auto source = *body ? records::value_of(**body, "source") : std::nullopt;
  if (!source || *source == facts.source) return false;
  const auto number = records::value_of(**body, "exchange").value_or("");
  ledger::Seq seq = 0;
  std::from_chars(number.data(), number.data() + number.size(), seq);
  const auto exchange = body_at(seq, reader);
  if (!exchange) return exchange.error();
  const auto url = *exchange ? records::bytes_of(**exchange, "url") : std::nullopt;
  return !url || address(*url) != address(facts.url);
}

}  // namespace

Result<std::vector<std::string>> name_apart_from_other_sources(std::vector<sources::Item>& items,
                                                               const ExchangeFacts& facts,
                                                               Catalogue& catalogue, ledger::Reader& reader) {
  std::vector<std::string> parted;
  std::vector<sources::Item*> claims;
  for (auto& item : items)
    if (!item.own_scope.empty()) claims.push_back(&item);
  if (facts.source.empty() || claims.empty()) return parted;
  std::vector<std::string> own_names;
  for (const auto* item : claims) own_names.push_back(item->own_scope + "#" + item->interaction.id);
  std::vector<ItemName> names;
  for (const auto* item : claims) names.push_back({item->interaction.platform, item->interaction.id});
  for (std::size_t i = 0; i < claims.size(); ++i)
    names.push_back({claims[i]->interaction.platform, own_names[i]});
  const auto known = catalogue.find(names);
  if (!known) return known.error();
  for (std::size_t i = 0; i < claims.size(); ++i) {
    auto& item = claims[i]->interaction;
    const auto& held = (*known)[i];
    bool is_apart = (*known)[claims.size() + i].has_value();
    if (!is_apart && held && held->content != catalogue.fingerprint(records::version_content(item))) {
      const auto theirs = is_another_sources(held->version, facts, reader);
      if (!theirs) return theirs.error();
      if (*theirs) parted.push_back(item.id);
      is_apart = *theirs;
    }
    if (is_apart) item.id = std::move(own_names[i]);
  }
  return parted;
}

}  // namespace muniment::collect
