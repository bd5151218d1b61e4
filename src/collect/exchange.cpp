#include "collect/exchange.hpp"

#include <algorithm>
#include <deque>

#include "base/sha256.hpp"
#include "collect/came_before.hpp"
#include "collect/claims.hpp"
#include "collect/former.hpp"
#include "collect/held_elsewhere.hpp"
#include "collect/held_versions.hpp"
#include "collect/shares.hpp"

namespace muniment::collect {
namespace {

using ledger::Draft;
using ledger::Seq;

// `is_file`: it came with a saved file, which proves no time: what it says of an item that is gone may be
// from before.
Finding compare(const std::optional<Known>& known, const Fingerprints& prints, bool is_file) {
  if (!known) return Finding::kFresh;
  const bool is_back = known->state != ItemState::kPresent && !is_file;
  if (is_back || known->content != prints.content) return Finding::kChanged;
  return known->raw_bytes == prints.raw ? Finding::kUnchanged : Finding::kMoved;
}

Error unfitting() {
  return {Code::kInternal,
          "the items read from this page cross each other, are out of order or lie outside of it; the page "
          "was kept "
          "whole, and none of them was taken from it",
          "this is a fault of the program: report it, with the platform and the address; a version that is "
          "put right reads the page from the archive"};
}

// Composes the entries of one page, item by item.
class Page {
 public:
  Page(Seq first, const ExchangeFacts& facts, std::string_view page, Catalogue& catalogue,
       ledger::Reader& reader)
      : first_(first),
        facts_(facts),
        page_(page),
        page_hash_(base::to_hex(base::sha256(page))),
        catalogue_(catalogue),
        reader_(reader),
        came_before_(page_hash_, catalogue, reader),
        held_(reader, first, facts.format, catalogue.fingerprint(facts.format)) {
    // The exchange's place; it is written last, when the frame is known.
    out_.drafts.emplace_back();
    out_.fingerprints.emplace_back();
  }

  // `raw`: its own bytes.  `known`: what the archive holds of the item, before and after; `is_held`: also
  // from this source, likewise.  What the item says is moved out of it.
  Status add(records::Interaction& interaction, std::string_view raw, std::optional<Known>& known,
             char& is_held) {
    content_.clear();
    records::append_version_content(content_, interaction);
    const Fingerprints prints{catalogue_.fingerprint(content_), catalogue_.fingerprint(raw)};
    const bool is_file = facts_.method == kFromFile;
    auto finding = compare(known, prints, is_file);
    const auto told = finding == Finding::kUnchanged ? 0 : told_of(interaction, catalogue_);
    auto other = Otherwise::kEdited;
    if (finding == Finding::kChanged && known->content != prints.content) {
      const auto held = held_.compare(interaction, told, *known, is_file, out_.drafts);
      if (!held) return held.error();
      other = *held;
    }
    if (other == Otherwise::kSaysLess) finding = Finding::kMoved;
    if (known && finding != Finding::kUnchanged && is_file) {
      const auto before = came_before_.find({interaction.platform, interaction.id}, raw);
      if (!before) return before.error();
      if (*before) {
        out_.counts.add(Finding::kUnchanged);
        holders_.push_back(**before);
        return {};
      }
    }
    if (other == Otherwise::kEarlier) return add_former(interaction, raw);
    const bool completes = other == Otherwise::kSaysMore;
    out_.counts.add(completes ? Finding::kMoved : finding);
    // What came another way before is from now on asked after here, too.
    if (finding == Finding::kUnchanged && is_held == 0) finding = Finding::kMoved;
    is_held = 1;
    if (finding != Finding::kUnchanged) {
      const Seq seq = first_ + out_.drafts.size();
      Known now = known.value_or(Known{});
      const Seq before = now.version;
      if (finding != Finding::kMoved)
        now = {seq,
               seq,
               ItemState::kPresent,
               prints.content,
               prints.raw,
               author_of(interaction),
               held_.format(),
               time_of_edit(interaction),
               told};
      now.raw = seq;
      now.raw_bytes = prints.raw;
      catalogue_.note(interaction.platform, interaction.id, now);
      auto draft =
          finding == Finding::kMoved
              ? seen_again(std::move(interaction), raw, before)
              : version(std::move(interaction), raw, known ? std::optional(before) : std::nullopt, completes);
      if (!draft) return draft.error();
      out_.drafts.push_back(*std::move(draft));
      out_.fingerprints.push_back(prints);
      known = now;
    }
    holders_.push_back(known->raw);
    return {};
  }

