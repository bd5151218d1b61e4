#include "foi/earlier_shown.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "bundle/words.hpp"
#include "foi/as_disclosed.hpp"
#include "foi/doubt_list.hpp"
#include "foi/everyday_words.hpp"
#include "foi/looked_for.hpp"
#include "foi/saying.hpp"
#include "foi/withheld_words.hpp"

namespace muniment::foi {
namespace {

using bundle::Match;
using bundle::Needle;
using bundle::NeedleKind;

constexpr std::size_t kMostRecords = 5000;
constexpr std::size_t kMostDoubts = 30;

bool is_one_word(std::string_view text) {
  return bundle::words_of(text).size() == 1;
}

bundle::Needles needles_of(const Plan& plan) {
  std::vector<Needle> out;
  for (const auto& run : plan.words.runs) {
    const bool anybodys = run.kind == NeedleKind::kWords ? !run.as_spelt && is_one_word(run.value)
                                                         : is_everyday_word(run.value);
    if (!anybodys) out.push_back(run);
  }
  bundle::Needles needles(std::move(out));
  allow_surroundings(needles, plan);
  allow_shown_texts(needles, plan);
  return needles;
}

// A short name of an account is a word, too, where it does not stand in an address.
bool is_likely_meant(const Needle& needle, std::string_view text, const Match& match) {
  constexpr std::size_t kShortest = 6;
  if (needle.kind != NeedleKind::kHandle || match.end - match.begin >= kShortest) return true;
  return match.begin > 0 && std::string_view("@/~=").find(text[match.begin - 1]) != std::string_view::npos;
}

std::string_view value_of(const Fields& fields, std::string_view name) {
  const auto at =
      std::ranges::find_if(fields, [&](const PlannedField& planned) { return planned.field.name == name; });
  return at == fields.end() ? std::string_view() : at->field.value;
}

class EarlierShown {
 public:
  EarlierShown(Plan& plan, ledger::Reader& reader)
      : plan_(plan), reader_(reader), needles_(needles_of(plan)) {
    for (const auto& entry : plan.entries)
      if (const auto id = entry.value("id"); !id.empty()) items_.emplace(entry.value("platform"), id);
  }

  Status look_at(const Seqs& disclosures) {
    for (auto seq = disclosures.rbegin(); seq != disclosures.rend() && left_ > 0 && !doubts_.is_full(); ++seq)
      if (auto done = look_at(*seq); !done) return done;
    return {};
  }

 private:
  struct Places {
    std::string field;      // of the plan's record
    ledger::Seq first = 0;  // the earlier record
    std::size_t records = 0;
  };
  using ByRecord = std::map<ledger::Seq, Places>;  // of the plan

  Status look_at(ledger::Seq disclosure) {
    const auto body = held_body(reader_, disclosure);
    if (!body) return body.error();
    if (!*body) return {};
    const auto then = as_disclosed(reader_, **body, [&](ledger::Seq seq) {
      if (entry_of(plan_, seq) != nullptr || left_ == 0) return false;
      --left_;
      return true;
    });
    if (!then) return then.error();
    ByRecord found;
    for (const auto& [seq, fields] : *then)
      if (!items_.contains({value_of(fields, "platform"), value_of(fields, "id")}))
        look_at(seq, fields, found);
    for (const auto& [seq, places] : found)
      doubts_.add(
          {seq,
           places.field,
           {},
           "what is withheld here is shown in record " + std::to_string(places.first) +
               (places.records > 1 ? ", and in " + std::to_string(places.records - 1) + " more," : "") +
               " by " + disclosure_in_words(disclosure, **body) + ": whoever has both bundles may learn it"});
    return {};
  }

  void look_at(ledger::Seq seq, const Fields& fields, ByRecord& found) const {
    std::map<ledger::Seq, std::string_view> said;  // of the plan's records, which field
    for (const auto& planned : fields) {
      const auto& name = planned.field.name;
      if (planned.shows_nothing() || (saying_of(name) == Saying::kNothing && !repeats_everything(name)))
        continue;
      const auto text = planned.shown();
      for (const auto& match : needles_.find_words(text)) {
        const auto& needle = needles_[match.needle];
        if (is_likely_meant(needle, text, match)) said.emplace(record_of(needle.from), field_of(needle.from));
      }
    }
    for (const auto& [record, field] : said) {
      auto& places = found.try_emplace(record, Places{std::string(field), seq, 0}).first->second;
      ++places.records;
    }
  }

  Plan& plan_;
  ledger::Reader& reader_;
  const bundle::Needles needles_;
  std::set<std::pair<std::string_view, std::string_view>> items_;
  std::size_t left_ = kMostRecords;
  DoubtList doubts_{plan_, kMostDoubts};
};

}  // namespace

Status doubt_earlier_shown(Plan& plan, ledger::Reader& reader, const Register& known) {
  if (plan.words.runs.empty()) return {};
  const auto disclosures = known.disclosures();
  if (!disclosures) return disclosures.error();
  if (disclosures->empty()) return {};
  return EarlierShown(plan, reader).look_at(*disclosures);
}

}  // namespace muniment::foi
