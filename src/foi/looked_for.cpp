#include "foi/looked_for.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include "base/bytes.hpp"
#include "bundle/gate.hpp"
#include "bundle/punycode.hpp"
#include "bundle/views.hpp"
#include "bundle/words.hpp"
#include "foi/known_values.hpp"
#include "foi/saying.hpp"

namespace muniment::foi {
namespace {

using bundle::Needle;
using bundle::NeedleKind;
using bundle::Needles;

std::string_view host_of(std::string_view value) {
  const auto mark = value.find("://");
  if (mark == std::string_view::npos) return {};
  value.remove_prefix(mark + 3);
  return value.substr(0, value.find_first_of("/?#"));
}

// A host that holds an account's name in front of it ("user@host") is not one.
void allow_host(Needles& needles, std::string_view value) {
  const auto host = host_of(value);
  if (host.find('@') != std::string_view::npos) return;
  needles.allow(host);
  needles.allow(bundle::without_punycode(host));
}

// Of a file the address may be on anybody's host.
bool is_platforms(const PlannedEntry& entry, const PlannedField& planned) {
  return planned.shown_whole() && is_platform_address(planned.field.name) &&
         entry.entry.kind != ledger::kind::kMedia;
}

void allow_readings(Needles& needles, const std::string& value) {
  constexpr int kReadings = 3;
  std::string reading = value;
  for (int i = 0; i < kReadings; ++i) {
    needles.allow(reading);
    needles.allow(bundle::without_tags(reading));
    needles.allow(bundle::without_punycode(reading));
    reading = bundle::without_escapes(reading);
  }
  if (const auto decoded = base::from_base64(value)) needles.allow(*decoded);
}

bool names_an_account(std::string_view field) {
  return is_of_account(field, ".id") || is_of_account(field, ".url") || is_of_account(field, ".handle");
}

// "key": in JSON, <name and name= in mark-up.
void allow_keys(Needles& needles, std::string_view raw) {
  constexpr std::size_t kLongest = 40;
  constexpr std::string_view kNot = "\"\\<> =/\n";
  for (std::size_t at = 0; at < raw.size(); ++at) {
    if (raw[at] == '"' || raw[at] == '<') {
      const auto end = std::min(raw.find_first_of(kNot, at + 1), raw.size());
      const bool key = raw[at] == '<' || (end < raw.size() && raw[end] == '"' &&
                                          raw.find_first_not_of(" \n\t", end + 1) < raw.size() &&
                                          raw[raw.find_first_not_of(" \n\t", end + 1)] == ':');
      if (key && end - at <= kLongest) needles.allow(raw.substr(at + 1, end - at - 1));
    } else if (raw[at] == '=' && at > 0) {
      const auto before = raw.find_last_of(kNot, at - 1);
      if (before != std::string_view::npos && at - before <= kLongest)
        needles.allow(raw.substr(before + 1, at - before - 1));
    }
  }
}

// Plain words that other items' fields say, too, in so many items that they point at none.
void allow_widespread(Needles& plain, const Plan& plan) {
  constexpr std::size_t kMany = 3;
  struct Seen {
    std::string own;  // the item whose passage has the word
    std::string last;
    std::size_t items = 0;
  };
  std::unordered_map<std::uint64_t, Seen> seen;
  for (const auto& passage : plan.words.passages)
    for (const auto& telling : passage.telling)
      if (!telling.name)
        seen.try_emplace(telling.hash, Seen{item_of(plan, plan.entries[passage.entry]), {}, 0});
  if (seen.empty()) return;
  for (const auto& entry : plan.entries) {
    const auto item = item_of(plan, entry);
    for (const auto& planned : entry.fields) {
      if (!planned.shown_whole() || is_text_field(planned.field.name)) continue;
      const auto reading = bundle::without_escapes(planned.field.value);
      for (const auto& word : bundle::words_of(reading)) {
        const auto at = seen.find(word.hash);
        if (at == seen.end() || at->second.own == item || at->second.last == item) continue;
        at->second.last = item;
        if (++at->second.items == kMany) plain.allow(reading.substr(word.begin, word.end - word.begin));
      }
    }
  }
}

// Of several words in a row the row alone counts: written together they are nobody's to allow.
void append_live(std::vector<Needle>& out, const Needles& needles) {
  auto live = needles.live();
  std::erase_if(live, [&](const Needle& needle) { return needles.find_words(needle.value).empty(); });
  std::move(live.begin(), live.end(), std::back_inserter(out));
}

void append_names(std::vector<Needle>& out, const Plan& plan) {
  Needles names(plan.words.names);
  allow_surroundings(names, plan);
  allow_shown_texts(names, plan);
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields) {
      if (!planned.shown_whole()) continue;
      if (is_platforms(entry, planned)) allow_host(names, planned.field.value);
      if (is_vocabulary(planned.field)) names.allow(planned.field.value);
    }
  append_live(out, names);
}

std::vector<Needle> telling_words(const Plan& plan, bool names) {
  std::vector<Needle> out;
  std::unordered_map<std::uint64_t, bool> done;
  for (const auto& passage : plan.words.passages)
    for (const auto& telling : passage.telling)
      if (telling.name == names && done.try_emplace(telling.hash, true).second) out.push_back(telling.needle);
  return out;
}

void append_telling(std::vector<Needle>& out, const Plan& plan) {
  if (plan.words.passages.empty()) return;
  Needles names(telling_words(plan, true));
  Needles plain(telling_words(plan, false));
  for (auto* needles : {&names, &plain}) {
    allow_surroundings(*needles, plan);
    allow_shown_texts(*needles, plan);
    for (const auto& entry : plan.entries)
      for (const auto& planned : entry.fields) {
        const auto& name = planned.field.name;
        if (!planned.shown_whole()) continue;
        if (names_an_account(name)) allow_readings(*needles, planned.field.value);
        if (is_platforms(entry, planned)) allow_host(*needles, planned.field.value);
        if (is_vocabulary(planned.field)) needles->allow(planned.field.value);
        if (needles == &plain && repeats_everything(name)) allow_keys(*needles, planned.field.value);
      }
  }
  allow_widespread(plain, plan);
  append_live(out, names);
  append_live(out, plain);
}

std::vector<Needle> looked_for(const Plan& plan) {
  std::vector<Needle> all = plan.words.runs;
  append_names(all, plan);
  append_telling(all, plan);
  return all;
}

// An account's name that stands in what is kept would still be looked for in addresses.
void leave_out_kept_accounts(std::vector<Needle>& needles, const std::string& kept) {
  std::vector<Needle> accounts;
  for (const auto& needle : needles)
    if (needle.kind == NeedleKind::kHandle) accounts.push_back(needle);
  const Needles probe(std::move(accounts));
  std::unordered_set<std::string> said;
  for (const auto& match : probe.find_words(kept)) said.insert(probe[match.needle].value);
  std::erase_if(needles, [&](const Needle& needle) {
    return needle.kind == NeedleKind::kHandle && said.contains(needle.value);
  });
}

}  // namespace

