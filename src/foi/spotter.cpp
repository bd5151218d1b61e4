#include "foi/spotter.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cstdint>

namespace muniment::foi {
namespace {

constexpr std::size_t kStretch = 8;        // words that "..." may stand for
constexpr std::size_t kMostStretches = 3;  // in a phrase: the work for one place is bounded by it
constexpr std::size_t kMostPlaces = 16;
constexpr std::string_view kSentenceEnd = ".";
constexpr std::string_view kQuestion = "?";

Error invalid(std::string what) {
  return {Code::kInvalid, "the spotter's rules: " + std::move(what), {}};
}

bool is_letter(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

// Lower case, and without apostrophes, straight or curly: "I’d" is "id".
std::string plain(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') continue;
    if (text.substr(i, 3) == "\xE2\x80\x99") {
      i += 2;
      continue;
    }
    out.push_back(text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i]);
  }
  return out;
}

// Words, and the marks that end a sentence.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size() && words.size() < Spotter::kMostWords;) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (is_letter(c)) {
      std::size_t end = at;
      while (end < text.size() && (is_letter(static_cast<unsigned char>(text[end])) ||
                                   (text[end] == '-' && end + 1 < text.size() &&
                                    is_letter(static_cast<unsigned char>(text[end + 1])))))
        ++end;
      words.push_back(text.substr(at, end - at));
      at = end;
      continue;
    }
    if (c == '?') words.push_back(kQuestion);
    // A full stop inside a number or an address ends no sentence.
    const bool inside = at + 1 < text.size() && is_letter(static_cast<unsigned char>(text[at + 1]));
    if (c == '!' || c == '\n' || (c == '.' && !inside)) words.push_back(kSentenceEnd);
    ++at;
  }
  return words;
}

bool ends_sentence(std::string_view word) {
  return word == kSentenceEnd || word == kQuestion;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto part = text.substr(0, text.find(separator));
    if (!part.empty()) out.emplace_back(part);
    text.remove_prefix(std::min(part.size() + 1, text.size()));
  }
  return out;
}

std::vector<std::string> strings(const toml::node_view<const toml::node> node) {
  std::vector<std::string> out;
  if (const auto* list = node.as_array())
    for (const auto& one : *list) out.push_back(one.value_or(std::string()));
  return out;
}

}  // namespace

Result<Spotter::Phrase> Spotter::read_phrase(const std::string& text) const {
  Phrase phrase;
  std::size_t stretches = 0;
  for (const auto& part : split(plain(text), ' ')) {
    Place place;
    place.stretch = part == "...";
    stretches += place.stretch ? 1U : 0U;
    if (!place.stretch)
      for (const auto& choice : split(part, '|')) {
        std::vector<std::string> choices = {choice};
        if (choice.starts_with('@')) {
          const auto list = lists_.find(choice.substr(1));
          if (list == lists_.end()) return invalid("there is no list of words called " + choice);
          choices = list->second;
        }
        for (const auto& one : choices) {
          const auto blank = one.find(' ');
          if (blank != std::string::npos)
            place.pairs.emplace_back(one.substr(0, blank), one.substr(blank + 1));
          else if (one.ends_with('*'))
            place.beginnings.push_back(one.substr(0, one.size() - 1));
          else
            place.words.push_back(one);
        }
      }
    std::sort(place.words.begin(), place.words.end());
    phrase.push_back(std::move(place));
  }
  if (phrase.empty() || phrase.front().stretch || stretches > kMostStretches || phrase.size() > kMostPlaces)
    return invalid("\"" + text + "\" is empty, begins with a stretch, or has too many places");
  return phrase;
}

Result<Spotter> Spotter::parse(std::string_view text) {
  Spotter spotter;
  try {
    const toml::table table = toml::parse(text);
    spotter.language_ = table["language"].value_or(std::string());
    spotter.version_ = table["version"].value_or(std::int64_t{0});
    spotter.threshold_ = table["threshold"].value_or(0);
    if (const auto* lists = table["words"].as_table())
      for (const auto& [name, list] : *lists)
        for (const auto& word : strings(toml::node_view<const toml::node>(list)))
          spotter.lists_[plain(name.str())].push_back(plain(word));
    if (const auto* rules = table["rule"].as_array())
      for (const auto& node : *rules) {
        const toml::node_view<const toml::node> row(node);
        SpotterRule rule{row["id"].value_or(std::string()), row["says"].value_or(std::string()),
                         row["weight"].value_or(0)};
        if (rule.id.empty() || rule.says.empty() || rule.weight == 0)
          return invalid("one lacks its id, its sentence or its weight");
        std::vector<Phrase> phrases;
        for (const auto& written : strings(row["phrases"])) {
          auto phrase = spotter.read_phrase(written);
          if (!phrase) return wrap(phrase.error(), rule.id);
          phrases.push_back(*std::move(phrase));
        }
        if (phrases.empty()) return invalid(rule.id + " has no phrases");
        spotter.rules_.push_back(std::move(rule));
        spotter.phrases_.push_back(std::move(phrases));
      }
  } catch (const toml::parse_error& error) {
    return invalid("line " + std::to_string(error.source().begin.line) + ": " +
                   std::string(error.description()));
  }
  if (spotter.language_.empty() || spotter.threshold_ <= 0 || spotter.rules_.empty())
    return invalid("they lack a language, a threshold or any rule");
  return spotter;
}

bool Spotter::stands_at(const Phrase& phrase, std::size_t place, const Words& words, std::size_t at) {
  if (place == phrase.size()) return true;
  const Place& wanted = phrase[place];
  if (wanted.stretch) {
    for (std::size_t passed = 0; passed <= kStretch; ++passed, ++at) {
      if (stands_at(phrase, place + 1, words, at)) return true;
      if (at >= words.size() || ends_sentence(words[at])) return false;
    }
    return false;
  }
  if (at >= words.size()) return false;
  const auto word = words[at];
  const bool one = std::binary_search(wanted.words.begin(), wanted.words.end(), word) ||
                   std::any_of(wanted.beginnings.begin(), wanted.beginnings.end(),
                               [&](const std::string& beginning) { return word.starts_with(beginning); });
  if (one && stands_at(phrase, place + 1, words, at + 1)) return true;
  if (at + 1 >= words.size()) return false;
  return std::any_of(wanted.pairs.begin(), wanted.pairs.end(),
                     [&](const auto& pair) { return pair.first == word && pair.second == words[at + 1]; }) &&
         stands_at(phrase, place + 1, words, at + 2);
}

Spotted Spotter::look_at(std::string_view text) const {
  const std::string lower = plain(text);
  const Words words = words_of(lower);
  Spotted spotted;
  for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
    const auto found = [&](const Phrase& phrase) {
      for (std::size_t at = 0; at < words.size(); ++at)
        if (stands_at(phrase, 0, words, at)) return true;
      return false;
    };
    if (!std::any_of(phrases_[rule].begin(), phrases_[rule].end(), found)) continue;
    spotted.score += rules_[rule].weight;
    spotted.reasons.push_back(&rules_[rule]);
  }
  spotted.possible = spotted.score >= threshold_;
  return spotted;
}

}  // namespace muniment::foi
