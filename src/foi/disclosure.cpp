#include "foi/disclosure.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "base/sha256.hpp"
#include "base/time.hpp"
#include "foi/assemble.hpp"
#include "foi/earlier_accounts.hpp"
#include "foi/earlier_shown.hpp"
#include "foi/excused.hpp"
#include "foi/left_out.hpp"
#include "foi/looked_for.hpp"
#include "foi/raw_values.hpp"
#include "foi/refusal.hpp"
#include "foi/release.hpp"
#include "foi/searched.hpp"
#include "foi/withheld_words.hpp"
#include "muniment/hidden_characters.hpp"

namespace muniment::foi {
namespace {

// The second line of a checkpoint.
Result<ledger::Seq> size_of(const std::string& note) {
  const auto from = note.find('\n') + 1;
  ledger::Seq size = 0;
  const auto [end, failure] = std::from_chars(note.data() + from, note.data() + note.size(), size);
  if (failure != std::errc{} || *end != '\n')
    return Error{Code::kCorrupt, "the checkpoint cannot be read", "run `muniment verify`"};
  return size;
}

class Release {
 public:
  Release(Desk& desk, const Selection& selection, const Regime& regime, const Occasion& occasion)
      : desk_(desk), selection_(selection), regime_(regime), occasion_(occasion) {}

  Result<Preview> preview() {
    if (auto planned = prepare(); !planned) return std::move(planned).error();
    auto fine = rehearse();
    if (!fine && fine.error().code != Code::kDenied) return std::move(fine).error();
    plan_.excused = excused_words(plan_);
    Preview out{std::move(plan_), std::nullopt};
    if (!fine) out.refusal = std::move(fine).error();
    return out;
  }

  Result<Made> make(const std::filesystem::path& folder) {
    if (auto planned = prepare(); !planned) return std::move(planned).error();
    if (auto fine = rehearse(); !fine) return wrap(std::move(fine).error(), "nothing was recorded");
    auto bag = bundle::Bag::begin(folder, bag_info());
    if (!bag) return std::move(bag).error();
    auto entry = record();
    if (!entry) return std::move(entry).error();
    if (auto done = finish(**bag, *entry); !done)
      return wrap(std::move(done).error(), "the decision was recorded as entry " + std::to_string(*entry) +
                                               ", but no bundle was made");
    return Made{*entry, std::move(plan_)};
  }

 private:
  // The reference stands on every page, where nobody would see such a character.
  Status prepare() {
    if (markup::holds_hidden(occasion_.request))
      return Error{Code::kInvalid,
                   "the request's reference holds a character that cannot be seen; nothing was recorded",
                   "type it anew instead of copying it"};
    auto planned = make_plan(desk_.reader, selection_, occasion_, [&](const Plan& plan) {
      auto frame = frame_of(regime_, occasion_, plan.origin);
      frame.exemptions = exemptions_used(plan, regime_);
      return page_vocabulary(plan, frame, desk_.write);
    });
    if (!planned) return std::move(planned).error();
    plan_ = *std::move(planned);
    if (auto looked = doubt_earlier(plan_, desk_.reader, desk_.known); !looked) return looked;
    if (auto looked = doubt_earlier_accounts(plan_, desk_.reader, desk_.known); !looked) return looked;
    if (auto looked = doubt_earlier_shown(plan_, desk_.reader, desk_.known); !looked) return looked;
    doubt_cut_words(plan_);
    doubt_shown_queries(plan_);
    if (auto looked = doubt_left_out(plan_, desk_.reader); !looked) return looked;
    if (auto looked = doubt_unnamed_searches(plan_, selection_, desk_.reader, desk_.known.searches); !looked)
      return looked;
    release_ = release_text(plan_);
    return gather();
  }

  bool actor_is_withheld() const {
    return std::any_of(selection_.withhold.begin(), selection_.withhold.end(),
                       [](const WithholdRule& rule) { return names_field(rule.field, "actor"); });
  }

  bundle::BagInfo bag_info() const {
    return {occasion_.authority, occasion_.request, "Disclosure under the " + regime_.title(),
            occasion_.decided.substr(0, 10), occasion_.agent};
  }

  Status gather() {
    disclosure_ = frame_of(regime_, occasion_, plan_.origin);
    disclosure_.release = release_;
    disclosure_.records = plan_.records;
    for (const auto& left : plan_.left_out)
      disclosure_.left_out.push_back({left.seq, base::to_base64(left.leaf), left.code});
    disclosure_.exemptions = exemptions_used(plan_, regime_);
    for (const auto& planned : plan_.entries) {
      auto entry = disclosed_entry(desk_.reader, planned);
      if (!entry) return std::move(entry).error();
      disclosure_.entries.push_back(*std::move(entry));
    }
    auto secrets = withheld_secrets(desk_.reader, plan_);
    if (!secrets) return std::move(secrets).error();
    auto exact = withheld_hashes(plan_, plan_.words);
    std::move(secrets->begin(), secrets->end(), std::back_inserter(exact));
    std::ranges::move(values_only_in_raw(plan_), std::back_inserter(exact));
    needles_ = std::make_unique<bundle::Needles>(needles_for_gate(plan_, std::move(exact)));
    return {};
  }