  // `shares`: of all items, in page order.
  PageEntries finish(std::span<const Share> shares) {
    std::vector<std::size_t> taken(holders_.size(), 0);  // bytes of each item's raw that have their place
    for (const auto& run : shares) {
      frame_ += page_.substr(copied_, run.offset - copied_);
      copied_ = run.offset + run.length;
      places_ += std::to_string(frame_.size()) + ' ' + std::to_string(holders_[run.item]);
      if (run.is_part) places_ += ' ' + std::to_string(taken[run.item]) + ' ' + std::to_string(run.length);
      places_.push_back('\n');
      taken[run.item] += run.length;
    }
    frame_ += page_.substr(copied_);
    out_.drafts.front() = exchange();
    return std::move(out_);
  }

 private:
  // A former version is an item of its own: what is known of that is another question.
  Status add_former(records::Interaction& interaction, std::string_view raw) {
    make_former(interaction,
                "as-of-" + (interaction.edited.empty() ? interaction.posted : interaction.edited));
    auto known = catalogue_.find(interaction.platform, interaction.id);
    if (!known) return known.error();
    const auto fresh = out_.counts.fresh;
    char is_held = 1;
    auto added = add(interaction, raw, *known, is_held);
    out_.counts.former += out_.counts.fresh - fresh;
    return added;
  }

  std::uint64_t author_of(const records::Interaction& interaction) const {
    return interaction.author.id.empty() ? 0 : catalogue_.fingerprint(interaction.author.id);
  }

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

  // `before`: the version that this one follows; none for the first.  `completes`: it tells more of the same.
  Result<Draft> version(records::Interaction&& interaction, std::string_view raw, std::optional<Seq> before,
                        bool completes) {
    records::BodyBuilder body;
    records::add_fields(body, std::move(interaction));
    body.add("source", facts_.source);
    add_origin(body, raw);
    if (completes) body.add("completes", "yes");
    if (!before) return Draft{std::string(ledger::kind::kCapture), body.build()};
    if (auto cited = add_of(body, *before); !cited) return cited.error();
    return Draft{std::string(ledger::kind::kEdit), body.build()};
  }

  Result<Draft> seen_again(records::Interaction&& interaction, std::string_view raw, Seq version) {
    records::BodyBuilder body;
    body.add("platform", std::move(interaction.platform)).add("id", std::move(interaction.id));
    body.add("source", facts_.source);
    add_origin(body, raw);
    if (auto cited = add_of(body, version); !cited) return cited.error();
    return Draft{std::string(ledger::kind::kSeenAgain), body.build()};
  }

  Draft exchange() {
    records::BodyBuilder body;
    body.add("source", facts_.source).add("agent", std::string(kAgent)).add("method", facts_.method);
    body.add_bytes("url", facts_.url).add("started", facts_.started).add("fetched", facts_.fetched);
    body.add("crawled", facts_.crawled);
    if (facts_.final_url != facts_.url) body.add_bytes("url.final", facts_.final_url);
    body.add_bytes("redirects", facts_.redirects);
    if (facts_.status != 0) body.add_number("status", static_cast<std::uint64_t>(facts_.status));
    body.add_bytes("headers", facts_.headers).add("peer", facts_.peer).add_bytes("tls", facts_.tls);
    body.add("format", facts_.format).add_bytes("unread", facts_.unread);
    body.add("credential", facts_.credential);
    if (facts_.withheld != 0) body.add_number("payload.withheld", facts_.withheld);
    if (facts_.charged != 0) body.add_number("charged", facts_.charged);
    if (facts_.part != 0) body.add_number("part", facts_.part).add_number("part.from", facts_.part_from);
    body.add("left-out", facts_.left_out).add_bytes("authority", facts_.authority);
    body.add_bytes("remarks", facts_.remarks).add("of", facts_.of);
    body.add("payload.sha256", page_hash_).add_number("payload.size", page_.size());
    body.add_bytes("frame", frame_).add("frame.items", places_);
    return {std::string(ledger::kind::kExchange), body.build()};
  }

