#include "collect/exchange.hpp"

#include <map>

#include "base/sha256.hpp"

namespace muniment::collect {
namespace {

using ledger::Draft;
using ledger::Seq;

// What an item turns out to be, beside what the archive holds.
enum class Finding { kFresh, kChanged, kMoved, kUnchanged };

Finding compare(const std::optional<Known>& known, const Fingerprints& prints) {
  if (!known) return Finding::kFresh;
  if (known->state != ItemState::kPresent || known->content != prints.content) return Finding::kChanged;
  return known->raw_bytes == prints.raw ? Finding::kUnchanged : Finding::kMoved;
}

void count(Finding finding, PageCounts& counts) {
  ++counts.read;
  switch (finding) {
    case Finding::kFresh:
      ++counts.fresh;
      break;
    case Finding::kChanged:
      ++counts.changed;
      break;
    case Finding::kMoved:
      ++counts.moved;
      break;
    case Finding::kUnchanged:
      ++counts.unchanged;
      break;
  }
}

// Composes the entries of one page, item by item.
class Page {
 public:
  Page(Seq first, const ExchangeFacts& facts, std::string_view page, Catalogue& catalogue,
       ledger::Reader& reader)
      : first_(first), facts_(facts), page_(page), catalogue_(catalogue), reader_(reader) {
    // The exchange's place; it is written last, when the frame is known.
    out_.drafts.emplace_back();
    out_.fingerprints.emplace_back();
  }

  // `held`: what the catalogue knows of the item; this page may know better.
  Status add(const sources::Item& item, const std::optional<Known>& held) {
    const auto& interaction = item.interaction;
    const auto raw = page_.substr(item.offset, item.length);
    const Fingerprints prints{catalogue_.fingerprint(records::version_content(interaction)),
                              catalogue_.fingerprint(raw)};
    const auto twice = noted_.find({interaction.platform, interaction.id});
    const auto known = twice != noted_.end() ? std::optional(twice->second) : held;
    const Finding finding = compare(known, prints);
    count(finding, out_.counts);
    Known now = known.value_or(Known{});
    if (finding != Finding::kUnchanged) {
      const Seq seq = first_ + out_.drafts.size();
      auto draft =
          finding == Finding::kMoved ? seen_again(interaction, raw, now.version) : version(item, raw, known);
      if (!draft) return draft.error();
      out_.drafts.push_back(*std::move(draft));
      out_.fingerprints.push_back(prints);
      if (finding != Finding::kMoved) now = {seq, seq, ItemState::kPresent, prints.content, prints.raw};
      now.raw = seq;
      now.raw_bytes = prints.raw;
      noted_[{interaction.platform, interaction.id}] = now;
    }
    if (item.length > 0) cut_out(item, now.raw);
    return {};
  }

  PageEntries finish() {
    frame_ += page_.substr(copied_);
    out_.drafts.front() = exchange();
    for (const auto& [name, known] : noted_) catalogue_.note(name.platform, name.id, known);
    return std::move(out_);
  }

 private:
  // What every entry that came with this exchange says of it.
  void add_origin(records::BodyBuilder& body, std::string_view raw) {
    body.add_number("exchange", first_).add("fetched", facts_.fetched).add_bytes("raw", std::string(raw));
  }

  // `of`: the version before.  One that is being written at the same time has no leaf yet, and its number
  // stands alone: the root in this entry's own leaf binds it.
  Status add_of(records::BodyBuilder& body, Seq version) {
    const auto leaf = reader_.leaf(version);
    if (!leaf && leaf.error().code == Code::kNotFound) {
      body.add_number("of", version);
      return {};
    }
    if (!leaf) return leaf.error();
    body.add("of", ledger::citation(version, *leaf));
    return {};
  }

  Result<Draft> version(const sources::Item& item, std::string_view raw, const std::optional<Known>& known) {
    records::BodyBuilder body;
    records::add_fields(body, item.interaction);
    body.add("source", facts_.source);
    add_origin(body, raw);
    if (!known) return Draft{std::string(ledger::kind::kCapture), body.build()};
    if (auto cited = add_of(body, known->version); !cited) return cited.error();
    return Draft{std::string(ledger::kind::kEdit), body.build()};
  }

  Result<Draft> seen_again(const records::Interaction& interaction, std::string_view raw, Seq version) {
    records::BodyBuilder body;
    body.add("platform", interaction.platform).add("id", interaction.id);
    add_origin(body, raw);
    if (auto cited = add_of(body, version); !cited) return cited.error();
    return Draft{std::string(ledger::kind::kSeenAgain), body.build()};
  }

  void cut_out(const sources::Item& item, Seq holder) {
    frame_ += page_.substr(copied_, item.offset - copied_);
    copied_ = item.offset + item.length;
    places_ += std::to_string(frame_.size()) + ' ' + std::to_string(holder) + '\n';
  }

  Draft exchange() {
    records::BodyBuilder body;
    body.add("source", facts_.source).add("agent", std::string(kAgent)).add("method", facts_.method);
    body.add_bytes("url", facts_.url).add("started", facts_.started).add("fetched", facts_.fetched);
    if (facts_.final_url != facts_.url) body.add_bytes("url.final", facts_.final_url);
    body.add_bytes("redirects", facts_.redirects);
    if (facts_.status != 0) body.add_number("status", static_cast<std::uint64_t>(facts_.status));
    body.add_bytes("headers", facts_.headers).add("peer", facts_.peer).add_bytes("tls", facts_.tls);
    body.add("format", facts_.format).add_bytes("unread", facts_.unread);
    body.add("payload.sha256", base::to_hex(base::sha256(page_))).add_number("payload.size", page_.size());
    body.add_bytes("frame", frame_).add("frame.items", places_);
    return {std::string(ledger::kind::kExchange), body.build()};
  }

  Seq first_;
  const ExchangeFacts& facts_;
  std::string_view page_;
  Catalogue& catalogue_;
  ledger::Reader& reader_;
  PageEntries out_;
  std::map<ItemName, Known> noted_;  // of this page; the names are views into its items
  std::string frame_;
  std::string places_;
  std::size_t copied_ = 0;
};

}  // namespace

PageCounts& PageCounts::operator+=(const PageCounts& other) {
  read += other.read;
  fresh += other.fresh;
  changed += other.changed;
  moved += other.moved;
  unchanged += other.unchanged;
  return *this;
}

Result<PageEntries> compose_page(Seq first, const ExchangeFacts& facts, std::string_view page,
                                 const std::vector<sources::Item>& items, Catalogue& catalogue,
                                 ledger::Reader& reader) {
  std::vector<ItemName> names;
  names.reserve(items.size());
  for (const auto& item : items) names.push_back({item.interaction.platform, item.interaction.id});
  const auto held = catalogue.find(names);
  if (!held) return held.error();
  Page entries(first, facts, page, catalogue, reader);
  for (std::size_t i = 0; i < items.size(); ++i)
    if (auto added = entries.add(items[i], (*held)[i]); !added) return added.error();
  return entries.finish();
}

}  // namespace muniment::collect
