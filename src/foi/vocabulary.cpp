#include "foi/vocabulary.hpp"

#include <algorithm>
#include <set>

#include "base/time.hpp"
#include "bundle/bag.hpp"

namespace muniment::foi {
namespace {

constexpr std::string_view kKinds[] = {
    ledger::kind::kGenesis,  ledger::kind::kSource,    ledger::kind::kExchange,   ledger::kind::kCapture,
    ledger::kind::kEdit,     ledger::kind::kSeenAgain, ledger::kind::kDeletion,   ledger::kind::kBarred,
    ledger::kind::kCoverage, ledger::kind::kCaseFile,  ledger::kind::kDisclosure, ledger::kind::kContact,
    ledger::kind::kGap,      ledger::kind::kSpotting,  ledger::kind::kPossible,   ledger::kind::kJudged,
    ledger::kind::kReported};

// First days of the months that the pages will name.
std::set<std::string> months_of(const Plan& plan) {
  std::set<std::string> months;
  const auto add = [&](const std::string& time) {
    if (base::from_leaf_time(time)) months.insert(time.substr(0, 7) + "-01T00:00:00.000Z");
  };
  for (const auto& entry : plan.entries) {
    add(base::to_rfc3339(entry.entry.time));
    for (const auto& planned : entry.fields) add(planned.field.value);
  }
  return months;
}

std::set<std::string> field_names(const Plan& plan) {
  std::set<std::string> names = {"request", "decided",        "regime", "records",
                                 "release", "release.sha256", "policy"};
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields) names.insert(planned.field.name);
  return names;
}

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

Result<std::string> page_vocabulary(const Plan& plan, const Disclosure& frame, const WriteDisclosure& write) {
  Disclosure empty = frame;
  empty.request.clear();
  const auto names = field_names(plan);
  const auto months = months_of(plan);
  std::uint64_t seq = 0;
  const std::string any = months.empty() ? std::string() : *months.begin();
  for (int state = 0; state < 3; ++state)
    for (const auto kind : kKinds) {
      empty.entries.push_back(made_up(seq, kind, any, names, state));
      if (seq % 2 == 0) empty.records.push_back(seq);
      ++seq;
    }
  for (const auto& month : months) {
    empty.entries.push_back(made_up(seq, ledger::kind::kCapture, month, {"posted"}, 0));
    empty.records.push_back(seq++);
  }
  MemorySink sink;
  if (auto written = write(empty, sink); !written) return std::move(written).error();
  std::string out = bundle::tag_words();
  for (const auto& file : sink.files) out += file.path + "\n" + file.bytes + "\n";
  return out;
}

}  // namespace muniment::foi
