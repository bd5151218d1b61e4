#include "foi/earlier.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "foi/release.hpp"
#include "foi/saying.hpp"

namespace muniment::foi {
namespace {

constexpr std::size_t kMostDoubts = 200;

// An entry as an earlier disclosure left it.
struct Then {
  ledger::Seq disclosure = 0;
  std::string request;
  std::vector<PlannedField> fields;
};

// What two disclosures say of one text together.
struct Together {
  bool shown_before = false;    // and withheld now
  std::string withheld_before;  // the exemption; and shown now
};

bool is_withheld(const PlannedField& planned, std::size_t segment) {
  return !planned.code_at(segment).empty() && !planned.out_of_scope();
}

bool says_something(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c & 0x80) != 0;
  });
}

// The same bytes, cut alike.
Together compared(const PlannedField& now, const PlannedField& then) {
  Together out;
  for (std::size_t s = 0; s < records::segment_count(now.field); ++s) {
    if (!says_something(records::segment(now.field, s))) continue;
    const bool withheld_now = is_withheld(now, s);
    if (withheld_now && then.code_at(s).empty()) out.shown_before = true;
    if (now.code_at(s).empty() && is_withheld(then, s)) out.withheld_before = then.code_at(s);
  }
  return out;
}

bool is_of_word(char c) {
  return says_something(std::string_view(&c, 1));
}

// As words, not inside of others.
bool stands_in(std::string_view text, std::string_view run) {
  for (auto at = text.find(run); at != std::string_view::npos; at = text.find(run, at + 1)) {
    const auto end = at + run.size();
    const bool begins = at == 0 || !is_of_word(text[at - 1]) || !is_of_word(run.front());
    const bool ends = end == text.size() || !is_of_word(text[end]) || !is_of_word(run.back());
    if (begins && ends) return true;
  }
  return false;
}

// The code of the first stretch of words that `from` withholds and `text` has; empty when there is none.
std::string code_of_run_in(const PlannedField& from, const std::string& text) {
  constexpr std::string_view kSpace = " \t\r\n.,;:!?";
  std::string run;
  std::string code;
  const auto stands = [&] {
    const auto first = run.find_first_not_of(kSpace);
    if (first == std::string::npos || !says_something(run)) return false;
    return stands_in(text, std::string_view(run).substr(first, run.find_last_not_of(kSpace) + 1 - first));
  };
  const auto count = records::segment_count(from.field);
  for (std::size_t s = 0; s <= count; ++s) {
    if (s < count && is_withheld(from, s)) {
      if (run.empty()) code = from.code_at(s);
      run += records::segment(from.field, s);
    } else if (!run.empty()) {
      if (stands()) return code;
      run.clear();
    }
  }
  return {};
}

Together compared_words(const PlannedField& now, const PlannedField& then) {
  return {!code_of_run_in(now, then.shown()).empty(), code_of_run_in(then, now.shown())};
}

using SeqRanges = std::vector<std::pair<ledger::Seq, ledger::Seq>>;  // ascending, both ends included

SeqRanges ranges_of(std::string_view numbers) {
  SeqRanges out;
  while (!numbers.empty()) {
    const auto end = std::min(numbers.find(','), numbers.size());
    if (const auto range = parse_numbers(numbers.substr(0, end))) out.push_back(*range);
    numbers.remove_prefix(std::min(end + 1, numbers.size()));
  }
  return out;
}

