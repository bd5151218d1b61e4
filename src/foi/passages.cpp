#include "foi/passages.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <unordered_set>

#include "base/utf8.hpp"
#include "bundle/words.hpp"
#include "foi/everyday_words.hpp"
#include "foi/name_forms.hpp"

namespace muniment::foi {
namespace {

using bundle::Needle;
using bundle::NeedleKind;
using bundle::Word;

constexpr std::size_t kWindow = 4;

std::string_view spelled(std::string_view text, const Word& word) {
  return text.substr(word.begin, word.end - word.begin);
}

enum class Weight { kNone, kWord, kName };

Weight weight_of(std::string_view text, const Word& word, const WordUse& use) {
  constexpr std::size_t kShortestName = 3;
  constexpr std::size_t kShortestWord = 5;
  const auto spelling = spelled(text, word);
  if (is_everyday_word(spelling)) return Weight::kNone;
  if (!word.letters) return word.length >= kShortestWord ? Weight::kName : Weight::kNone;
  if (!begins_small(spelling) && word.length >= kShortestName && !use.is_mostly_small(word.hash))
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
    const auto name = text.substr(words[i].begin, words[std::max(end, i + 1) - 1].end - words[i].begin);
    if (end - i >= 2 && rare) {
      runs.push_back({NeedleKind::kWords, std::string(name), from});
      add_name_forms(name, false, from, runs);
    }
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

// Hiragana is grammar for the most part.
bool is_han_or_katakana(std::string_view text, const Word& word) {
  std::size_t at = word.begin;
  const char32_t c = base::next_code_point(text, at);
  return word.unspaced && ((c >= 0x30A0 && c <= 0x30FF) || c >= 0x3400);
}

// Three such characters side by side are about a word, or a name.
template <typename Visit>
void each_unspaced(std::string_view text, std::span<const Word> words, Visit visit) {
  constexpr std::size_t kTogether = 3;
  std::size_t together = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool goes_on = together > 0 && words[i].begin == words[i - 1].end;
    together = is_han_or_katakana(text, words[i]) ? (goes_on ? together + 1 : 1) : 0;
    if (together < kTogether) continue;
    bundle::SequenceHash hash;
    std::uint64_t key = 0;
    for (std::size_t k = i + 1 - kTogether; k <= i; ++k) key = hash.add(words[k].hash);
    const auto begin = words[i + 1 - kTogether].begin;
    visit(key, text.substr(begin, words[i].end - begin));
  }
}

// "o.h@post.example": each of its words may say nothing.
template <typename Visit>
void each_mail(std::string_view text, std::span<const Word> words, Visit visit) {
  constexpr std::string_view kInside = ".-_+";
  const auto joined = [&](std::size_t i) {  // to the word before, by a sign of an address
    return words[i].begin == words[i - 1].end + 1 &&
           kInside.find(text[words[i].begin - 1]) != std::string_view::npos;
  };
  for (std::size_t host = 1; host < words.size(); ++host) {
    if (words[host].begin != words[host - 1].end + 1 || text[words[host].begin - 1] != '@') continue;
    std::size_t first = host - 1;
    while (first > 0 && joined(first)) --first;
    std::size_t end = host + 1;
    while (end < words.size() && joined(end)) ++end;
    const bool mention = words[first].begin > 0 && text[words[first].begin - 1] == '@';
    if (end - host < 2 || mention) continue;
    bundle::SequenceHash hash;
    std::uint64_t key = 0;
    for (std::size_t i = first; i < end; ++i) key = hash.add(words[i].hash);
    visit(key, text.substr(words[first].begin, words[end - 1].end - words[first].begin));
  }
}

}  // namespace

WordUse::WordUse(const Plan& plan) {
  std::map<std::string, std::size_t> items;
  const auto count = [this](std::uint64_t word, std::size_t item) {
    auto& use = shown_[word];
    if (use.last != item) ++use.items;
    use.last = item;
  };
  for (const auto& entry : plan.entries) {
    const auto item = items.emplace(item_of(plan, entry), items.size() + 1).first->second;
    for (const auto& planned : entry.fields) {
      if (!is_text_field(planned.field.name)) continue;
      for (const auto& word : bundle::words_of(planned.field.value))
        if (word.letters) small_[word.hash] += begins_small(spelled(planned.field.value, word)) ? 1 : -1;
      const auto text = planned.shown();
      const auto words = bundle::words_of(text);
      for (const auto& word : words) count(word.hash, item);
      each_unspaced(text, words, [&](std::uint64_t hash, std::string_view) { count(hash, item); });
    }
  }
  items_ = items.size();
}

bool WordUse::is_mostly_small(std::uint64_t word) const {
  const auto at = small_.find(word);
  return at != small_.end() && at->second > 0;
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

bool WordUse::is_common_name(std::uint64_t word) const {
  constexpr std::size_t kFew = 12;
  constexpr std::size_t kOneIn = 8;
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
  each_unspaced(run, words, [&](std::uint64_t hash, std::string_view three) {
    if (done.insert(hash).second)
      out.telling.push_back({{NeedleKind::kWords, std::string(three), from}, hash, true});
  });
  each_mail(run, words, [&](std::uint64_t hash, std::string_view mail) {
    if (done.insert(hash).second)
      out.telling.push_back({{NeedleKind::kWords, std::string(mail), from}, hash, true});
  });
  add_names(run, words, weights, from, use, runs);
  add_windows(run, words, weights, from, use, runs);
}

}  // namespace muniment::foi
