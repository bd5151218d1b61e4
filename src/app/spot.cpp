#include "app/spot.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "app/find.hpp"
#include "base/time.hpp"
#include "collect/exchange.hpp"
#include "foi/spotter.hpp"
#include "index/catalogue.hpp"
#include "records/interaction.hpp"
#include "schema/schema.hpp"

namespace muniment::app {
namespace {

using ledger::Draft;
using ledger::Seq;
using ItemKey = std::pair<std::string, std::string>;  // platform, id

constexpr Seq kAtOnce = 20'000;  // entries looked through between two appends

std::string value(const records::Body& body, std::string_view name) {
  return std::string(records::value_of(body, name).value_or(""));
}

std::optional<Seq> number_in(std::string_view text) {
  Seq seq = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), seq);
  const bool whole = end == text.data() + text.size() || *end == ' ';
  return wrong == std::errc{} && whole ? std::optional(seq) : std::nullopt;
}

// Visits the bodies of a register; those that were disposed of are passed over.
template <typename Visit>
Status each_registered(Archive& archive, std::string_view kind, Seq first, const Visit& visit) {
  auto catalogue = archive.catalogue();
  if (!catalogue) return catalogue.error();
  const auto seqs = catalogue->registered(kind, first);
  if (!seqs) return seqs.error();
  for (const auto seq : *seqs) {
    const auto body = archive.reader().body(seq);
    if (!body && body.error().code == Code::kNotFound) continue;
    if (!body) return body.error();
    visit(seq, *body);
  }
  return {};
}

bool is_item(std::string_view kind) {
  return kind == ledger::kind::kCapture || kind == ledger::kind::kEdit || kind == ledger::kind::kContact;
}

// A body's own page is not somebody asking it something.
bool is_own(const records::Body& body, const records::Interaction& item,
            const std::map<std::string, std::string>& source_urls) {
  if (value(body, "direction") == "out") return true;
  if (item.type == "page" || item.type == "repost") return true;
  if (item.platform == "wordpress") return item.type == "post";
  const auto source = source_urls.find(value(body, "source"));
  return source != source_urls.end() && !item.author.url.empty() && item.author.url == source->second;
}

Draft possible_draft(Seq seq, const base::Hash& leaf, const records::Body& body,
                     const records::Interaction& item, const foi::Spotter& rules, const foi::Spotted& spotted,
                     const std::string& now) {
  records::BodyBuilder out;
  std::string reasons;
  for (const auto* reason : spotted.reasons) reasons += reason->id + ": " + reason->says + '\n';
  out.add("agent", std::string(collect::kAgent)).add("of", ledger::citation(seq, leaf));
  out.add("platform", item.platform).add("id", item.id).add("state", "possible");
  out.add("posted", item.posted).add("noticed", now);
  const auto fetched = value(body, "fetched");
  out.add("captured", fetched.empty() ? value(body, "written") : fetched);
  out.add("reasons", reasons).add("rules.language", rules.language());
  out.add("rules.sha256", std::string(schema::spotter_en_toml_sha256));
  out.add_number("score", static_cast<std::uint64_t>(std::max(spotted.score, 0)));
  out.add_number("threshold", static_cast<std::uint64_t>(rules.threshold()));
  out.add("provenance.class", "derived");
  return {std::string(ledger::kind::kPossible), out.build()};
}

Draft spotting_draft(Seq from, Seq to, std::uint64_t items, std::uint64_t noticed, const std::string& now) {
  records::BodyBuilder out;
  out.add("agent", std::string(collect::kAgent)).add("noticed.at", now);
  out.add_number("from", from).add_number("to", to).add_number("items", items).add_number("found", noticed);
  out.add("rules.sha256", std::string(schema::spotter_en_toml_sha256));
  return {std::string(ledger::kind::kSpotting), out.build()};
}

class Run {
 public:
  Run(Archive& archive, foi::Spotter rules) : archive_(archive), rules_(std::move(rules)) {}

