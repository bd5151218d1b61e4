#include "foi/vocabulary.hpp"

#include <algorithm>
#include <set>

#include "base/time.hpp"
#include "bundle/bag.hpp"
#include "muniment/markup.hpp"

namespace muniment::foi {
namespace {

constexpr std::string_view kKinds[] = {
    ledger::kind::kGenesis,  ledger::kind::kSource,    ledger::kind::kExchange,   ledger::kind::kCapture,
    ledger::kind::kEdit,     ledger::kind::kSeenAgain, ledger::kind::kDeletion,   ledger::kind::kBarred,
    ledger::kind::kCoverage, ledger::kind::kCaseFile,  ledger::kind::kDisclosure, ledger::kind::kContact,
    ledger::kind::kGap,      ledger::kind::kSpotting,  ledger::kind::kPossible,   ledger::kind::kJudged,
    ledger::kind::kReported, ledger::kind::kSearch};

// Parted by a word that nobody writes, so that no row of words goes on from one to the next.
void add(std::string& out, std::string_view text) {
  out.append("\n\u25A0\n").append(text);
}

// Pages write "4 March 2026 at 10:00:00 UTC".
void add_times(const PlannedEntry& entry, std::string& out) {
  const auto sealed = base::to_rfc3339(entry.entry.time);
  add(out, sealed);
  add(out, markup::date(sealed));
  for (const auto& planned : entry.fields)
    if (planned.shown_whole() && base::from_leaf_time(planned.field.value))
      add(out, markup::date(planned.field.value));
}

std::set<std::string> field_names(const Plan& plan) {
  std::set<std::string> names = {"request", "decided",        "regime", "records",
                                 "release", "release.sha256", "policy", "searches"};
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields) names.insert(planned.field.name);
  return names;
}

// A reference is mostly called so, and a request says it in its text.
constexpr std::string_view kLaws = "FOI FOIA EIR";

DisclosedEntry made_up(std::uint64_t seq, std::string_view kind, const std::string& time,
                       const std::set<std::string>& names, int state) {
  DisclosedEntry entry;
  entry.seq = seq;
  entry.kind = kind;
  entry.time = time;
  for (const auto& name : names) {
    DisclosedField field{name, Whole{{}, {time}}};
    if (state == 1) field.content = Parts{{ShownSegment{{}, {}}, WithheldSegment{{}, {}}}};
    if (state == 2) field.content = Withheld{};
    entry.fields.push_back(std::move(field));
  }
  return entry;
}

}  // namespace

Status MemorySink::file(std::string_view path, std::string_view bytes) {
  files.push_back({std::string(path), std::string(bytes)});
  return {};
}

std::string surroundings_of(const Plan& plan) {
  std::string out;
  for (const auto text : {std::string_view(plan.authority), std::string_view(plan.origin), kLaws})
    add(out, text);
  for (const auto& entry : plan.entries) {
    add(out, std::to_string(entry.entry.seq));
    add_times(entry, out);
  }
  for (const auto& left : plan.left_out) add(out, std::to_string(left.seq));
  return out;
}

Result<std::string> page_vocabulary(const Plan& plan, const Disclosure& frame, const WriteDisclosure& write) {
  Disclosure empty = frame;
  empty.request.clear();
  const auto names = field_names(plan);
  std::uint64_t seq = 0;
  for (int state = 0; state < 3; ++state)
    for (const auto kind : kKinds) {
      empty.entries.push_back(made_up(seq, kind, frame.made, names, state));
      if (seq % 2 == 0) empty.records.push_back(seq);
      ++seq;
    }
  empty.left_out = {{seq, {}, {}}};
  if (plan.records.empty()) {  // the page is then worded otherwise
    empty.records.clear();
    if (plan.left_out.empty()) empty.left_out.clear();
  }
  MemorySink sink;
  if (auto written = write(empty, sink); !written) return std::move(written).error();
  std::string out = bundle::tag_words();
  for (const auto& file : sink.files) out += file.path + "\n" + file.bytes + "\n";
  return out + surroundings_of(plan);
}

}  // namespace muniment::foi
