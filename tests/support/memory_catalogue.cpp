#include "support/memory_catalogue.hpp"

#include <algorithm>
#include <charconv>
#include <functional>

namespace muniment::support {
namespace {

std::string given(const records::Body& body, std::string_view name) {
  return records::bytes_of(body, name).value_or("");
}

ledger::Seq number_at_front(std::string_view citation) {
  ledger::Seq seq = 0;
  std::from_chars(citation.data(), citation.data() + citation.size(), seq);
  return seq;
}

std::string header_line(const std::string& headers, const std::string& name) {
  const auto at = headers.find(name + ": ");
  if (at == std::string::npos) return {};
  const auto begin = at + name.size() + 2;
  return headers.substr(begin, headers.find('\n', begin) - begin);
}

}  // namespace

// What was only noted, and never reached the ledger, is told apart by reading everything anew.
Status MemoryCatalogue::at(ledger::Seq size) {
  indexed_ = size;
  if (size == size_) return {};
  size_ = size;
  known_.clear();
  versions_.clear();
  holders_.clear();
  reports_.clear();
  held_.clear();
  validators_.clear();
  pages_.clear();
  unread_.clear();
  complete_.clear();
  return reader_.each(0, size, [&](const ledger::Entry& entry, const records::Body* body) {
    if (body != nullptr) read(entry, *body);
    return true;
  });
}

void MemoryCatalogue::read(const ledger::Entry& entry, const records::Body& body) {
  namespace kind = ledger::kind;
  if (entry.kind == kind::kCapture || entry.kind == kind::kEdit) read_version(entry, body);
  if (entry.kind == kind::kExchange) read_exchange(entry.seq, body);
  if (entry.kind == kind::kCoverage && given(body, "outcome") == "complete")
    complete_[given(body, "source")] = {given(body, "cursor"), given(body, "finished")};
  if (entry.kind == kind::kSeenAgain) {
    auto& known = known_[versions_[number_at_front(given(body, "of"))]];
    known.raw = entry.seq;
    holders_[versions_[number_at_front(given(body, "of"))]].push_back(entry.seq);
    known.raw_bytes = fingerprint(given(body, "raw"));
    if (const auto id = given(body, "id"); !given(body, "source").empty())
      held_[given(body, "source")].try_emplace(id, sources::Held{id, "", "", "", ""});
  }
  const Item item{given(body, "platform"), given(body, "id")};
  if (entry.kind == kind::kBarred) known_[item].state = collect::ItemState::kUnavailable;
  if (entry.kind == kind::kReported) reports_[item].push_back(entry.seq);
  if (entry.kind == kind::kReported && known_[item].state == collect::ItemState::kPresent)
    known_[item].state = collect::ItemState::kReported;
  if (entry.kind == kind::kDeletion) {
    known_[item].state = collect::ItemState::kDeleted;
    held_[given(body, "source")].erase(item.second);
  }
}

void MemoryCatalogue::read_version(const ledger::Entry& entry, const records::Body& body) {
  const auto interaction = records::interaction_of(body);
  const Item item{interaction.platform, interaction.id};
  known_[item] = {entry.seq, entry.seq, collect::ItemState::kPresent,
                  fingerprint(records::version_content(interaction)), fingerprint(given(body, "raw"))};
  versions_[entry.seq] = item;
  holders_[item].push_back(entry.seq);
  held_[given(body, "source")][interaction.id] = {interaction.id, interaction.local, interaction.reply_to,
                                                  interaction.posted, interaction.author.id};
}

void MemoryCatalogue::read_exchange(ledger::Seq seq, const records::Body& body) {
  if (given(body, "method") == "FILE")
    (given(body, "unread").empty() ? pages_ : unread_)[given(body, "payload.sha256")] = seq;
  if (given(body, "status") != "200") return;
  auto& validators = validators_[{given(body, "source"), given(body, "url")}];
  validators = {};
  if (!given(body, "unread").empty()) return;
  const auto headers = given(body, "headers");
  validators = {header_line(headers, "ETag"), header_line(headers, "Last-Modified")};
}

Result<std::vector<std::optional<collect::Known>>> MemoryCatalogue::find(
    std::span<const collect::ItemName> items) {
  std::vector<std::optional<collect::Known>> out;
  for (const auto& item : items) {
    const auto found = known_.find({std::string(item.platform), std::string(item.id)});
    out.push_back(found == known_.end() ? std::nullopt : std::optional(found->second));
  }
  return out;
}

Result<std::vector<ledger::Seq>> MemoryCatalogue::holders(const collect::ItemName& item, std::size_t most) {
  auto seqs = holders_[{std::string(item.platform), std::string(item.id)}];
  std::ranges::reverse(seqs);
  if (seqs.size() > most) seqs.resize(most);
  return seqs;
}

Result<std::vector<ledger::Seq>> MemoryCatalogue::reports(const collect::ItemName& item, std::size_t most) {
  auto seqs = reports_[{std::string(item.platform), std::string(item.id)}];
  std::ranges::reverse(seqs);
  if (seqs.size() > most) seqs.resize(most);
  return seqs;
}

Result<std::optional<ledger::Seq>> MemoryCatalogue::read_before(std::string_view page) {
  const auto found = pages_.find(std::string(page));
  return found == pages_.end() ? std::nullopt : std::optional(found->second);
}

Result<bool> MemoryCatalogue::kept_unread(std::string_view page) {
  return unread_.contains(std::string(page));
}

std::uint64_t MemoryCatalogue::fingerprint(std::string_view bytes) const {
  return std::hash<std::string_view>{}(bytes);
}

// Called while composing, when the number of the entry before is known: the ledger will be read anew.
void MemoryCatalogue::note(std::string_view platform, std::string_view id, const collect::Known& known) {
  known_[{std::string(platform), std::string(id)}] = known;
  size_ = ~ledger::Seq{0};
}

Result<std::vector<sources::Held>> MemoryCatalogue::held(std::string_view source) {
  const auto head = reader_.head();
  if (!head) return head.error();
  size_ = ~ledger::Seq{0};
  if (auto ready = at(head->size); !ready) return ready.error();
  std::vector<sources::Held> out;
  for (const auto& [id, held] : held_[std::string(source)]) out.push_back(held);
  return out;
}

Result<std::vector<bool>> MemoryCatalogue::are_held(std::string_view source,
                                                    std::span<const collect::ItemName> items) {
  const auto& held = held_[std::string(source)];
  std::vector<bool> out;
  for (const auto& item : items) out.push_back(held.contains(std::string(item.id)));
  return out;
}

Result<collect::Validators> MemoryCatalogue::validators(std::string_view source, std::string_view url) {
  return validators_[{std::string(source), std::string(url)}];
}

Result<std::string> MemoryCatalogue::cursor(std::string_view source) {
  return complete_[std::string(source)].first;
}

Result<std::string> MemoryCatalogue::last_complete(std::string_view source) {
  return complete_[std::string(source)].second;
}

}  // namespace muniment::support
