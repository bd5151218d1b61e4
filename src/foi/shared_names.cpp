#include "foi/shared_names.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "bundle/words.hpp"
#include "foi/doubt_list.hpp"
#include "foi/everyday_words.hpp"
#include "foi/looked_for.hpp"
#include "foi/name_forms.hpp"
#include "foi/passages.hpp"
#include "foi/withheld_words.hpp"

namespace muniment::foi {
namespace {

using bundle::Needle;
using bundle::NeedleKind;
using bundle::Needles;

constexpr std::size_t kMostDoubts = 50;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string without(std::string text, std::string_view phrase) {
  const auto same = [](char a, char b) { return lower(a) == lower(b); };
  for (auto from = text.begin(); !phrase.empty();) {
    const auto at = std::search(from, text.end(), phrase.begin(), phrase.end(), same);
    if (at == text.end()) break;
    from = std::fill_n(at, phrase.size(), '\n');
  }
  return text;
}

// Those of which nothing is looked for because of the surroundings.
std::vector<Needle> allowed_of(std::vector<Needle> names, const Plan& plan) {
  Needles left(names);
  allow_surroundings(left, plan);
  std::erase_if(names, [&](const Needle& name) { return !left.find_words(name.value).empty(); });
  return names;
}

std::vector<Needle> shared_singles(const Plan& plan) {
  constexpr std::size_t kShortest = 3;
  std::vector<Needle> names;
  for (const auto& name : plan.words.names) {
    const auto words = bundle::words_of(name.value);
    if (words.size() == 1 && words[0].letters && words[0].length >= kShortest &&
        is_person_field(field_of(name.from)))
      names.push_back(name);
  }
  return allowed_of(std::move(names), plan);
}

class SharedNames {
 public:
  explicit SharedNames(Plan& plan) : plan_(plan), names_(shared_singles(plan)) {
    for (const auto& name : plan.words.names) words_of_names_[name.from].insert(name.value);
  }

  void look() {
    if (names_.size() == 0) return;
    for (const auto& entry : plan_.entries)
      for (const auto& planned : entry.fields)
        if (is_text_field(planned.field.name) && !is_person_field(planned.field.name) && !planned.kept &&
            !planned.shows_nothing())
          look_at(entry, planned);
    for (auto& [from, places] : maybe_) {
      auto& remark = places.front();
      if (places.size() > 1)
        remark.what += ", here and in " + std::to_string(places.size() - 1) + " more texts";
      plan_.doubtful.push_back(std::move(remark));
    }
  }

 private:
  void look_at(const PlannedEntry& entry, const PlannedField& planned) {
    const auto text = without_surroundings(plan_, planned.shown());
    const Needle* maybe = nullptr;
    for (const auto& match : names_.find_words(text)) {
      if (begins_small(std::string_view(text).substr(match.begin))) continue;
      const auto& name = names_[match.needle];
      if (is_after_its_like(text, match.begin, name.from)) return doubts_.add(remark(entry, planned, name));
      if (!is_everyday_word(name.value)) maybe = &name;
    }
    if (maybe != nullptr) maybe_[maybe->from].push_back(remark(entry, planned, *maybe));
  }

  static Remark remark(const PlannedEntry& entry, const PlannedField& planned, const Needle& name) {
    return {
        entry.entry.seq,
        planned.field.name,
        {},
        "it may say a name withheld in " + name.from +
            ", which is not looked for: the bundle itself says it (the authority's name, the log's, a date)"};
  }

  // "Mrs Harbour", "Olwen Harbour"
  bool is_after_its_like(std::string_view text, std::size_t begin, const std::string& from) const {
    const auto before = word_before(text, begin);
    return is_title(before) || words_of_names_.at(from).contains(std::string(before));
  }

  Plan& plan_;
  const Needles names_;
  std::map<std::string, std::set<std::string>> words_of_names_;  // by Needle::from
  std::map<std::string, std::vector<Remark>> maybe_;
  DoubtList doubts_{plan_, kMostDoubts};
};

}  // namespace

std::vector<Needle> names_in_surroundings(const Plan& plan) {
  std::vector<Needle> names;
  for (const auto& run : plan.words.runs)
    if (const auto words = bundle::words_of(run.value).size();
        run.kind == NeedleKind::kWords && words >= 2 && words <= kLongestName)
      names.push_back(run);
  return allowed_of(std::move(names), plan);
}

std::string without_surroundings(const Plan& plan, std::string text) {
  return without(without(std::move(text), plan.authority), plan.origin);
}

void doubt_shared_names(Plan& plan) {
  SharedNames(plan).look();
}

}  // namespace muniment::foi
