#include "polls/recheck.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "base/time.hpp"

namespace muniment::polls {
namespace {

using sources::Held;

constexpr std::string_view kPrefix = "recheck.";
constexpr std::size_t kRules = std::size(kRecheckRules);

std::size_t rule_for(const Held& item, const std::optional<base::Time>& now) {
  const auto posted = base::parse_rfc3339(item.posted);
  if (!now || !posted) return kRules - 1;
  const auto age = std::chrono::duration_cast<std::chrono::hours>(*now - *posted);
  const auto rule =
      std::ranges::find_if(kRecheckRules, [&](const auto& one) { return age < one.younger_than; });
  return rule == std::end(kRecheckRules) ? kRules - 1
                                         : static_cast<std::size_t>(rule - std::begin(kRecheckRules));
}

}  // namespace

Recheck::Recheck(const MemoryLines& memory, std::string_view now) : now_(now) {
  for (const auto& [name, value] : memory)
    if (name.starts_with(kPrefix)) last_[name] = value;
}

std::vector<const Held*> Recheck::choose(const std::vector<Held>& held,
                                         const std::function<bool(const Held&)>& may) {
  const auto now = base::parse_rfc3339(now_);
  std::array<std::vector<const Held*>, kRules> ages;
  for (const auto& item : held)
    if (may(item)) ages[rule_for(item, now)].push_back(&item);
  std::vector<const Held*> out;
  for (std::size_t i = 0; i < kRules; ++i) {
    auto& age = ages[i];
    if (age.empty()) continue;
    std::ranges::sort(age, {}, &Held::id);
    auto& last = last_[std::string(kPrefix) + std::string(kRecheckRules[i].name)];
    const auto next = std::ranges::upper_bound(age, std::string_view(last), {},
                                               [](const Held* one) { return std::string_view(one->id); });
    std::rotate(age.begin(), next, age.end());
    age.resize(std::min(age.size(), kRecheckRules[i].a_poll));
    Turn turn{std::string(kPrefix) + std::string(kRecheckRules[i].name), last, {}};
    for (const auto* one : age) turn.chosen.push_back(one->id);
    turns_.push_back(std::move(turn));
    last = age.back()->id;
    out.insert(out.end(), age.begin(), age.end());
  }
  return out;
}

void Recheck::carry_on(const MemoryLines& lines) {
  for (const auto& [name, value] : lines)
    if (name.starts_with(kPrefix)) last_[name] = value;
}

bool Recheck::has_chosen(std::string_view id) const {
  return std::ranges::any_of(
      turns_, [&](const Turn& turn) { return std::ranges::find(turn.chosen, id) != turn.chosen.end(); });
}

void Recheck::resume(const std::function<bool(std::string_view id)>& was_left, MemoryLines& lines) const {
  if (turns_.empty()) return;
  remember(lines);
  for (const auto& turn : turns_) {
    const auto first = std::ranges::find_if(turn.chosen, was_left);
    lines[turn.name] = first == turn.chosen.begin() ? turn.before : *std::prev(first);
  }
}

void Recheck::remember(MemoryLines& memory) const {
  for (const auto& [name, id] : last_) memory[name] = id;
}

}  // namespace muniment::polls
