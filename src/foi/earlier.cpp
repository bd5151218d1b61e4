#include "foi/earlier.hpp"

#include <algorithm>
#include <map>

#include "foi/as_disclosed.hpp"
#include "foi/compared.hpp"
#include "foi/doubt_list.hpp"
#include "foi/release.hpp"
#include "foi/saying.hpp"
#include "muniment/disclosure.hpp"

namespace muniment::foi {
namespace {

constexpr std::size_t kMostDoubts = 200;

bool shows_something(const Fields& fields) {
  return std::ranges::any_of(fields, [](const PlannedField& planned) {
    return !planned.shows_nothing() && saying_of(planned.field.name) != Saying::kNothing;
  });
}

class Earlier {
 public:
  Earlier(Plan& plan, ledger::Reader& reader, const Register& known)
      : plan_(plan), reader_(reader), known_(known) {}

  Status look() {
    const auto disclosures = known_.disclosures();
    if (!disclosures) return disclosures.error();
    if (disclosures->empty()) return {};
    if (auto found = find_versions(); !found) return found;
    for (const auto seq : *disclosures) {
      if (doubts_.is_full()) break;
      if (auto done = look_at(seq); !done) return done;
    }
    return {};
  }

 private:
  // Of each entry that an earlier disclosure may have shown, the entries of the plan that it is to be
  // compared with: itself, and the versions of its item.  None with what is left out: that is not read.
  Status find_versions() {
    for (const auto& left : plan_.left_out)
      if (is_exemption(left.code)) beside_[left.seq];
    std::map<std::pair<std::string_view, std::string_view>, std::vector<std::size_t>> items;
    for (std::size_t e = 0; e < plan_.entries.size(); ++e) {
      const auto& entry = plan_.entries[e];
      if (entry.record || entry.entry.kind == ledger::kind::kSearch) beside_[entry.entry.seq].push_back(e);
      if (!entry.record) continue;
      if (const auto id = entry.value("id"); !id.empty()) items[{entry.value("platform"), id}].push_back(e);
    }
    for (const auto& [item, entries] : items) {
      const auto versions = known_.versions(item.first, item.second);
      if (!versions) return versions.error();
      for (const auto seq : *versions)
        for (const auto e : entries)
          if (plan_.entries[e].entry.seq != seq) beside_[seq].push_back(e);
    }
    return {};
  }

  Status look_at(ledger::Seq disclosure) {
    const auto body = held_body(reader_, disclosure);
    if (!body) return body.error();
    if (!*body) return {};
    disclosure_ = " " + disclosure_in_words(disclosure, **body);
    const auto then = as_disclosed(reader_, **body, [&](ledger::Seq seq) { return beside_.contains(seq); });
    if (!then) return then.error();
    each_gap(records::value_of(**body, "release").value_or(""), [&](const Gap& gap) {
      if (gap.field == kWholeRecord) compare_left_out(gap);
    });
    for (const auto& [seq, fields] : *then) {
      for (const auto e : beside_.at(seq)) compare(plan_.entries[e], seq, fields);
      compare_with_left_out(seq, fields);
    }
    return {};
  }

  // Left out then; shown now.
  void compare_left_out(const Gap& gap) {
    const auto at = beside_.find(gap.seq);
    if (at == beside_.end() || !is_exemption(gap.code)) return;
    for (const auto e : at->second) {
      const auto& entry = plan_.entries[e];
      if (!shows_something(entry.fields)) continue;
      const auto what = entry.entry.seq == gap.seq
                            ? "it"
                            : "record " + std::to_string(gap.seq) + ", another version of it,";
      doubts_.add({entry.entry.seq,
                   std::string(kWholeRecord),
                   {},
                   what + " was left out of" + disclosure_ + " under " + std::string(gap.code) +
                       ", and it is shown here"});
    }
  }

  // Shown then; left out now.
  void compare_with_left_out(ledger::Seq seq, const Fields& then) {
    const auto left = std::ranges::lower_bound(plan_.left_out, seq, {}, &LeftOutRecord::seq);
    if (left == plan_.left_out.end() || left->seq != seq || !shows_something(then)) return;
    doubts_.add({seq,
                 std::string(kWholeRecord),
                 {},
                 "it is left out here under " + left->code + ", and was shown by" + disclosure_});
  }

  void compare(const PlannedEntry& entry, ledger::Seq seq, const Fields& then) {
    const bool same = entry.entry.seq == seq;
    const bool withholds = entry.withholds();
    std::map<std::string_view, Together> by_field;
    for (const auto& planned : entry.fields) {
      const auto& name = planned.field.name;
      const auto at =
          std::ranges::find_if(then, [&](const PlannedField& other) { return other.field.name == name; });
      if (at == then.end()) continue;
      Together found;
      if (repeats_everything(name)) {
        found.shown_before = withholds && at->shown_whole() && same;
      } else if (saying_of(name) != Saying::kNothing) {
        found = compared(planned, *at);
      }
      auto& together = by_field[logical_name(name)];
      together.shown_before = together.shown_before || found.shown_before;
      if (together.withheld_before.empty()) together.withheld_before = found.withheld_before;
    }
    for (const auto& [name, together] : by_field) say(entry, name, together, same ? 0 : seq);
  }

  void say(const PlannedEntry& entry, std::string_view field, const Together& together, ledger::Seq version) {
    const auto where =
        (version == 0 ? std::string() : " in record " + std::to_string(version)) + " by" + disclosure_;
    const auto seq = entry.entry.seq;
    if (together.shown_before)
      doubts_.add(
          {seq,
           std::string(field),
           {},
           (repeats_everything(field) ? "it was handed out" + where + ", and says what is withheld here"
                                      : "what is withheld here was shown" + where) +
               ": whoever has both bundles can read it"});
    if (!together.withheld_before.empty())
      doubts_.add({seq,
                   std::string(field),
                   {},
                   "what is shown here was withheld" + where + " under " + together.withheld_before +
                       ": whoever has both bundles can read it"});
  }

  Plan& plan_;
  ledger::Reader& reader_;
  const Register& known_;
  std::map<ledger::Seq, std::vector<std::size_t>> beside_;
  std::string disclosure_;  // that is looked at, in words
  DoubtList doubts_{plan_, kMostDoubts};
};

}  // namespace

Status doubt_earlier(Plan& plan, ledger::Reader& reader, const Register& known) {
  return Earlier(plan, reader, known).look();
}

}  // namespace muniment::foi