  // The bundle without its proofs, in memory.
  Status rehearse() {
    Disclosure pretended = disclosure_;
    DisclosedEntry decision;
    decision.seq = pretended.entries.back().seq + 1;
    decision.kind = ledger::kind::kDisclosure;
    decision.time = occasion_.decided;
    for (const auto& field : draft_body()) {
      Whole whole;
      for (std::size_t i = 0; i < records::segment_count(field); ++i)
        whole.segments.emplace_back(records::segment(field, i));
      decision.fields.push_back({field.name, std::move(whole)});
    }
    pretended.entries.push_back(std::move(decision));
    MemorySink sink;
    if (auto written = desk_.write(pretended, sink); !written) return written;
    const auto opaque = opaque_tokens(pretended);
    bundle::Gate gate(*needles_, opaque);
    for (const auto& file : sink.files) gate.look_at("data/" + file.path, file.bytes);
    if (gate.findings().empty()) return {};
    return bundle::Gate::verdict_of(told_by_field(pretended, *needles_, opaque, gate.findings()));
  }

  records::Body draft_body() const {
    records::BodyBuilder body;
    body.add("request", occasion_.request)
        .add("decided", occasion_.decided)
        .add("regime", regime_.id())
        .add("records", numbers_text(plan_.records))
        .add("searches", numbers_text(selection_.searches))
        .add("release", release_)
        .add("release.sha256", base::to_hex(base::sha256(release_)))
        .add("policy", occasion_.policy)
        .add("agent", occasion_.agent);
    if (!actor_is_withheld()) body.add_text("actor", occasion_.actor);
    return body.build();
  }

  // The disclosure entry is shown whole, for its release cannot list a gap in itself.  Who decided is then
  // kept in an entry beside it that is not disclosed.
  Result<ledger::Seq> record() {
    const auto appended =
        desk_.appender.append([&](const ledger::Head& head) -> Result<std::vector<ledger::Draft>> {
          std::vector<ledger::Draft> drafts;
          drafts.push_back({std::string(ledger::kind::kDisclosure), draft_body()});
          if (actor_is_withheld() && !occasion_.actor.empty()) {
            records::BodyBuilder body;
            body.add_text("actor", occasion_.actor)
                .add("of", std::to_string(head.size))
                .add("request", occasion_.request);
            drafts.push_back({std::string(ledger::kind::kDisclosedBy), body.build()});
          }
          return drafts;
        });
    if (!appended) return appended.error();
    return appended->before.size;
  }

  Status add_decision(ledger::Seq seq) {
    auto entry = desk_.reader.entry(seq);
    if (!entry) return std::move(entry).error();
    auto leaf = desk_.reader.leaf(seq);
    if (!leaf) return leaf.error();
    auto body = desk_.reader.body(seq);
    if (!body) return std::move(body).error();
    PlannedEntry planned{*std::move(entry), *leaf, false, {}};
    for (auto& field : *body) planned.fields.emplace_back().field = std::move(field);
    auto disclosed = disclosed_entry(desk_.reader, planned);
    if (!disclosed) return std::move(disclosed).error();
    disclosure_.made = disclosed->time;
    disclosure_.entries.push_back(*std::move(disclosed));
    return {};
  }

  Status finish(bundle::Bag& bag, ledger::Seq seq) {
    if (auto added = add_decision(seq); !added) return added;
    auto note = desk_.checkpoint(seq + 1);
    if (!note) return std::move(note).error();
    disclosure_.checkpoint = *std::move(note);
    const auto size = size_of(disclosure_.checkpoint);
    if (!size) return size.error();
    for (auto& entry : disclosure_.entries)
      if (auto proven = add_proofs(desk_.reader, *size, entry); !proven) return proven;
    if (auto written = desk_.write(disclosure_, bag); !written) return written;
    const auto opaque = opaque_tokens(disclosure_);
    return bag.finish(
        [&](const std::filesystem::path& finished) { return bundle::gate(finished, *needles_, opaque); });
  }

  Desk& desk_;
  const Selection& selection_;
  const Regime& regime_;
  const Occasion& occasion_;
  Plan plan_;
  std::string release_;
  Disclosure disclosure_;
  std::unique_ptr<bundle::Needles> needles_;
};

}  // namespace

Result<Preview> preview(Desk& desk, const Selection& selection, const Regime& regime,
                        const Occasion& occasion) {
  return Release(desk, selection, regime, occasion).preview();
}

Result<Made> disclose(Desk& desk, const Selection& selection, const Regime& regime, const Occasion& occasion,
                      const std::filesystem::path& folder) {
  return Release(desk, selection, regime, occasion).make(folder);
}

}  // namespace muniment::foi
