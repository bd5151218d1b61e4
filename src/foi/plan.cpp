#include "foi/plan.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "foi/asked.hpp"
#include "foi/cascade.hpp"
#include "foi/saying.hpp"
#include "foi/searched.hpp"
#include "foi/vocabulary.hpp"
#include "ledger/disposals.hpp"

namespace muniment::foi {
namespace {

Result<PlannedEntry> load(ledger::Reader& reader, ledger::Seq seq, bool record) {
  auto entry = reader.entry(seq);
  if (!entry)
    return Error{entry.error().code, entry.error().what + "; nothing was recorded",
                 "correct --records: `muniment search` prints the numbers of records"};
  auto leaf = reader.leaf(seq);
  if (!leaf) return leaf.error();
  auto body = reader.body(seq);
  if (!body && body.error().code == Code::kNotFound) {
    auto missing = ledger::missing_words(reader, seq, "nothing was recorded");
    if (missing.code == Code::kNotFound)
      missing.hint =
          "leave it out of --records, and say in the answer that it is no longer held; where a search found "
          "it, "
          "with --leave-out " +
          std::to_string(seq) + "=not-held";
    return missing;
  }
  if (!body) return wrap(std::move(body).error(), "reading entry " + std::to_string(seq));
  PlannedEntry out{*std::move(entry), *leaf, record, {}};
  for (auto& field : *body) out.fields.emplace_back().field = std::move(field);
  return out;
}

// Versions of items, what became of them, and what was noted of their capture and of requests among them.
bool may_be_disclosed(const ledger::Entry& entry) {
  using namespace ledger::kind;
  for (const auto kind : {kCapture, kEdit, kSeenAgain, kDeletion, kBarred, kContact, kReported, kMedia,
                          kCoverage, kGap, kPossible, kJudged})
    if (entry.kind == kind) return true;
  return false;
}

// A range is soon typed that takes in the page that brought an item, with everything else that was on it, or
// another request's disclosure.
Status only_records(const std::vector<PlannedEntry>& entries) {
  constexpr std::size_t kMostNamed = 5;
  constexpr std::size_t kLongestHint = 400;
  Seqs items;
  std::size_t others = 0;
  std::string named;
  for (const auto& planned : entries) {
    if (!planned.record) continue;
    if (may_be_disclosed(planned.entry)) {
      items.push_back(planned.entry.seq);
    } else if (++others <= kMostNamed) {
      named +=
          (named.empty() ? "" : ", ") + std::to_string(planned.entry.seq) + " (" + planned.entry.kind + ")";
    }
  }
  if (others == 0) return {};
  if (others > kMostNamed) named += " and " + std::to_string(others - kMostNamed) + " more";
  const auto rest = numbers_text(items);
  return Error{Code::kInvalid,
               "these entries are no records that can be disclosed: " + named + "; nothing was recorded",
               items.empty()                 ? "`muniment search` prints the numbers of items"
               : rest.size() <= kLongestHint ? "without them the list is --records " + rest
                                             : "leave them out; `muniment log` says what each entry is"};
}

// A bundle proves words; it carries no files.
std::string said_of_file(const PlannedEntry& entry, std::string_view field) {
  if (!field.starts_with("media.")) return {};
  if (field.ends_with(".file"))
    return "the attached file itself is not in the bundle: save it with `muniment attachment save`, and "
           "decide "
           "on it apart";
  if (field.ends_with(".url"))
    return "the file that this names is not in the bundle: `muniment show` says whether it is held; decide "
           "on "
           "it apart";
  // An attachment of an e-mail: said at the first of its fields.
  const auto place = std::string(field.substr(0, field.rfind('.') + 1));
  const auto first = std::ranges::find_if(
      entry.fields, [&](const PlannedField& planned) { return planned.field.name.starts_with(place); });
  if (first->field.name == field && entry.find(place + "file") == nullptr &&
      entry.find(place + "url") == nullptr)
    return "the attached file that this is about is not in the bundle; decide on it apart";
  return {};
}

void doubt_files_and_raw(const PlannedEntry& entry, Plan& plan) {
  for (const auto& planned : entry.fields) {
    const auto& name = planned.field.name;
    auto said = said_of_file(entry, name);
    if (repeats_everything(name) && planned.shown_whole())
      said =
          "it is handed out, and holds more than the other fields say: read it in bundle.json before the "
          "bundle is sent";
    if (!said.empty()) plan.doubtful.push_back({entry.entry.seq, name, {}, std::move(said)});
  }
}

// The reference is a line of the release text, which a verifier reads by lines.
Status is_printable(const Occasion& occasion) {
  if (base::for_terminal(occasion.request) != occasion.request)
    return Error{Code::kInvalid,
                 "the request's reference is not one line of plain text; nothing was recorded",
                 "leave out line feeds, tabs and other control characters; it must be UTF-8"};
  if (base::for_terminal(occasion.policy, true) != occasion.policy)
    return Error{Code::kInvalid, "the policy named with --under is not plain text; nothing was recorded",
                 "leave out control characters; it must be UTF-8"};
  return {};
}

// "12 <leaf>"
const PlannedEntry* cited_by(const Plan& plan, std::string_view of) {
  const auto range = parse_numbers(of.substr(0, of.find(' ')));
  return range && range->first == range->second ? entry_of(plan, range->first) : nullptr;
}

}  // namespace

const PlannedEntry* entry_of(const Plan& plan, ledger::Seq seq) {
  const auto at =
      std::ranges::lower_bound(plan.entries, seq, {}, [](const PlannedEntry& one) { return one.entry.seq; });
  return at != plan.entries.end() && at->entry.seq == seq ? &*at : nullptr;
}

std::string item_of(const Plan& plan, const PlannedEntry& entry) {
  if (const auto id = entry.value("id"); !id.empty()) return std::string(id);
  const auto of = entry.value("of");
  const auto* other = of.empty() ? nullptr : cited_by(plan, of);
  if (other != nullptr && other->entry.seq < entry.entry.seq) return item_of(plan, *other);
  return "entry " + std::to_string(entry.entry.seq);
}

std::string how_to_keep(const PlannedEntry& entry, std::string_view field) {
  return std::to_string(entry.entry.seq) + ":" + std::string(field);
}

Result<Plan> make_plan(ledger::Reader& reader, const Selection& selection, const Occasion& occasion,
                       const VocabularyOf& vocabulary_of) {
  if (auto fine = is_printable(occasion); !fine) return std::move(fine).error();
  Plan plan;
  plan.origin = reader.origin();
  plan.request = occasion.request;
  plan.authority = occasion.authority;
  plan.records = selection.records;
  Seqs wanted = selection.records;
  wanted.push_back(0);
  wanted.insert(wanted.end(), selection.searches.begin(), selection.searches.end());
  std::ranges::sort(wanted);
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  for (const auto seq : wanted) {
    auto entry =
        load(reader, seq, std::binary_search(selection.records.begin(), selection.records.end(), seq));
    if (!entry) return std::move(entry).error();
    plan.entries.push_back(*std::move(entry));
  }
  if (auto items = only_records(plan.entries); !items) return std::move(items).error();
  if (auto hits = account_for_hits(reader, selection, plan); !hits) return std::move(hits).error();
  if (auto done = apply_asked(selection, plan.entries); !done) return std::move(done).error();
  auto vocabulary = vocabulary_of(plan);
  if (!vocabulary) return std::move(vocabulary).error();
  plan.vocabulary = *std::move(vocabulary);
  plan.surroundings = surroundings_of(plan);
  if (auto done = withhold_what_follows(plan); !done) return std::move(done).error();
  for (const auto& entry : plan.entries)
    if (entry.record) doubt_files_and_raw(entry, plan);
  return plan;
}

}  // namespace muniment::foi