void allow_surroundings(Needles& needles, const Plan& plan) {
  needles.allow(plan.surroundings);
}

void allow_shown_texts(Needles& needles, const Plan& plan) {
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields) {
      if (!is_text_field(planned.field.name)) continue;
      std::string stretch;
      for (std::size_t i = 0; i < records::segment_count(planned.field); ++i) {
        if (planned.code_at(i).empty()) {
          stretch += records::segment(planned.field, i);
        } else {
          needles.allow(stretch);
          stretch.clear();
        }
      }
      needles.allow(stretch);
    }
}

void allow_platform_hosts(Needles& needles, const Plan& plan) {
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields)
      if (is_platforms(entry, planned)) allow_host(needles, planned.field.value);
}

std::string said_in(std::string_view value, const Needles& needles) {
  static const bundle::Opaque kNoOpaque;
  bundle::Gate gate(needles, kNoOpaque);
  gate.look_at_part("field", value);
  for (const auto& finding : gate.findings())
    if (!finding.from.empty()) return finding.from;
  return {};
}

Needles needles_to_look_for(const Plan& plan) {
  Needles out(looked_for(plan));
  allow_surroundings(out, plan);
  allow_shown_texts(out, plan);
  return out;
}

Needles needles_for_gate(const Plan& plan, std::vector<Needle> more) {
  auto all = looked_for(plan);
  std::string kept;
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields)
      if (planned.kept) kept += planned.shown() + "\n";
  if (!kept.empty()) leave_out_kept_accounts(all, kept);
  std::move(more.begin(), more.end(), std::back_inserter(all));
  Needles out(std::move(all));
  out.allow(plan.vocabulary);
  allow_shown_texts(out, plan);
  if (!kept.empty()) allow_readings(out, kept);
  return out;
}

std::unordered_map<std::uint64_t, bool> telling_within(const Plan& plan) {
  std::vector<Needle> words;
  std::unordered_map<std::string, std::uint64_t> hashes;
  for (const auto& passage : plan.words.passages)
    for (const auto& one : passage.telling)
      if (hashes.emplace(one.needle.value, one.hash).second) words.push_back(one.needle);
  Needles needles(std::move(words));
  allow_surroundings(needles, plan);
  allow_platform_hosts(needles, plan);
  std::unordered_map<std::uint64_t, bool> out;
  for (const auto& needle : needles.live()) out.emplace(hashes.at(needle.value), needle.as_spelt);
  return out;
}

Needles needles_within(const Plan& plan, const std::unordered_map<std::uint64_t, bool>& telling,
                       const std::vector<const Passage*>& passages) {
  std::vector<Needle> words;
  for (const auto* passage : passages)
    for (const auto& one : passage->telling)
      if (const auto at = telling.find(one.hash); at != telling.end()) {
        words.push_back(one.needle);
        words.back().as_spelt = at->second;
      }
  Needles out(std::move(words));
  for (const auto* passage : passages)
    for (const auto& planned : plan.entries[passage->entry].fields)
      if (names_an_account(planned.field.name) || planned.field.name.ends_with(".name"))
        if (!planned.field.name.starts_with("media.")) out.allow(planned.shown());
  return out;
}

}  // namespace muniment::foi
