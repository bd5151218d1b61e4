#include "foi/cascade.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "bundle/gate.hpp"
#include "foi/contact_details.hpp"
#include "foi/doubts.hpp"
#include "foi/identity.hpp"
#include "foi/looked_for.hpp"
#include "foi/neighbours.hpp"
#include "foi/odd_names.hpp"
#include "foi/own_hosts.hpp"
#include "foi/raw_values.hpp"
#include "foi/saying.hpp"
#include "foi/shared_names.hpp"
#include "foi/surely_meant.hpp"
#include "foi/withheld_words.hpp"

namespace muniment::foi {
namespace {

using bundle::Needle;
using bundle::Needles;

const bundle::Opaque kNoOpaque;

// An account may be called as everybody's words are ("water"): those are looked for after an @ only, which
// fields of accounts do not have.
std::string named_accounts(const PlannedField& planned, const std::string& shown) {
  const auto& name = planned.field.name;
  std::string out;
  if (!names_accounts(name) && !repeats_everything(name)) return out;
  const auto accounts = names_accounts(name) ? shown : accounts_in_raw(shown);
  for (std::string_view rest = accounts; !rest.empty();) {
    const auto line = rest.substr(0, rest.find('\n'));
    out.append("@").append(line).append("\n");
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  return out;
}

class Cascade {
 public:
  explicit Cascade(Plan& plan) : plan_(plan), words_(plan.words), use_(plan) {
    words_ = withheld_words(plan, use_);
  }

  // What is withheld because of something may say what something else says.  Each round withholds more or is
  // the last, and what the last has looked for is what the gate looks for.
  Status run() {
    if (std::ranges::none_of(plan_.entries, &PlannedEntry::withholds)) return {};
    std::unique_ptr<const Needles> needles;
    for (bool more = true; more;) {
      settle();
      const auto before = std::exchange(needles, std::make_unique<Needles>(needles_to_look_for(plan_)));
      const auto remarks = plan_.automatic.size();
      look_through(*needles, before == nullptr || needles->looks_for_more_than(*before));
      more = add_what_followed() || plan_.automatic.size() != remarks;
    }
    say_why_raw();
    if (auto fine = raw_is_not_both(); !fine) return fine;
    std::ranges::stable_sort(plan_.automatic, {}, [](const Remark& remark) {
      return std::pair(remark.seq, repeats_everything(remark.field));
    });
    doubt_words(plan_, use_);
    doubt_neighbours(plan_);
    doubt_accounts(plan_);
    doubt_times(plan_);
    doubt_own_hosts(plan_);
    doubt_shared_names(plan_);
    doubt_odd_names(plan_);
    doubt_contact_details(plan_);
    return request_says_nothing();
  }

 private:
  // What takes no look at every byte, until it withholds no more.
  void settle() {
    for (bool more = true; more;) {
      const auto before = plan_.automatic.size();
      repeat_runs_in_texts();
      withhold_what_leads_there(plan_);
      withhold_neighbours(plan_);
      withhold_raw_values(plan_);
      more = add_what_followed() || plan_.automatic.size() != before;
    }
    withhold_raw();
  }

  bool add_what_followed() {
    bool any = false;
    for (std::size_t e = 0; e < plan_.entries.size(); ++e)
      for (std::size_t f = 0; f < plan_.entries[e].fields.size(); ++f) {
        const auto& planned = plan_.entries[e].fields[f];
        if (!planned.followed || followed_.contains({e, f})) continue;
        if (!add_followed(plan_.entries[e], planned, words_)) continue;
        followed_.emplace(e, f);
        any = true;
      }
    return any;
  }

  // Runs stand in a text whatever of it is withheld, so that the same ones find nothing new.
  void repeat_runs_in_texts() {
    if (std::exchange(repeated_runs_, words_.runs.size()) == words_.runs.size()) return;
    Needles runs(words_.runs);
    allow_surroundings(runs, plan_);
    for (auto& entry : plan_.entries) {
      std::set<std::string_view> done;
      for (std::size_t i = 0; i < entry.fields.size(); ++i) {
        const auto name = logical_name(entry.fields[i].field.name);
        if (is_text_field(name) && done.insert(name).second && !entry.fields[i].kept)
          repeat_in_text(entry, name, runs);
      }
    }
  }

  void repeat_in_text(PlannedEntry& entry, std::string_view name, const Needles& runs) {
    const auto parts = parts_of(entry, name);
    const auto text = text_of(entry, parts);
    const std::string before = state_of(entry, parts);
    std::string from;
    for (const auto& match : runs.find_words(text)) {
      const Needle& needle = runs[match.needle];
      if (!is_surely_meant(needle, name, text, match)) continue;
      const auto& code = words_.codes.at(needle.from);
      const auto [begin, end] = whole_address(text, match);
      each_segment(entry, parts, begin, end,
                   [&](PlannedField& planned, std::size_t s) { planned.follow(s, code); });
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

  Status request_says_nothing() {
    auto needles = needles_to_look_for(plan_);
    needles.allow(plan_.vocabulary);
    bundle::Gate gate(needles, kNoOpaque);
    gate.look_at_part("reference", plan_.request);
    if (gate.findings().empty()) return {};
    return Error{Code::kInvalid,
                 "the request's reference repeats something that is withheld; nothing was recorded",
                 "give the request another reference: it stands on every page of the bundle"};
  }

  // A field that was looked at before is only looked at again when it changed, or more is looked for.
  void look_through(const Needles& needles, bool more) {
    for (std::size_t e = 0; e < plan_.entries.size(); ++e)
      for (std::size_t f = 0; f < plan_.entries[e].fields.size(); ++f) {
        auto& planned = plan_.entries[e].fields[f];
        if (planned.shows_nothing() || planned.kept) continue;
        const auto shown = planned.shown();
        const auto state = std::hash<std::string>{}(shown);
        const bool same = std::exchange(looked_at_[{e, f}], state) == state;
        if (!same || more) look_at(plan_.entries[e], planned, shown, needles);
      }
  }

  void look_at(const PlannedEntry& entry, PlannedField& planned, const std::string& shown,
               const Needles& needles) {
    auto from = said_in(shown, needles);
    if (from.empty()) from = said_in(named_accounts(planned, shown), needles);
    if (from.empty()) return;
    withhold_saying(planned, needles, from);
    const bool own = record_of(from) == entry.entry.seq;
    plan_.automatic.push_back(
        {entry.entry.seq, planned.field.name, words_.codes.at(from),
         "it says what is withheld in " + (own ? "its field " + std::string(field_of(from)) : from)});
  }

  // Of a text only the words that say it, when they can be told apart; else all of it.
  void withhold_saying(PlannedField& planned, const Needles& needles, const std::string& from) {
    bool found = false;
    if (planned.field.cuts.empty()) return planned.follow(words_.codes.at(from));
    std::string rest;
    for (std::size_t s = 0; s < records::segment_count(planned.field); ++s) {
      if (!planned.code_at(s).empty()) continue;
      const auto segment = records::segment(planned.field, s);
      if (const auto said = said_in(segment, needles); !said.empty()) {
        planned.follow(s, words_.codes.at(said));
        found = true;
        rest += "\n";
      } else {
        rest += segment;
      }
    }
    if (!found || !said_in(rest, needles).empty()) planned.follow(words_.codes.at(from));
  }

  std::map<std::string, std::string> codes_by_item() const {
    std::map<std::string, std::set<std::string>> codes;
    for (const auto& entry : plan_.entries)
      if (entry.withholds()) add_codes(entry.codes(), codes[item_of(plan_, entry)]);
    std::map<std::string, std::string> out;
    for (const auto& [item, all] : codes) out.emplace(item, joined_codes(all));
    return out;
  }

  void withhold_raw() {
    const auto codes = codes_by_item();
    for (auto& entry : plan_.entries)
      for (auto& planned : entry.fields) {
        if (!repeats_everything(planned.field.name)) continue;
        if (!planned.out_of_scope() && planned.shows_nothing()) continue;
        const auto of_item = codes.find(item_of(plan_, entry));
        if (of_item == codes.end()) continue;
        planned.whole = of_item->second;
        raw_.emplace_back(&entry, &planned);
      }
  }

  // When all that is withheld of its item is known.
  void say_why_raw() {
    const auto codes = codes_by_item();
    for (const auto& [entry, planned] : raw_) {
      if (!planned->whole.empty()) planned->whole = codes.at(item_of(plan_, *entry));
      plan_.automatic.push_back({entry->entry.seq, planned->field.name, planned->whole,
                                 "it repeats the whole item, parts of which are withheld"});
    }
  }

  Status raw_is_not_both() const {
    for (const auto& [entry, planned] : raw_)
      if (planned->handed_out)
        return Error{Code::kInvalid,
                     "--keep names raw, the bytes as they came, of record " +
                         std::to_string(entry->entry.seq) +
                         ": they repeat the whole item, parts of which are withheld; nothing was recorded",
                     "leave that --keep out, or name the fields to show, one by one"};
    return {};
  }

  Plan& plan_;
  WithheldWords& words_;
  const WordUse use_;
  using Place = std::pair<std::size_t, std::size_t>;  // entry, field
  std::size_t repeated_runs_ = 0;                     // as many were looked for in texts
  std::set<Place> followed_;                          // looked for already
  std::map<Place, std::size_t> looked_at_;            // hash of what it showed then
  std::vector<std::pair<const PlannedEntry*, PlannedField*>> raw_;
};

}  // namespace

Status withhold_what_follows(Plan& plan) {
  return Cascade(plan).run();
}

}  // namespace muniment::foi