  Seq first_;
  const ExchangeFacts& facts_;
  std::string_view page_;
  std::string page_hash_;
  Catalogue& catalogue_;
  ledger::Reader& reader_;
  CameBefore came_before_;
  HeldVersions held_;
  PageEntries out_;
  std::string content_;
  std::vector<Seq> holders_;  // of each item the entry whose raw holds its bytes
  std::string frame_;
  std::string places_;
  std::size_t copied_ = 0;
};

// Composed again without the items that claim others' names.
Result<PageEntries> without_others(Seq first, ExchangeFacts facts, std::string_view page,
                                   std::vector<sources::Item> items, std::vector<std::string> collided,
                                   Catalogue& catalogue, ledger::Reader& reader, const Settle& settle) {
  facts.remarks += remarks_on_claims(collided);
  auto out = compose_page(first, facts, page, std::move(items), catalogue, reader, settle);
  if (out) out->collided = std::move(collided);
  return out;
}

}  // namespace

Result<sources::Reading> fitting(Result<sources::Reading> reading, std::string_view page) {
  if (reading && !fit(reading->items, page.size())) return unfitting();
  return reading;
}

Result<PageEntries> compose_page(Seq first, const ExchangeFacts& facts, std::string_view page,
                                 std::vector<sources::Item> items, Catalogue& catalogue,
                                 ledger::Reader& reader, const Settle& settle) {
  if (!fit(items, page.size())) return unfitting();
  if (auto named = name_apart(items, catalogue); !named) return named.error();
  if (auto named = name_by_address(items, catalogue, reader); !named) return named.error();
  auto parted = name_apart_from_other_sources(items, facts, catalogue, reader);
  if (!parted) return parted.error();
  std::vector<std::string> collided;
  if (facts.method != kFromFile) {
    auto rivals = part_colliding(items, page, catalogue);
    if (!rivals) return rivals.error();
    collided = *std::move(rivals);
  }
  const auto names = names_of(items);
  auto known = catalogue.find(names);
  if (!known) return known.error();
  if (settle && waits_for_what_is_on_its_way(items, *known, facts.format, catalogue)) {
    if (auto settled = settle(); !settled) return settled.error();
    known = catalogue.find(names);
    if (!known) return known.error();
  }
  const auto place = first_places(names);
  if (facts.method == kFromFile) {
    auto taken_out = part_from_others(items, place, page, catalogue);
    if (!taken_out) return taken_out.error();
    if (!taken_out->empty())
      return without_others(first, facts, page, std::move(items), *std::move(taken_out), catalogue, reader,
                            settle);
  }
  const Shares shares(items);
  std::deque<std::string> joined;
  const auto raws = shares.raws(page, joined);
  Page entries(first, facts, page, catalogue, reader);
  std::vector<char> held(items.size(), 1);
  if (!facts.source.empty()) {
    const auto are = catalogue.are_held(facts.source, names);
    if (!are) return are.error();
    std::ranges::copy(*are, held.begin());
  }
  for (std::size_t i = 0; i < items.size(); ++i)
    if (auto added = entries.add(items[i].interaction, raws[i], (*known)[place[i]], held[place[i]]); !added)
      return added.error();
  auto out = entries.finish(shares.in_order());
  out.collided = std::move(collided);
  out.parted = *std::move(parted);
  return out;
}

}  // namespace muniment::collect
