#include "foi/doubts.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "bundle/words.hpp"
#include "foi/doubt_list.hpp"
#include "foi/everyday_words.hpp"
#include "foi/joined_names.hpp"
#include "foi/looked_for.hpp"
#include "foi/name_forms.hpp"
#include "foi/said_otherwise.hpp"
#include "foi/saying.hpp"
#include "foi/shared_names.hpp"
#include "foi/single_names.hpp"
#include "foi/slipped_names.hpp"
#include "foi/withheld_words.hpp"

namespace muniment::foi {
namespace {

using bundle::Match;
using bundle::Needle;
using bundle::Needles;

// An account that is called as the town is, is inside of many words.
std::vector<Needle> without_shared_accounts(const Plan& plan) {
  std::vector<Needle> out;
  std::vector<Needle> accounts;
  for (const auto& needle : plan.words.runs)
    (needle.kind == bundle::NeedleKind::kHandle ? accounts : out).push_back(needle);
  for (auto& account : accounts) account.kind = bundle::NeedleKind::kWords;
  Needles left(accounts);
  allow_surroundings(left, plan);
  for (auto& account : accounts) {
    if (left.find_words(account.value).empty()) continue;
    account.kind = bundle::NeedleKind::kHandle;
    out.push_back(std::move(account));
  }
  return out;
}

std::vector<Needle> names_not_shared(const Plan& plan) {
  Needles names(plan.words.names);
  allow_surroundings(names, plan);
  return names.live();
}

class Doubts {
 public:
  Doubts(Plan& plan, const WordUse& use)
      : plan_(plan),
        use_(use),
        surrounding_(names_in_surroundings(plan)),
        singles_(plan, use),
        names_(telling(use, true)),
        plain_(telling(use, false)),
        joined_(without_shared_accounts(plan), plan.words.names, {}),
        joined_in_passages_({}, {}, words_of_passages()),
        slipped_(names_not_shared(plan)) {
    for (auto* needles : {&names_, &plain_}) allow_surroundings(*needles, plan);
    for (const auto& entry : plan.entries)
      for (const auto& planned : entry.fields)
        if (is_text_field(planned.field.name) && !planned.shown_whole())
          add_withheld(planned, label(entry, planned.field.name));
    for (const auto& entry : plan.entries)  // an author who is shown may sign
      for (const auto& planned : entry.fields)
        if (is_of_account(planned.field.name, ".name")) names_.allow(planned.shown());
  }

  void look() {
    for (const auto& entry : plan_.entries)
      for (const auto& planned : entry.fields)
        if (!planned.kept && !planned.shows_nothing()) {
          if (is_text_field(planned.field.name))
            look_at(entry, planned);
          else if (entry.record && saying_of(planned.field.name) != Saying::kNothing &&
                   !look_for_joined(entry, planned))
            look_for_dates(entry, planned);
        }
    for (auto& remark : later_) doubts_.add(std::move(remark));
  }

 private:
  std::vector<Needle> telling(const WordUse& use, bool names) {
    constexpr std::size_t kFewItems = 2;
    std::vector<Needle> out;
    for (const auto& passage : plan_.words.passages) {
      const auto item = item_of(plan_, plan_.entries[passage.entry]);
      for (const auto& one : passage.telling) {
        passage_of_.emplace(one.needle.from, item);
        if (one.name != names) continue;
        if (names ? use.is_common_name(one.hash) : use.items(one.hash) > kFewItems) continue;
        own_.emplace(plan_.entries[passage.entry].entry.seq, one.hash);
        out.push_back(one.needle);
      }
    }
    return out;
  }

  // The first of these in the text.
  template <typename Passes>
  static std::optional<Found> first(const Needles& needles, std::string_view text, Passes passes) {
    auto found = needles.find_words(text);
    std::erase_if(found, [&](const Match& match) { return !passes(match); });
    const auto at = std::ranges::min_element(found, {}, &Match::begin);
    if (at == found.end()) return std::nullopt;
    return Found{at->begin, needles[at->needle].from};
  }

  void look_at(const PlannedEntry& entry, const PlannedField& planned) {
    std::vector<std::size_t> ends;  // of the segments
    std::string shown;
    for (std::size_t s = 0; s < records::segment_count(planned.field); ++s) {
      const auto segment = records::segment(planned.field, s);
      shown += planned.code_at(s).empty() ? std::string(segment) : std::string(segment.size(), '\n');
      ends.push_back(shown.size());
    }
    const auto remark = [&](const Found& found, std::string_view why) {
      const auto word = std::ranges::upper_bound(ends, found.begin) - ends.begin();
      return Remark{entry.entry.seq,
                    planned.field.name,
                    {},
                    "word " + std::to_string(word) + " is shown; it " + std::string(why) + found.from};
    };
    constexpr std::string_view kPart = "is part of what is withheld in ";
    const auto any = [](const Match&) { return true; };
    const auto elsewhere = [&](const Match& match) { return !is_own(entry, shown, match); };
    const auto itself = without_surroundings(plan_, shown);
    std::optional<Found> said = first(surrounding_, itself, any);
    if (!said) said = singles_.find(shown);
    if (!said) said = first(names_, shown, any);
    if (!said) said = first(plain_, shown, elsewhere);
    if (said) return doubts_.add(remark(*said, kPart));
    if (const auto joined = find_joined(entry, itself))
      return doubts_.add(joined_remark(entry, planned, *joined));
    if (const auto other = said_otherwise(entry, shown))
      return doubts_.add(remark(*other, "is the date or the number withheld in "));
    if (const auto slip =
            slipped_.find(shown, [&](const auto& word) { return may_be_slip(entry, shown, word); }))
      return doubts_.add(remark(*slip, "looks like a name withheld in "));
    if (const auto maybe = singles_.find_less_sure(shown)) later_.push_back(remark(*maybe, kPart));
  }

