#include "foi/cascade.hpp"

#include <algorithm>
#include <map>

#include "bundle/gate.hpp"
#include "foi/everyday_words.hpp"
#include "foi/withheld_words.hpp"

namespace muniment::foi {
namespace {

using bundle::Match;
using bundle::Needle;
using bundle::NeedleKind;
using bundle::Needles;

const bundle::Opaque kNoOpaque;

bool repeats_everything(std::string_view name) {
  return name == "raw" || name == "raw.b64";
}

bool is_upper(std::string_view text, std::size_t at) {
  return at < text.size() && !(text[at] >= 'a' && text[at] <= 'z');
}

bool in_address(std::string_view text, const Match& match) {
  return (match.begin > 0 &&
          std::string_view("@/~=").find(text[match.begin - 1]) != std::string_view::npos) ||
         (match.end < text.size() && text[match.end] == '@');
}

// A word that is also the name of an account or a person may be just a word: "support", "Rose".
bool is_surely_meant(const Needle& needle, std::string_view field, std::string_view text,
                     const Match& match) {
  const auto found = text.substr(match.begin, match.end - match.begin);
  if (bundle::words_of(found).size() > 1) return true;
  if (needle.kind == NeedleKind::kHandle)
    return field == "author.name" || field == "recipient.name" || in_address(text, match) ||
           !is_everyday_word(found);
  const bool name = needle.from.ends_with("author.name") || needle.from.ends_with("recipient.name") ||
                    needle.from.ends_with("actor");
  return !name || (is_upper(text, match.begin) && !is_everyday_word(found));
}

class Cascade {
 public:
  Cascade(Plan& plan, const std::vector<Keep>& keep) : plan_(plan), keep_(keep), words_(plan.words) {
    words_ = withheld_words(plan);
  }

  Status run() {
    if (!words_.runs.empty()) {
      repeat_runs_in_texts();
      const Needles needles = needles_to_look_for(plan_);
      if (auto fine = request_says_nothing(needles); !fine) return fine;
      for (auto& entry : plan_.entries) look_through(entry, needles);
    }
    withhold_raw();
    return {};
  }

 private:
  bool kept(const PlannedEntry& entry, std::string_view field) const {
    return std::any_of(keep_.begin(), keep_.end(), [&](const Keep& keep) {
      return names_field(keep.field, field) &&
             std::binary_search(keep.records.begin(), keep.records.end(), entry.entry.seq);
    });
  }

  void repeat_runs_in_texts() {
    Needles runs(words_.runs);
    Needles singles(words_.names);
    for (auto* needles : {&runs, &singles}) {
      needles->allow(plan_.vocabulary);
      needles->allow(plan_.authority);
      needles->allow(plan_.origin);
    }
    for (auto& entry : plan_.entries) {
      std::set<std::string_view> done;
      for (std::size_t i = 0; i < entry.fields.size(); ++i) {
        const auto name = logical_name(entry.fields[i].field.name);
        if (!is_text_field(name) || !done.insert(name).second || kept(entry, name)) continue;
        repeat_in_text(entry, name, runs);
        doubt_text(entry, name, singles);
      }
    }
  }

  void repeat_in_text(PlannedEntry& entry, std::string_view name, const Needles& runs) {
    const auto parts = parts_of(entry, name);
    std::string text;
    for (const auto i : parts) text += entry.fields[i].field.value;
    const std::string before = state_of(entry, parts);
    std::string from;
    for (const auto& match : runs.find_words(text)) {
      const Needle& needle = runs[match.needle];
      if (!is_surely_meant(needle, name, text, match)) continue;
      withhold_bytes(entry, parts, match.begin, match.end, words_.codes.at(needle.from));
      from = needle.from;
    }
    if (state_of(entry, parts) != before)
      plan_.automatic.push_back({entry.entry.seq, std::string(name), words_.codes.at(from),
                                 "it repeats what is withheld in " + from});
  }

  static std::string state_of(const PlannedEntry& entry, const std::vector<std::size_t>& parts) {
    std::string state;
    for (const auto i : parts)
      for (std::size_t s = 0; s < records::segment_count(entry.fields[i].field); ++s)
        state.push_back(entry.fields[i].code_at(s).empty() ? '.' : 'x');
    return state;
  }

  // Single words of a withheld name or phrase that stay shown: the officer may want to look again.
  void doubt_text(const PlannedEntry& entry, std::string_view name, const Needles& singles) {
    constexpr std::size_t kMostDoubts = 200;
    if (plan_.doubtful.size() >= kMostDoubts) return;
    for (const auto i : parts_of(entry, name)) {
      const auto& planned = entry.fields[i];
      if (!planned.whole.empty()) continue;
      std::vector<std::size_t> ends;  // of the segments
      std::string shown;
      for (std::size_t s = 0; s < records::segment_count(planned.field); ++s) {
        const auto segment = records::segment(planned.field, s);
        shown += planned.code_at(s).empty() ? std::string(segment) : std::string(segment.size(), '\n');
        ends.push_back(shown.size());
      }
      auto found = singles.find_words(shown);
      std::erase_if(found, [&](const Match& match) { return !is_upper(shown, match.begin); });
      const auto first = std::min_element(found.begin(), found.end(),
                                          [](const Match& a, const Match& b) { return a.begin < b.begin; });
      if (first == found.end()) continue;
      const auto word = std::upper_bound(ends.begin(), ends.end(), first->begin) - ends.begin();
      plan_.doubtful.push_back({entry.entry.seq,
                                planned.field.name,
                                {},
                                "word " + std::to_string(word) +
                                    " is shown; it is part of what is withheld in " +
                                    singles[first->needle].from});
    }
  }