  Result<SpotRun> all(bool again) {
    const auto head = archive_.reader().head();
    if (!head) return head.error();
    const auto position = again ? Result<Seq>(Seq{0}) : this->position();
    if (!position) return position.error();
    if (auto read = read_sources(); !read) return read.error();
    out_.from = out_.to = std::min(*position, head->size);
    while (out_.to < head->size)
      if (auto done = some(std::min(out_.to + kAtOnce, head->size)); !done) return done.error();
    if (auto note = archive_.sign(); !note) return note.error();
    if (auto index = archive_.projection(); !index) return index.error();
    return out_;
  }

 private:
  // Where the last run stopped.
  Result<Seq> position() {
    Seq to = 0;
    auto read = each_registered(archive_, ledger::kind::kSpotting, 0, [&](Seq, const records::Body& body) {
      to = std::max(to, number_in(value(body, "to")).value_or(0));
    });
    if (!read) return read.error();
    return to;
  }

  Status read_sources() {
    auto catalogue = archive_.catalogue();
    if (!catalogue) return catalogue.error();
    const auto sources = catalogue->sources();
    if (!sources) return sources.error();
    for (const auto& source : *sources) urls_[source.name] = source.url;
    return {};
  }

  // What was noticed since this was last asked, by this run or by another process.
  Status read_known() {
    return each_registered(archive_, ledger::kind::kPossible, known_until_,
                           [&](Seq seq, const records::Body& body) {
                             known_.emplace(value(body, "platform"), value(body, "id"));
                             known_until_ = seq + 1;
                           });
  }

  Status some(Seq end) {
    SpotRun part;
    const auto compose = [&](const ledger::Head&) -> Result<std::vector<Draft>> {
      if (auto read = read_known(); !read) return read.error();
      return drafts(out_.to, end, part);
    };
    if (auto done = archive_.appender().append(compose); !done) return done.error();
    out_.to = end;
    out_.items += part.items;
    out_.noticed += part.noticed;
    return {};
  }

  Result<std::vector<Draft>> drafts(Seq from, Seq end, SpotRun& part) {
    part = {};
    std::vector<Draft> out;
    std::set<ItemKey> here;
    const auto now = base::to_rfc3339(archive_.clock().now());
    auto read = archive_.reader().each(from, end, [&](const ledger::Entry& entry, const records::Body* body) {
      if (body == nullptr || !is_item(entry.kind)) return true;
      ++part.items;
      const auto item = records::interaction_of(*body);
      if (is_own(*body, item, urls_)) return true;
      const auto spotted = rules_.look_at(item.summary + "\n" + item.text);
      const ItemKey key{item.platform, item.id};
      if (!spotted.possible || known_.contains(key) || !here.insert(key).second) return true;
      out.push_back(possible_draft(entry.seq, ledger::leaf_hash(archive_.reader().origin(), entry), *body,
                                   item, rules_, spotted, now));
      return true;
    });
    if (!read) return read.error();
    part.noticed = out.size();
    // Nothing looked at, nothing said: else each run would be looked through by the next.
    if (part.items > 0) out.push_back(spotting_draft(from, end, part.items, part.noticed, now));
    return out;
  }

  Archive& archive_;
  foi::Spotter rules_;
  std::map<std::string, std::string> urls_;  // of sources, by name
  std::set<ItemKey> known_;
  Seq known_until_ = 0;
  SpotRun out_;
};

struct Decision {
  std::string decision, decided, by, why;
};

Result<std::map<ItemKey, Decision>> decisions(Archive& archive) {
  std::map<ItemKey, Decision> out;
  auto read = each_registered(archive, ledger::kind::kJudged, 0, [&](Seq, const records::Body& body) {
    out[{value(body, "platform"), value(body, "id")}] = {value(body, "decision"), value(body, "decided"),
                                                         value(body, "actor"),
                                                         records::text_of(body, "reason").value_or("")};
  });
  if (!read) return read.error();
  return out;
}

