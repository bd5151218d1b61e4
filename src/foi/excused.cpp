#include "foi/excused.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "bundle/words.hpp"
#include "foi/looked_for.hpp"
#include "foi/saying.hpp"
#include "foi/withheld_words.hpp"

namespace muniment::foi {
namespace {

using bundle::Needle;
using bundle::Needles;

constexpr std::size_t kMostNamed = 200;

struct Withheld {
  Needle needle;
  std::uint64_t plain = 0;  // bundle::Word::plain
  Remark remark;            // without where it is shown
};

std::unordered_set<std::uint64_t> hashes_looked_for(const Plan& plan) {
  std::unordered_set<std::uint64_t> out;
  for (const auto& name : plan.words.names)
    for (const auto& word : bundle::words_of(name.value)) out.insert(word.hash);
  for (const auto& passage : plan.words.passages)
    for (const auto& telling : passage.telling) out.insert(telling.hash);
  return out;
}

// Calls `visit` with each segment of these fields, and its number in the whole of a long text.
using Visit =
    std::function<void(const PlannedEntry&, const PlannedField&, std::size_t segment, std::size_t number)>;

void each_segment_of(const Plan& plan, const Visit& visit) {
  for (const auto& entry : plan.entries) {
    std::map<std::string_view, std::size_t> before;  // in the parts of a long text
    for (const auto& planned : entry.fields) {
      auto& number = before[logical_name(planned.field.name)];
      for (std::size_t s = 0; s < records::segment_count(planned.field); ++s)
        visit(entry, planned, s, number++);
    }
  }
}

// Each word of names and passages where it is withheld first; where somebody asked for it, if anywhere.
std::vector<Withheld> withheld_in(const Plan& plan) {
  const auto wanted = hashes_looked_for(plan);
  std::unordered_set<std::uint64_t> done;
  std::vector<Withheld> out;
  for (const bool followed : {false, true})
    each_segment_of(plan, [&](const auto& entry, const auto& planned, std::size_t s, std::size_t number) {
      const auto& code = planned.code_at(s);
      if (planned.followed != followed || code.empty() || planned.out_of_scope() ||
          saying_of(planned.field.name) != Saying::kWords)
        return;
      const auto segment = records::segment(planned.field, s);
      for (const auto& word : bundle::words_of(segment)) {
        if (!wanted.contains(word.hash) || !done.insert(word.hash).second) continue;
        out.push_back(
            {{bundle::NeedleKind::kWords, std::string(segment.substr(word.begin, word.end - word.begin)), {}},
             word.plain,
             {entry.entry.seq, std::string(logical_name(planned.field.name)), code,
              "word " + std::to_string(number)}});
      }
    });
  return out;
}

// Where a text shows each of these words first.
std::unordered_map<std::uint64_t, std::string> places_in_texts(const Plan& plan) {
  std::unordered_map<std::uint64_t, std::string> out;
  each_segment_of(plan, [&](const auto& entry, const auto& planned, std::size_t s, std::size_t number) {
    if (!is_text_field(planned.field.name) || !planned.code_at(s).empty()) return;
    for (const auto& word : bundle::words_of(records::segment(planned.field, s)))
      out.try_emplace(word.plain, label(entry, planned.field.name) + ", word " + std::to_string(number));
  });
  return out;
}

}  // namespace

std::vector<Remark> excused_words(const Plan& plan) {
  const auto withheld = withheld_in(plan);
  if (withheld.empty()) return {};
  const auto live = needles_to_look_for(plan);
  std::vector<Needle> all;
  for (const auto& one : withheld) all.push_back(one.needle);
  const Needles ever(all);  // a single letter never is
  Needles left(std::move(all));
  allow_surroundings(left, plan);
  const auto places = places_in_texts(plan);
  std::vector<Remark> out;
  for (const auto& [needle, plain, remark] : withheld) {
    if (ever.find_words(needle.value).empty() || !live.find_words(needle.value).empty()) continue;
    const auto at = places.find(plain);
    out.push_back(remark);
    if (left.find_words(needle.value).empty())
      out.back().what +=
          " is said by the bundle itself: the name of the authority or the log, a number or a date";
    else
      out.back().what +=
          " is shown in " + (at != places.end()
                                 ? at->second
                                 : std::string("the name or the host of an account, or in many items"));
    if (out.size() < kMostNamed) continue;
    out.back().what += "; more such words are not named";
    break;
  }
  std::ranges::stable_sort(out, {}, &Remark::seq);
  return out;
}

}  // namespace muniment::foi
