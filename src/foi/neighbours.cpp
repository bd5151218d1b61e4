#include "foi/neighbours.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "foi/looked_for.hpp"
#include "foi/saying.hpp"

namespace muniment::foi {
namespace {

using bundle::Needles;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool is_authors(std::string_view field) {
  return field.starts_with("author.") || field.starts_with("recipient.") ||
         field.starts_with("repost.author.") || field == "actor" || field == "written.by";
}

bool is_withheld_whole(const PlannedEntry& entry, std::string_view text) {
  const auto parts = parts_of(entry, text);
  return !parts.empty() &&
         std::ranges::all_of(parts, [&](auto i) { return entry.fields[i].shows_nothing(); });
}

// The telling words of one item's passages.
struct Said {
  std::vector<const Passage*> passages;
  Needles needles;
  std::vector<std::pair<std::string, std::string>>
      within;  // long enough to be known inside another word; from

  Said(const Plan& plan, const std::unordered_map<std::uint64_t, bool>& telling,
       std::vector<const Passage*> of)
      : passages(std::move(of)), needles(needles_within(plan, telling, passages)) {
    constexpr std::size_t kLongWord = 7;
    constexpr std::size_t kLongName = 5;
    std::unordered_set<std::string> names;
    for (const auto* passage : passages)
      for (const auto& one : passage->telling)
        if (one.name) names.insert(one.needle.value);
    for (const auto& needle : needles.live())
      if (needle.value.size() >= (names.contains(needle.value) ? kLongName : kLongWord))
        within.emplace_back(lower(needle.value), needle.from);
  }

  std::string first_in(std::string_view value) const {
    if (auto from = said_in(value, needles); !from.empty()) return from;
    const auto small = lower(value);
    for (const auto& [word, from] : within)
      if (small.find(word) != std::string::npos) return from;
    return {};
  }
};

class Neighbours {
 public:
  explicit Neighbours(Plan& plan) : plan_(plan) {}

  void withhold() {
    if (!plan_.words.passages.empty()) withhold_what_says_passages();
    for (auto& entry : plan_.entries) withhold_made_of_text(entry);
  }

 private:
  void withhold_what_says_passages() {
    std::map<std::string, std::vector<const Passage*>> passages;
    std::map<std::string, std::vector<PlannedEntry*>> entries;
    for (const auto& passage : plan_.words.passages)
      passages[item_of(plan_, plan_.entries[passage.entry])].push_back(&passage);
    for (auto& entry : plan_.entries) entries[item_of(plan_, entry)].push_back(&entry);
    const auto telling = telling_within(plan_);
    for (auto& [item, of_item] : passages) {
      const Said said(plan_, telling, std::move(of_item));
      for (auto* entry : entries[item]) look_at(*entry, said);
    }
  }

  void look_at(PlannedEntry& entry, const Said& said) {
    for (auto& planned : entry.fields) {
      const std::string_view name = planned.field.name;
      if (planned.kept || planned.shows_nothing() || is_authors(name) || repeats_everything(name) ||
          saying_of(name) == Saying::kNothing || logical_name(name) == "text")
        continue;
      const bool own = std::ranges::any_of(
          said.passages, [&](const Passage* passage) { return passage->field == logical_name(name); });
      if (own && !planned.shown_whole()) continue;  // the officer went through it word by word
      const auto from = said.first_in(planned.shown());
      if (from.empty()) continue;
      if (is_text_field(name))
        withhold_words(planned, said, from);
      else
        planned.follow(code_of(from));
      plan_.automatic.push_back({entry.entry.seq, planned.field.name, code_of(from),
                                 "it says a word of what is withheld in " + from, how_to_keep(entry, name)});
    }
  }

  void withhold_words(PlannedField& planned, const Said& said, const std::string& from) {
    const auto before = planned.shown();
    for (std::size_t s = 0; s < records::segment_count(planned.field); ++s)
      if (const auto says = said.first_in(records::segment(planned.field, s)); !says.empty())
        planned.follow(s, code_of(says));
    if (planned.shown() == before || !said.first_in(planned.shown()).empty()) planned.follow(code_of(from));
  }

  void withhold_made_of_text(PlannedEntry& entry) {
    if (entry.value("platform") == "contact" || !is_withheld_whole(entry, "text")) return;
    const auto& code = entry.fields[parts_of(entry, "text").front()];
    for (const auto name : {"links", "mentions", "tags"}) {
      auto* planned = entry.find(name);
      if (planned == nullptr || planned->kept || planned->shows_nothing()) continue;
      planned->follow(code.code_at(0));
      plan_.automatic.push_back({entry.entry.seq, planned->field.name, code.code_at(0),
                                 "it is taken from the text, which is withheld whole",
                                 how_to_keep(entry, planned->field.name)});
    }
  }

  const std::string& code_of(const std::string& from) const { return plan_.words.codes.at(from); }

  Plan& plan_;
};

}  // namespace

void withhold_neighbours(Plan& plan) {
  Neighbours(plan).withhold();
}

}  // namespace muniment::foi