  Status request_says_nothing(const Needles& needles) {
    bundle::Gate gate(needles, kNoOpaque);
    gate.look_at("reference", plan_.request);
    if (gate.findings().empty()) return {};
    return Error{Code::kInvalid,
                 "the request's reference repeats something that is withheld; nothing was recorded",
                 "give the request another reference: it stands on every page of the bundle"};
  }

  // Empty when nothing that is withheld is said in `value`; else where it is withheld.
  static std::string said_in(std::string_view value, const Needles& needles) {
    bundle::Gate gate(needles, kNoOpaque);
    gate.look_at("field", value);
    for (const auto& finding : gate.findings())
      if (!finding.from.empty()) return finding.from;
    return {};
  }

  void look_through(PlannedEntry& entry, const Needles& needles) {
    for (auto& planned : entry.fields) {
      if (!planned.whole.empty() || repeats_everything(planned.field.name)) continue;
      if (kept(entry, planned.field.name) && is_text_field(planned.field.name)) continue;
      std::string shown;
      for (std::size_t s = 0; s < records::segment_count(planned.field); ++s)
        shown += planned.code_at(s).empty() ? records::segment(planned.field, s) : "\n";
      const auto from = said_in(shown, needles);
      if (from.empty()) continue;
      withhold_saying(planned, needles, from);
      plan_.automatic.push_back({entry.entry.seq, planned.field.name, words_.codes.at(from),
                                 "it says what is withheld in " + from});
    }
  }

  // Of a text only the words that say it, when they can be told apart; else all of it.
  void withhold_saying(PlannedField& planned, const Needles& needles, const std::string& from) {
    bool found = false;
    if (planned.field.cuts.empty()) return planned.withhold_all(words_.codes.at(from));
    std::string rest;
    for (std::size_t s = 0; s < records::segment_count(planned.field); ++s) {
      if (!planned.code_at(s).empty()) continue;
      const auto segment = records::segment(planned.field, s);
      if (const auto said = said_in(segment, needles); !said.empty()) {
        planned.withhold_part(s, words_.codes.at(said));
        found = true;
        rest += "\n";
      } else {
        rest += segment;
      }
    }
    if (!found || !said_in(rest, needles).empty()) planned.withhold_all(words_.codes.at(from));
  }

  // The entry of that number, when it is part of the disclosure.
  const PlannedEntry* planned_entry(std::string_view number) const {
    const auto range = parse_numbers(number);
    if (!range || range->first != range->second) return nullptr;
    const auto at =
        std::lower_bound(plan_.entries.begin(), plan_.entries.end(), range->first,
                         [](const PlannedEntry& entry, ledger::Seq seq) { return entry.entry.seq < seq; });
    return at != plan_.entries.end() && at->entry.seq == range->first ? &*at : nullptr;
  }

  // The entries of one item, by its id; those that have none (seen-again) by the version they are about.
  std::string item_of(const PlannedEntry& entry) const {
    for (const auto& planned : entry.fields)
      if (planned.field.name == "id") return planned.field.value;
    for (const auto& planned : entry.fields) {
      if (planned.field.name != "of") continue;
      const auto* other = planned_entry(planned.field.value.substr(0, planned.field.value.find(' ')));
      if (other != nullptr && other->entry.seq < entry.entry.seq) return item_of(*other);
    }
    return "entry " + std::to_string(entry.entry.seq);
  }

  void withhold_raw() {
    std::map<std::string, std::set<std::string>> codes;  // by item
    for (const auto& entry : plan_.entries)
      if (entry.withholds()) add_codes(entry.codes(), codes[item_of(entry)]);
    const Needles needles = needles_to_look_for(plan_);
    for (auto& entry : plan_.entries)
      for (auto& planned : entry.fields) {
        if (!repeats_everything(planned.field.name) || !planned.whole.empty()) continue;
        const auto of_item = codes.find(item_of(entry));
        const auto from = of_item == codes.end() ? said_in(planned.field.value, needles) : std::string();
        if (of_item == codes.end() && from.empty()) continue;
        planned.withhold_all(from.empty() ? joined_codes(of_item->second) : words_.codes.at(from));
        plan_.automatic.push_back({entry.entry.seq, planned.field.name, planned.whole,
                                   from.empty() ? "it repeats the whole item, parts of which are withheld"
                                                : "it says what is withheld in " + from});
      }
  }

  Plan& plan_;
  const std::vector<Keep>& keep_;
  WithheldWords& words_;
};

}  // namespace

void add_codes(std::string_view joined, std::set<std::string>& out) {
  while (!joined.empty()) {
    const auto end = std::min(joined.find(';'), joined.size());
    if (end > 0) out.emplace(joined.substr(0, end));
    joined.remove_prefix(std::min(end + 1, joined.size()));
  }
}

std::string joined_codes(const std::set<std::string>& codes) {
  std::string out;
  for (const auto& code : codes) out += (out.empty() ? "" : ";") + code;
  return out;
}

void withhold_bytes(PlannedEntry& entry, const std::vector<std::size_t>& parts, std::size_t begin,
                    std::size_t end, const std::string& code) {
  std::size_t at = 0;
  for (const auto i : parts) {
    auto& planned = entry.fields[i];
    for (std::size_t s = 0; s < records::segment_count(planned.field); ++s) {
      const std::size_t next = at + records::segment(planned.field, s).size();
      if (at < end && begin < next) planned.withhold_part(s, code);
      at = next;
    }
  }
}

Status withhold_what_follows(Plan& plan, const std::vector<Keep>& keep) {
  return Cascade(plan, keep).run();
}

}  // namespace muniment::foi
