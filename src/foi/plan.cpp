#include "foi/plan.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/utf8.hpp"
#include "bundle/words.hpp"
#include "foi/cascade.hpp"

namespace muniment::foi {
namespace {

std::string place(const PlannedEntry& entry, std::string_view field) {
  return "record " + std::to_string(entry.entry.seq) + ", field " + std::string(field);
}

Result<PlannedEntry> load(ledger::Reader& reader, ledger::Seq seq, bool record) {
  auto entry = reader.entry(seq);
  if (!entry)
    return Error{entry.error().code, entry.error().what, "`muniment search` prints the numbers of records"};
  auto leaf = reader.leaf(seq);
  if (!leaf) return leaf.error();
  auto body = reader.body(seq);
  if (!body && body.error().code == Code::kNotFound)
    return Error{Code::kNotFound,
                 "the words of entry " + std::to_string(seq) + " are gone: it was disposed of",
                 "leave it out of the records, and say in the answer that it is no longer held"};
  if (!body) return wrap(std::move(body).error(), "reading entry " + std::to_string(seq));
  PlannedEntry out{*std::move(entry), *leaf, record, {}};
  for (auto& field : *body) out.fields.push_back({std::move(field), {}, {}});
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

Status apply_withhold(const WithholdRule& rule, std::vector<PlannedEntry>& entries) {
  bool any = false;
  for (auto& entry : entries)
    for (auto& planned : entry.fields)
      if (names_field(rule.field, planned.field.name)) {
        planned.withhold_all(rule.code);
        any = true;
      }
  if (any || names_field(rule.field, "actor")) return {};
  return Error{Code::kInvalid,
               "--withhold names the field " + rule.field + ", which none of these records has",
               "`muniment show ID --json` lists the fields of a record"};
}

std::string text_of(const PlannedEntry& entry, const std::vector<std::size_t>& parts) {
  std::string text;
  for (const auto i : parts) text += entry.fields[i].field.value;
  return text;
}

Status redact_ranges(PlannedEntry& entry, const std::vector<std::size_t>& parts, const Redaction& redaction) {
  std::size_t count = 0;
  for (const auto i : parts) count += records::segment_count(entry.fields[i].field);
  if (redaction.ranges.back().second >= count)
    return Error{Code::kInvalid,
                 place(entry, redaction.field) + " has " + std::to_string(count) +
                     " words, counted from 0; a redaction names one after the last",
                 "`muniment show ID --words` numbers them"};
  for (const auto& [first, last] : redaction.ranges) {
    std::size_t before = 0;
    for (const auto i : parts) {
      const std::size_t n = records::segment_count(entry.fields[i].field);
      for (std::size_t s = first; s <= last; ++s)
        if (s >= before && s < before + n) entry.fields[i].withhold_part(s - before, redaction.code);
      before += n;
    }
  }
  return {};
}

bool redact_words(PlannedEntry& entry, const std::vector<std::size_t>& parts, const Redaction& redaction) {
  const auto wanted = bundle::words_of(redaction.words);
  const auto text = text_of(entry, parts);
  const auto words = bundle::words_of(text);
  bool any = false;
  for (std::size_t i = 0; !wanted.empty() && i + wanted.size() <= words.size(); ++i) {
    bool same = true;
    for (std::size_t k = 0; k < wanted.size() && same; ++k) same = words[i + k].hash == wanted[k].hash;
    if (!same) continue;
    any = true;
    withhold_bytes(entry, parts, words[i].begin, words[i + wanted.size() - 1].end, redaction.code);
  }
  return any;
}

// True when the entry has the field, and the words asked for in it.
Result<bool> redact_entry(PlannedEntry& entry, const Redaction& redaction) {
  bool any = false;
  if (redaction.whole) {
    for (auto& planned : entry.fields)
      if (names_field(redaction.field, planned.field.name)) {
        planned.withhold_all(redaction.code);
        any = true;
      }
    return any;
  }
  const auto parts = parts_of(entry, redaction.field);
  if (parts.empty()) return false;
  if (!redaction.words.empty()) return redact_words(entry, parts, redaction);
  if (auto done = redact_ranges(entry, parts, redaction); !done) return std::move(done).error();
  return true;
}

// Word numbers mean other words in another version of the same item.
Status one_text_only(const Redaction& redaction, const std::vector<PlannedEntry>& entries) {
  std::set<std::string> texts;
  for (const auto& entry : entries)
    if (std::binary_search(redaction.records.begin(), redaction.records.end(), entry.entry.seq))
      if (const auto parts = parts_of(entry, redaction.field); !parts.empty())
        texts.insert(text_of(entry, parts));
  if (redaction.ranges.empty() || texts.size() < 2) return {};
  return Error{Code::kInvalid,
               "a redaction gives word numbers for an item whose versions have different texts",
               "name each version by its number, or use words=\"…\""};
}

Status apply_redaction(const Redaction& redaction, std::vector<PlannedEntry>& entries) {
  if (auto one = one_text_only(redaction, entries); !one) return one;
  bool any = false;
  for (auto& entry : entries) {
    if (!std::binary_search(redaction.records.begin(), redaction.records.end(), entry.entry.seq)) continue;
    auto done = redact_entry(entry, redaction);
    if (!done) return std::move(done).error();
    any = any || *done;
  }
  if (any) return {};
  return Error{Code::kInvalid,
               "a redaction found nothing to withhold in the field " + redaction.field + " of its record",
               "`muniment show ID --words` shows the words and their numbers"};
}

// A bundle proves words; it carries no files.
void doubt_attachments(const PlannedEntry& entry, Plan& plan) {
  for (const auto& planned : entry.fields) {
    const std::string_view name = planned.field.name;
    if (!name.starts_with("media.")) continue;
    std::string said;
    if (name.ends_with(".file"))
      said =
          "the attached file itself is not in the bundle: save it with `muniment attachment save`, and "
          "decide on it apart";
    else if (name.ends_with(".url"))
      said =
          "the file that this names is not in the bundle: `muniment show` says whether it is held; decide "
          "on it apart";
    if (!said.empty()) plan.doubtful.push_back({entry.entry.seq, planned.field.name, {}, std::move(said)});
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

}  // namespace

const std::string& PlannedField::code_at(std::size_t segment) const {
  return whole.empty() && !parts.empty() ? parts[segment] : whole;
}

void PlannedField::withhold() {
  if (parts.empty() || parts.front().empty()) return;
  if (!std::all_of(parts.begin(), parts.end(), [&](const auto& code) { return code == parts.front(); }))
    return;
  whole = parts.front();
  parts.clear();
}

void PlannedField::withhold_all(const std::string& code) {
  if (!whole.empty()) return;
  whole = code;
  parts.clear();
}

void PlannedField::withhold_part(std::size_t segment, const std::string& code) {
  if (!whole.empty()) return;
  parts.resize(records::segment_count(field));
  if (parts[segment].empty()) parts[segment] = code;
  withhold();
}

bool PlannedEntry::withholds() const {
  return std::any_of(fields.begin(), fields.end(), [](const auto& field) { return !field.shown_whole(); });
}

std::string PlannedEntry::codes() const {
  std::set<std::string> all;
  for (const auto& planned : fields) {
    add_codes(planned.whole, all);
    for (const auto& code : planned.parts) add_codes(code, all);
  }
  return joined_codes(all);
}

std::string ranges_text(const PlannedField& planned, const std::string& code) {
  std::string out;
  for (std::size_t i = 0; i < planned.parts.size(); ++i) {
    if (planned.parts[i] != code) continue;
    const std::size_t first = i;
    while (i + 1 < planned.parts.size() && planned.parts[i + 1] == code) ++i;
    out += (out.empty() ? "" : ",") + std::to_string(first) + (i > first ? "-" + std::to_string(i) : "");
  }
  return out;
}

std::string_view logical_name(std::string_view field) {
  if (field.size() > 5 && field[field.size() - 5] == '.' &&
      field.find_first_not_of("0123456789", field.size() - 4) == std::string_view::npos)
    return field.substr(0, field.size() - 5);
  return field;
}

bool is_text_field(std::string_view field) {
  const auto name = logical_name(field);
  return name == "text" || name == "summary" || name == "author.name" || name == "recipient.name" ||
         (name.starts_with("media.") && name.ends_with(".alt"));
}

std::vector<std::size_t> parts_of(const PlannedEntry& entry, std::string_view name) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < entry.fields.size(); ++i)
    if (entry.fields[i].field.name == name || logical_name(entry.fields[i].field.name) == name)
      out.push_back(i);
  return out;
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
  if (wanted.empty() || wanted.front() != 0) wanted.insert(wanted.begin(), 0);
  for (const auto seq : wanted) {
    auto entry =
        load(reader, seq, std::binary_search(selection.records.begin(), selection.records.end(), seq));
    if (!entry) return std::move(entry).error();
    plan.entries.push_back(*std::move(entry));
  }
  if (auto items = only_records(plan.entries); !items) return std::move(items).error();
  auto vocabulary = vocabulary_of(plan);
  if (!vocabulary) return std::move(vocabulary).error();
  plan.vocabulary = *std::move(vocabulary);
  for (const auto& rule : selection.withhold)
    if (auto done = apply_withhold(rule, plan.entries); !done) return std::move(done).error();
  for (const auto& redaction : selection.redact)
    if (auto done = apply_redaction(redaction, plan.entries); !done) return std::move(done).error();
  if (auto done = withhold_what_follows(plan, selection.keep); !done) return std::move(done).error();
  for (const auto& entry : plan.entries)
    if (entry.record) doubt_attachments(entry, plan);
  return plan;
}

}  // namespace muniment::foi
