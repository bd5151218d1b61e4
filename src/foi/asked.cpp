#include "foi/asked.hpp"

#include <algorithm>
#include <set>

#include "bundle/words.hpp"
#include "foi/saying.hpp"

namespace muniment::foi {
namespace {

std::string place(const PlannedEntry& entry, std::string_view field) {
  return "record " + std::to_string(entry.entry.seq) + ", field " + std::string(field);
}

Status apply_withhold(const WithholdRule& rule, std::vector<PlannedEntry>& entries) {
  // Who is withheld as an author is also withheld as the author of what others repeat.
  const std::string of_original = rule.field.starts_with("author.") ? "repost." + rule.field : rule.field;
  // Of what a saved file says of an item that is gone: the account that says so, which is its author's.
  const bool says_gone = names_field(rule.field, "author.id");
  bool any = false;
  for (auto& entry : entries)
    for (auto& planned : entry.fields)
      if (names_field(rule.field, planned.field.name) || names_field(of_original, planned.field.name) ||
          (says_gone && planned.field.name == "by")) {
        planned.ask(rule.code);
        any = true;
      }
  if (any || names_field(rule.field, "actor")) return {};
  return Error{Code::kInvalid,
               "--withhold names the field " + rule.field + ", which none of these records has",
               "`muniment show ID --json` lists the fields of a record"};
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
      for (std::size_t s = std::max<std::size_t>(first, before); s <= last && s < before + n; ++s)
        entry.fields[i].ask(s - before, redaction.code);
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
    each_segment(entry, parts, words[i].begin, words[i + wanted.size() - 1].end,
                 [&](PlannedField& planned, std::size_t s) { planned.ask(s, redaction.code); });
  }
  return any;
}

// True when the entry has the field, and the words asked for in it.
Result<bool> redact_entry(PlannedEntry& entry, const Redaction& redaction) {
  bool any = false;
  if (redaction.whole) {
    for (auto& planned : entry.fields)
      if (names_field(redaction.field, planned.field.name)) {
        planned.ask(redaction.code);
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

// A slip of the pen must not leave the officer thinking that something is kept.
Status apply_keep(const Keep& keep, std::vector<PlannedEntry>& entries) {
  bool any = false;
  for (auto& entry : entries) {
    if (!std::binary_search(keep.records.begin(), keep.records.end(), entry.entry.seq)) continue;
    for (auto& planned : entry.fields)
      if (names_field(keep.field, planned.field.name)) {
        (repeats_everything(planned.field.name) ? planned.handed_out : planned.kept) = true;
        any = true;
      }
  }
  if (any) return {};
  return Error{Code::kInvalid,
               "--keep names the field " + keep.field + ", which its records here do not have",
               "`muniment show ID --json` lists the fields of a record"};
}

void leave_out_raw(PlannedEntry& entry) {
  for (auto& planned : entry.fields)
    if (repeats_everything(planned.field.name) && planned.shown_whole() && !planned.handed_out)
      planned.whole = kOutOfScope;
}

}  // namespace

Status apply_asked(const Selection& selection, std::vector<PlannedEntry>& entries) {
  for (const auto& rule : selection.withhold)
    if (auto done = apply_withhold(rule, entries); !done) return done;
  for (const auto& redaction : selection.redact)
    if (auto done = apply_redaction(redaction, entries); !done) return done;
  for (const auto& keep : selection.keep)
    if (auto done = apply_keep(keep, entries); !done) return done;
  std::ranges::for_each(entries, leave_out_raw);
  return {};
}

}  // namespace muniment::foi
