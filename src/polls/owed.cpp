#include "polls/owed.hpp"

#include <algorithm>
#include <charconv>

namespace muniment::polls {
namespace {

using sources::Ask;
using sources::Later;

const std::string kNone = "owed";
constexpr std::string_view kPrefix = "owed.";
constexpr std::size_t kWords = 4;

bool is_of_owed(const auto& line) {
  return line.first == kNone || line.first.starts_with(kPrefix);
}

std::string place(std::size_t number) {
  const auto digits = std::to_string(number);
  return std::string(kPrefix) + std::string(3 - std::min<std::size_t>(digits.size(), 3), '0') + digits;
}

}  // namespace

Owed::Owed(const MemoryLines& memory, const MemoryLines& carried) {
  const bool is_carried = std::ranges::any_of(carried, [](const auto& line) { return is_of_owed(line); });
  had_some_ = is_carried || std::ranges::any_of(memory, [](const auto& line) { return is_of_owed(line); });
  for (const auto& [name, value] : is_carried ? carried : memory) {
    if (!name.starts_with(kPrefix) || questions_.size() == kMostOwed) continue;
    auto words = words_of(value);
    if (words.size() != kWords || words[3].empty()) continue;
    Question one{0, std::move(words[1]), std::move(words[2]), std::move(words[3]), false};
    std::from_chars(words[0].data(), words[0].data() + words[0].size(), one.polls);
    questions_.push_back(std::move(one));
  }
}

std::vector<Owed::Question>::iterator Owed::find(std::string_view url) {
  return std::ranges::find(questions_, url, &Question::url);
}

std::vector<Owed::Question> Owed::take(const std::function<bool(std::string_view url)>& is_asked) {
  std::vector<Question> out;
  for (const auto& one : questions_)
    if (out.size() < kOwedAPoll && !one.is_new && !is_asked(one.url)) out.push_back(one);
  return out;
}

void Owed::answered(std::string_view url) {
  if (const auto found = find(url); found != questions_.end()) questions_.erase(found);
}

bool Owed::add(const Ask& ask) {
  if (find(ask.url) != questions_.end()) return true;
  if (questions_.size() == kMostOwed || ask.url.size() > kLongestOwed) return false;
  questions_.push_back({0, ask.step, ask.about, ask.url, true});
  return true;
}

Later Owed::failed(const Ask& ask) {
  if (!add(ask)) return Later::kNever;
  const auto found = find(ask.url);
  if (found->polls++ < kOwedPolls) return Later::kAgain;
  questions_.erase(found);
  return Later::kNever;
}

// Those that waited longest come first in the next poll, those that were asked in this one last.
void Owed::write(MemoryLines& lines, bool says_none) const {
  std::erase_if(lines, [](const auto& line) { return is_of_owed(line); });
  auto in_turn = questions_;
  std::ranges::stable_sort(in_turn, {}, &Question::polls);
  for (std::size_t i = 0; i < in_turn.size(); ++i) {
    const auto& one = in_turn[i];
    lines[place(i)] = std::to_string(one.polls) + " " + word_of(one.step) + " " + word_of(one.about) + " " +
                      word_of(one.url);
  }
  if (says_none && in_turn.empty() && had_some_) lines[kNone] = "-";
}

}  // namespace muniment::polls
