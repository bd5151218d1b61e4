#include "collect/held_versions.hpp"

#include <charconv>
#include <utility>

namespace muniment::collect {
namespace {

using ledger::Draft;
using ledger::Seq;

Seq number_in(std::string_view text) {
  Seq seq = 0;
  std::from_chars(text.data(), text.data() + text.size(), seq);
  return seq;
}

}  // namespace

Result<std::optional<HeldVersion>> HeldVersions::read(Seq version, std::span<const Draft> here) {
  auto found = body(version, here);
  if (!found) return found.error();
  if (!*found) return std::optional<HeldVersion>();
  HeldVersion out{records::interaction_of(**found), {}};
  const auto exchange = number_in(records::value_of(**found, "exchange").value_or(""));
  if (exchange == first_) {
    out.format = format_;
    return std::optional(std::move(out));
  }
  auto brought = body(exchange, here);
  if (!brought) return brought.error();
  if (*brought) out.format = records::value_of(**brought, "format").value_or("");
  return std::optional(std::move(out));
}

Result<std::optional<records::Body>> HeldVersions::body(Seq seq, std::span<const Draft> here) {
  if (seq >= first_ && seq - first_ < here.size()) return std::optional(here[seq - first_].body);
  auto read = reader_.body(seq);
  if (read) return std::optional(*std::move(read));
  if (read.error().code == Code::kNotFound) return std::optional<records::Body>();
  return read.error();
}

bool says_no_more(const records::Interaction& item, const HeldVersion& held, std::string_view format) {
  return held.format && *held.format != format && records::leaves_out_only(item, held.says);
}

bool differs_from_what_is_on_its_way(const std::vector<sources::Item>& items,
                                     const std::vector<std::optional<Known>>& known,
                                     const Catalogue& catalogue) {
  const auto indexed = catalogue.indexed();
  std::string content;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!known[i] || known[i]->version < indexed) continue;
    content.clear();
    records::append_version_content(content, items[i].interaction);
    if (catalogue.fingerprint(content) != known[i]->content) return true;
  }
  return false;
}

}  // namespace muniment::collect
