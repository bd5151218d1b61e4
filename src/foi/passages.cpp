#include "foi/passages.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <map>
#include <span>

#include "base/utf8.hpp"
#include "bundle/words.hpp"
#include "foi/everyday_words.hpp"

namespace muniment::foi {
namespace {

using bundle::Needle;
using bundle::NeedleKind;
using bundle::Word;

constexpr std::size_t kWindow = 4;

std::string_view spelled(std::string_view text, const Word& word) {
  return text.substr(word.begin, word.end - word.begin);
}

bool begins_small(std::string_view word) {
  std::size_t at = 0;
  return u_islower(static_cast<UChar32>(base::next_code_point(word, at))) != 0;
}

enum class Weight { kNone, kWord, kName };

Weight weight_of(std::string_view text, const Word& word, const WordUse& use) {
  constexpr std::size_t kShortestName = 3;
  constexpr std::size_t kShortestWord = 5;
  const auto spelling = spelled(text, word);
  if (is_everyday_word(spelling)) return Weight::kNone;
  if (!word.letters) return word.length >= kShortestWord ? Weight::kName : Weight::kNone;
  if (!begins_small(spelling) && word.length >= kShortestName && !use.is_ever_small(word.hash))
    return Weight::kName;
  return word.length >= kShortestWord ? Weight::kWord : Weight::kNone;
}

// Names of two to four words: "Tobias Achterberg".
void add_names(std::string_view text, std::span<const Word> words, const std::vector<Weight>& weights,
               const std::string& from, const WordUse& use, std::vector<Needle>& runs) {
  constexpr std::size_t kMostWords = 4;
  for (std::size_t i = 0; i < words.size();) {
    std::size_t end = i;
    bool rare = false;
    while (end < words.size() && end - i < kMostWords && weights[end] == Weight::kName &&
           words[end].letters &&
           (end == i || text.substr(words[end - 1].end, words[end].begin - words[end - 1].end) == " ")) {
      rare = rare || !use.is_common(words[end].hash);
      ++end;
    }
    if (end - i >= 2 && rare)
      runs.push_back({NeedleKind::kWords,
                      std::string(text.substr(words[i].begin, words[end - 1].end - words[i].begin)), from});
    i = std::max(end, i + 1);
  }
}

void add_windows(std::string_view text, std::span<const Word> words, const std::vector<Weight>& weights,
                 const std::string& from, const WordUse& use, std::vector<Needle>& runs) {
  constexpr std::size_t kTelling = 2;
  for (std::size_t i = 0; i + kWindow <= words.size(); ++i) {
    std::size_t telling = 0;
    for (std::size_t k = i; k < i + kWindow; ++k)
      if (weights[k] != Weight::kNone && !use.is_common(words[k].hash)) ++telling;
    if (telling < kTelling) continue;
    const auto end = words[i + kWindow - 1].end;
    runs.push_back(
        {NeedleKind::kWords, std::string(text.substr(words[i].begin, end - words[i].begin)), from});
  }
}

}  // namespace

WordUse::WordUse(const Plan& plan) {
  std::map<std::string, std::size_t> items;
  for (const auto& entry : plan.entries) {
    const auto item = items.emplace(item_of(plan, entry), items.size() + 1).first->second;
    for (const auto& planned : entry.fields) {
      if (!is_text_field(planned.field.name)) continue;
      for (const auto& word : bundle::words_of(planned.field.value))
        if (begins_small(spelled(planned.field.value, word))) small_.insert(word.hash);
      for (const auto& word : bundle::words_of(planned.shown())) {
        auto& count = shown_[word.hash];
        if (count.last != item) ++count.items;
        count.last = item;
      }
    }
  }
  items_ = items.size();
}

std::size_t WordUse::items(std::uint64_t word) const {
  const auto at = shown_.find(word);
  return at == shown_.end() ? 0 : at->second.items;
}

bool WordUse::is_common(std::uint64_t word) const {
  constexpr std::size_t kFew = 4;
  constexpr std::size_t kOneIn = 20;
  return items(word) > std::max(kFew, items_ / kOneIn);
}

void weigh_passage(std::string_view run, const std::string& from, const WordUse& use, Passage& out,
                   std::vector<Needle>& runs) {
  const auto words = bundle::words_of(run);
  std::vector<Weight> weights;
  std::unordered_set<std::uint64_t> done;
  for (const auto& word : words) {
    weights.push_back(weight_of(run, word, use));
    if (!done.insert(word.hash).second) continue;
    Needle needle{NeedleKind::kWords, std::string(spelled(run, word)), from};
    if (weights.back() != Weight::kNone)
      out.telling.push_back({needle, word.hash, weights.back() == Weight::kName});
    out.words.push_back(std::move(needle));
  }
  add_names(run, words, weights, from, use, runs);
  add_windows(run, words, weights, from, use, runs);
}

}  // namespace muniment::foi