  void add_withheld(const PlannedField& planned, const std::string& from) {
    std::string run;
    const auto count = records::segment_count(planned.field);
    for (std::size_t s = 0; s <= count; ++s) {
      if (s < count && !planned.code_at(s).empty()) {
        run += records::segment(planned.field, s);
      } else if (!run.empty()) {
        otherwise_.add(run, from);
        run.clear();
      }
    }
  }

  // A short number in many items is nobody's.
  std::optional<Found> said_otherwise(const PlannedEntry& entry, std::string_view shown) const {
    constexpr std::size_t kFewItems = 2;
    if (auto date = otherwise_.find_date(shown)) return date;
    const auto number = otherwise_.find_number(shown);
    if (!number) return std::nullopt;
    const bool own = number->first.from.starts_with("record " + std::to_string(entry.entry.seq) + ",");
    return own || use_.items(number->second) <= kFewItems ? std::optional(number->first) : std::nullopt;
  }

  std::vector<Needle> words_of_passages() const {
    auto words = names_.live();
    std::ranges::move(plain_.live(), std::back_inserter(words));
    Needles left(std::move(words));
    allow_surroundings(left, plan_);
    return left.live();
  }

  // Written as a name is, and in few items.
  bool may_be_slip(const PlannedEntry& entry, std::string_view text, const bundle::Word& word) const {
    constexpr std::size_t kFewItems = 2;
    const auto spelled = text.substr(word.begin, word.end - word.begin);
    return entry.record && !begins_small(spelled) && !is_everyday_word(spelled) &&
           !use_.is_mostly_small(word.hash) && use_.items(word.hash) <= kFewItems;
  }

  // In its own item the officer goes through the words.
  std::optional<Found> find_joined(const PlannedEntry& entry, std::string_view text) const {
    if (auto found = joined_.find(text)) return found;
    auto found = joined_in_passages_.find(text);
    if (!found) return found;
    const auto at = passage_of_.find(found->from);
    const bool own = at != passage_of_.end() && at->second == item_of(plan_, entry);
    return own ? std::nullopt : found;
  }

  static Remark joined_remark(const PlannedEntry& entry, const PlannedField& planned, const Found& found) {
    return {entry.entry.seq,
            planned.field.name,
            {},
            "inside a longer word it shows what is withheld in " + found.from};
  }

  bool look_for_joined(const PlannedEntry& entry, const PlannedField& planned) {
    const auto found = find_joined(entry, planned.shown());
    if (found) doubts_.add(joined_remark(entry, planned, *found));
    return found.has_value();
  }

  // In tags and links; the other fields hold times of their own.
  void look_for_dates(const PlannedEntry& entry, const PlannedField& planned) {
    if (planned.field.name != "tags" && planned.field.name != "links") return;
    if (const auto date = otherwise_.find_date(planned.shown()))
      doubts_.add({entry.entry.seq, planned.field.name, {}, "it shows the date withheld in " + date->from});
  }

  // Plain words of a passage are also used in the rest of its text; in another version's they may be it.
  bool is_own(const PlannedEntry& entry, std::string_view text, const Match& match) const {
    const auto words = bundle::words_of(text.substr(match.begin, match.end - match.begin));
    return !words.empty() && own_.contains({entry.entry.seq, words.front().hash});
  }

  static constexpr std::size_t kMostDoubts = 200;

  Plan& plan_;
  const WordUse& use_;
  SaidOtherwise otherwise_;
  std::set<std::pair<ledger::Seq, std::uint64_t>> own_;
  std::map<std::string, std::string> passage_of_;  // Needle::from -> item
  const Needles surrounding_;
  const SingleNames singles_;
  Needles names_;
  Needles plain_;
  const JoinedNames joined_;
  const JoinedNames joined_in_passages_;
  const SlippedNames slipped_;
  std::vector<Remark> later_;  // less sure
  DoubtList doubts_{plan_, kMostDoubts,
                    "; more such places are not named: look through the texts that follow"};
};

bool withholds_address(const PlannedField& planned) {
  std::string withheld;
  if (planned.shown_whole()) return false;
  for (std::size_t s = 0; s < records::segment_count(planned.field); ++s)
    withheld += planned.code_at(s).empty() ? "\n" : records::segment(planned.field, s);
  return withheld.find("://") != std::string::npos;
}

void doubt_links(const PlannedEntry& entry, const std::vector<std::size_t>& of_text, Plan& plan) {
  const auto* links = entry.find("links");
  if (links == nullptr || links->kept || links->shows_nothing()) return;
  if (std::ranges::any_of(of_text, [&](auto i) { return withholds_address(entry.fields[i]); }))
    plan.doubtful.push_back({entry.entry.seq,
                             "links",
                             {},
                             "it is shown, and may be where an address leads that the text withholds"});
}

}  // namespace

void doubt_words(Plan& plan, const WordUse& use) {
  Doubts(plan, use).look();
}

void doubt_neighbours(Plan& plan) {
  for (const auto& entry : plan.entries) {
    const auto parts = parts_of(entry, "text");
    doubt_links(entry, parts, plan);
    if (parts.empty() || !std::ranges::all_of(parts, [&](auto i) { return entry.fields[i].shows_nothing(); }))
      continue;
    for (const auto& planned : entry.fields) {
      const std::string_view name = planned.field.name;
      if (planned.kept || planned.shows_nothing()) continue;
      if (name == "summary" ||
          (name.starts_with("media.") && (name.ends_with(".alt") || name.ends_with(".name"))))
        plan.doubtful.push_back(
            {entry.entry.seq, planned.field.name, {}, "it stands beside a text that is withheld whole"});
    }
  }
}

}  // namespace muniment::foi