bool is_among(const SeqRanges& ranges, ledger::Seq seq) {
  const auto at = std::ranges::lower_bound(ranges, seq, {}, &SeqRanges::value_type::second);
  return at != ranges.end() && at->first <= seq;
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
    for (const auto seq : *disclosures)
      if (auto done = look_at(seq); !done) return done;
    return {};
  }

 private:
  // Of each entry that an earlier disclosure may have shown, the entries of the plan that it is to be
  // compared with: itself, and the versions of its item.
  Status find_versions() {
    std::map<std::pair<std::string_view, std::string_view>, std::vector<std::size_t>> items;
    for (std::size_t e = 0; e < plan_.entries.size(); ++e) {
      const auto& entry = plan_.entries[e];
      if (!entry.record) continue;
      beside_[entry.entry.seq].push_back(e);
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
    const auto body = reader_.body(disclosure);
    if (!body && body.error().code == Code::kNotFound) return {};
    if (!body) return body.error();
    const auto records = ranges_of(records::value_of(*body, "records").value_or(""));
    std::map<ledger::Seq, Then> then;
    for (const auto& [seq, entries] : beside_)
      if (is_among(records, seq)) then[seq];
    if (then.empty()) return {};
    for (auto& [seq, one] : then) {
      one.disclosure = disclosure;
      one.request = records::value_of(*body, "request").value_or("");
      if (auto read = read_fields(seq, one); !read) return read;
    }
    each_gap(records::value_of(*body, "release").value_or(""), [&](const Gap& gap) {
      if (const auto at = then.find(gap.seq); at != then.end()) withhold(at->second, gap);
    });
    for (const auto& [seq, one] : then)
      for (const auto e : beside_.at(seq)) compare(plan_.entries[e], seq, one);
    return {};
  }

  Status read_fields(ledger::Seq seq, Then& out) {
    auto body = reader_.body(seq);
    if (!body && body.error().code == Code::kNotFound) return {};
    if (!body) return std::move(body).error();
    for (auto& field : *body) out.fields.emplace_back().field = std::move(field);
    return {};
  }

  static void withhold(Then& then, const Gap& gap) {
    const auto at = std::ranges::find_if(
        then.fields, [&](const PlannedField& planned) { return planned.field.name == gap.field; });
    if (at == then.fields.end()) return;
    const std::string code(gap.code);
    if (gap.whole) return at->ask(code);
    const auto count = records::segment_count(at->field);
    for (const auto& [first, last] : gap.ranges)
      for (std::size_t s = first; s <= last && s < count; ++s) at->ask(s, code);
  }

  void compare(const PlannedEntry& entry, ledger::Seq seq, const Then& then) {
    const bool same = entry.entry.seq == seq;
    const bool withholds = entry.withholds();
    std::map<std::string_view, Together> by_field;
    for (const auto& planned : entry.fields) {
      const auto& name = planned.field.name;
      const auto at = std::ranges::find_if(
          then.fields, [&](const PlannedField& other) { return other.field.name == name; });
      if (at == then.fields.end()) continue;
      Together found;
      if (repeats_everything(name)) {
        found.shown_before = withholds && at->shown_whole() && same;
      } else if (saying_of(name) == Saying::kNothing) {
        continue;
      } else if (planned.field.value == at->field.value && planned.field.cuts == at->field.cuts) {
        found = compared(planned, *at);
      } else if (is_text_field(name)) {
        found = compared_words(planned, *at);
      }
      auto& together = by_field[logical_name(name)];
      together.shown_before = together.shown_before || found.shown_before;
      if (together.withheld_before.empty()) together.withheld_before = found.withheld_before;
    }
    for (const auto& [name, together] : by_field) say(entry, name, together, then, same ? 0 : seq);
  }

  void say(const PlannedEntry& entry, std::string_view field, const Together& together, const Then& then,
           ledger::Seq version) {
    const auto where = (version == 0 ? std::string() : " in record " + std::to_string(version)) +
                       " by the disclosure of entry " + std::to_string(then.disclosure) + " (request " +
                       then.request + ")";
    const auto seq = entry.entry.seq;
    if (together.shown_before)
      doubt({seq,
             std::string(field),
             {},
             (repeats_everything(field) ? "it was handed out" + where + ", and says what is withheld here"
                                        : "what is withheld here was shown" + where) +
                 ": whoever has both bundles can read it"});
    if (!together.withheld_before.empty())
      doubt({seq,
             std::string(field),
             {},
             "what is shown here was withheld" + where + " under " + together.withheld_before +
                 ": whoever has both bundles can read it"});
  }

  void doubt(Remark remark) {
    if (++count_ > kMostDoubts + 1) return;
    if (count_ > kMostDoubts) remark.what += "; more such places are not named";
    plan_.doubtful.push_back(std::move(remark));
  }

  Plan& plan_;
  ledger::Reader& reader_;
  const Register& known_;
  std::map<ledger::Seq, std::vector<std::size_t>> beside_;
  std::size_t count_ = 0;
};

}  // namespace

Status doubt_earlier(Plan& plan, ledger::Reader& reader, const Register& known) {
  return Earlier(plan, reader, known).look();
}

}  // namespace muniment::foi
