#include "polls/backfill.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"

namespace muniment::polls {
Backfill::Backfill(const MemoryLines& known, const MemoryLines& resume, std::size_t most_pages,
                   IsOlder is_older)
    : known_(known), most_pages_(most_pages), is_older_(is_older) {
  for (const auto& [name, value] : resume) {
    if (!name.starts_with(kBackfill)) continue;
    const auto words = words_of(value);
    if (words.size() % 2 == 0 || words.size() > 2 * kMostStretches + 1) continue;
    State state{words[0], {}};
    for (std::size_t i = 1; i < words.size(); i += 2)
      if (!words[i].empty()) state.unread.push_back({words[i], words[i + 1]});
    left_[name.substr(kBackfill.size())] = std::move(state);
  }
}

Backfill::List& Backfill::list(const std::string& name) {
  const auto [place, is_new] = lists_.try_emplace(name);
  auto& out = place->second;
  if (!is_new) return out;
  if (const auto known = known_.find(name); known != known_.end()) out.known = known->second;
  if (const auto left = left_.find(name); left != left_.end()) out.state = left->second;
  out.state.unread.insert(out.state.unread.begin(),
                          {"", out.state.newest.empty() ? out.known : out.state.newest});
  return out;
}

Backfill::Page Backfill::ask(const std::string& name, bool is_resumed) {
  auto& it = list(name);
  const auto& cursor = it.state.unread.front().at;
  it.cursors.insert(cursor);
  pages_.push_back({name, it.state, is_resumed, false});
  return {pages_.size(), name, cursor};
}

Backfill::Page Backfill::top(const std::string& name) {
  return ask(name, false);
}

void Backfill::extend(List& list, const ListPage& page) const {
  if (page.newest.empty()) return;
  const bool is_apart = std::exchange(list.is_apart, false);
  if (is_newer(page.newest, list.state.newest)) list.state.newest = page.newest;
  if (list.runs.empty() || is_apart) list.runs.push_back({page.newest, page.oldest});
  auto& run = list.runs.back();
  if (is_newer(page.newest, run.newest)) run.newest = page.newest;
  if (is_older_(page.oldest, run.oldest)) run.oldest = page.oldest;
}

Backfill::Turn Backfill::read(std::size_t number, const ListPage& page) {
  MUNIMENT_CHECK(number != 0 && number <= pages_.size(), "a page that came was asked for");
  pages_.at(number - 1).came = true;
  const auto name = pages_[number - 1].list;
  const bool is_resumed = pages_[number - 1].is_resumed;
  auto& it = list(name);
  if (it.state.unread.empty()) return {};
  ++it.pages;
  it.is_apart = it.is_apart || is_resumed;
  extend(it, page);
  it.below = page.next;
  if (page.next.empty()) {
    it.state.unread.clear();
    it.has_ended = true;
    it.hides_older = page.hides_older;
    return {.is_empty = is_resumed && page.newest.empty()};
  }
  auto& stretch = it.state.unread.front();
  it.empty = page.newest.empty() ? it.empty + 1 : 0;
  // An empty page tells nothing of what is below it.
  const bool goes_on = page.newest.empty() ? it.empty < kMostEmptyPages
                                           : stretch.until.empty() || is_newer(page.newest, stretch.until);
  if (goes_on)
    stretch.at = page.next;
  else
    it.state.unread.erase(it.state.unread.begin());
  auto turn = it.state.unread.empty() ? Turn{} : go_on(name, !goes_on);
  turn.is_barren = !goes_on && page.newest.empty();
  return turn;
}

Backfill::Turn Backfill::go_on(const std::string& name, bool is_resumed) {
  auto& it = list(name);
  if (it.pages >= most_pages_) return {.is_cut_off = true};
  if (it.cursors.contains(it.state.unread.front().at)) {
    it.state.unread.clear();
    return {.is_circular = true};
  }
  return {.next = ask(name, is_resumed)};
}

bool Backfill::is_resumed(std::size_t number) const {
  return number != 0 && number <= pages_.size() && pages_[number - 1].is_resumed && !pages_[number - 1].came;
}

Backfill::Turn Backfill::refused(std::size_t number) {
  MUNIMENT_CHECK(is_resumed(number), "only a page where an earlier poll stopped is refused");
  pages_[number - 1].came = true;
  const auto name = pages_[number - 1].list;
  auto& it = list(name);
  it.cursors.erase(std::exchange(it.state.unread.front().at, it.below));
  it.cursors.erase(it.below);
  return go_on(name, false);
}

bool Backfill::is_within(const std::string& name, std::string_view key) const {
  const auto found = lists_.find(name);
  if (found == lists_.end()) return false;
  const auto& runs = found->second.runs;
  const bool to_its_end = found->second.has_ended && !found->second.hides_older;
  if (has_ended(name) && to_its_end) return true;
  return std::ranges::any_of(runs, [&](const Run& run) {
    const bool is_last = to_its_end && &run == &runs.back();
    return !is_newer(key, run.newest) && (is_last || is_newer(key, run.oldest));
  });
}

bool Backfill::has_ended(const std::string& name) const {
  const auto found = lists_.find(name);
  return found != lists_.end() && found->second.has_ended && found->second.runs.size() <= 1;
}

void Backfill::remember(MemoryLines& memory) const {
  for (const auto& [name, it] : lists_)
    if (!it.state.newest.empty() && !is_older_(it.state.newest, it.known)) memory[name] = it.state.newest;
}

std::string Backfill::line_of(const State& state, const std::string& known) {
  auto unread = state.unread;
  std::erase_if(unread, [](const Stretch& one) { return one.at.empty(); });
  if (unread.empty() && (state.newest.empty() || state.newest == known)) return {};
  while (unread.size() > kMostStretches) {
    unread[0].until = unread[1].until;
    unread.erase(unread.begin() + 1);
  }
  auto out = word_of(state.newest);
  for (const auto& one : unread) out += " " + word_of(one.at) + " " + word_of(one.until);
  return out;
}

MemoryLines Backfill::resume(const std::set<std::size_t>& open) const {
  const auto is_short = [](const State& state) {
    return std::ranges::all_of(state.unread,
                               [](const Stretch& one) { return one.at.size() <= kLongestCursor; });
  };
  MemoryLines out;
  for (const auto& [name, state] : left_) out[std::string(kBackfill) + name] = line_of(state, "");
  for (const auto& [name, it] : lists_) {
    const auto* state = &it.state;
    for (std::size_t i = pages_.size(); i-- > 0;)
      if (pages_[i].list == name && (open.contains(i + 1) || !is_short(*state))) state = &pages_[i].before;
    out[std::string(kBackfill) + name] = line_of(*state, it.known);
  }
  return out;
}

bool Backfill::is_read_again(std::size_t number, const std::set<std::size_t>& open) const {
  if (number == 0 || number > pages_.size()) return false;
  const auto& page = pages_[number - 1];
  const auto& front = page.before.unread;
  if (!front.empty() && front.front().at.empty()) return true;  // the top
  return std::ranges::any_of(
      open, [&](std::size_t one) { return one != 0 && one <= number && pages_[one - 1].list == page.list; });
}

}  // namespace muniment::polls