void tell_item(ledger::Reader& reader, PossibleRequest& request) {
  const auto body = reader.body(request.item);
  if (!body) return;
  const auto item = records::interaction_of(*body);
  request.account = item.author.handle.empty() ? item.author.name : item.author.handle;
  request.text = item.text.empty() ? item.summary : item.text;
  request.url = item.url;
}

std::vector<std::string> sentences(std::string_view reasons) {
  std::vector<std::string> out;
  while (!reasons.empty()) {
    const auto line = reasons.substr(0, reasons.find('\n'));
    const auto colon = line.find(": ");
    if (!line.empty()) out.emplace_back(colon == std::string_view::npos ? line : line.substr(colon + 2));
    reasons.remove_prefix(std::min(line.size() + 1, reasons.size()));
  }
  return out;
}

}  // namespace

Result<SpotRun> spot(Archive& archive, bool again) {
  auto rules = foi::Spotter::parse(schema::spotter_en_toml);
  if (!rules) return rules.error();
  return Run(archive, *std::move(rules)).all(again);
}

Result<std::vector<PossibleRequest>> possible_requests(Archive& archive, bool all) {
  const auto decided = decisions(archive);
  if (!decided) return decided.error();
  std::vector<PossibleRequest> out;
  auto read = each_registered(archive, ledger::kind::kPossible, 0, [&](Seq seq, const records::Body& body) {
    PossibleRequest request;
    request.seq = seq;
    request.item = number_in(value(body, "of")).value_or(seq);
    request.platform = value(body, "platform");
    request.id = value(body, "id");
    request.posted = value(body, "posted");
    request.captured = value(body, "captured");
    request.noticed = value(body, "noticed");
    request.reasons = sentences(value(body, "reasons"));
    const auto decision = decided->find({request.platform, request.id});
    if (decision != decided->end()) {
      if (!all) return;
      request.decision = decision->second.decision;
      request.decided = decision->second.decided;
      request.decided_by = decision->second.by;
      request.why = decision->second.why;
    }
    tell_item(archive.reader(), request);
    out.push_back(std::move(request));
  });
  if (!read) return read.error();
  return out;
}

Result<Recorded> decide(Archive& archive, const SpotDecision& decision) {
  if (decision.reason.find_first_not_of(" \t\r\n") == std::string::npos)
    return Error{Code::kInvalid, "a decision needs a reason; nothing was recorded", "give it with --reason"};
  const auto story = show_whole(archive, decision.id);
  if (!story) return story.error();
  if (story->versions.empty())
    return Error{Code::kNotFound, "nothing is held of it but what became of it; nothing was recorded", {}};
  // It cites the entry that noticed the item, or else the item itself.
  std::string of = std::to_string(story->versions.back().seq) + ' ' + story->versions.back().leaf;
  Status cited;
  auto read = each_registered(archive, ledger::kind::kPossible, 0, [&](Seq seq, const records::Body& body) {
    if (value(body, "platform") != story->platform || value(body, "id") != story->id) return;
    const auto leaf = archive.reader().leaf(seq);
    if (!leaf) cited = leaf.error();
    if (leaf) of = ledger::citation(seq, *leaf);
  });
  if (!read) return read.error();
  if (!cited) return cited.error();
  records::BodyBuilder body;
  body.add("agent", std::string(collect::kAgent)).add("of", of).add("actor", decision.actor);
  body.add("platform", story->platform).add("id", story->id);
  body.add("decision", decision.yes ? "yes" : "no").add_text("reason", decision.reason);
  body.add("decided", base::to_rfc3339(archive.clock().now())).add("provenance.class", "typed");
  const auto appended = archive.appender().append({std::string(ledger::kind::kJudged), body.build()});
  if (!appended) return appended.error();
  return Recorded{appended->before.size, archive.sign_and_index()};
}

}  // namespace muniment::app
