#include "polls/api_poll.hpp"

#include <algorithm>

#include "polls/answers.hpp"

namespace muniment::polls {

using sources::Answer;
using sources::Ask;
using sources::Fate;
using sources::Held;
using sources::Json;
using sources::JsonPage;
using sources::PollSettings;
using sources::Reading;
using sources::SavedContext;
using sources::SavedFormat;
using sources::Verdict;

ApiPoll::ApiPoll(const PollSettings& settings, std::size_t most_pages)
    : most_pages_(most_pages), memory_(memory_lines(settings.cursor)), recheck_(memory_, settings.now) {}

std::string ApiPoll::cursor() const {
  auto memory = memory_;
  for (const auto& [name, list] : lists_)
    if (!list.newest.empty()) memory[name] = std::max(list.newest, remembered(name));
  recheck_.remember(memory);
  remember_more(memory);
  return cursor_of(memory);
}

Ask ApiPoll::ask(std::string step, std::string url) const {
  Ask out{.url = std::move(url), .accept = accept_, .about = ""};
  out.shows = shows_;
  out.step = std::move(step);
  return out;
}

Ask ApiPoll::ask_about(std::string step, std::string url, const std::string& id) const {
  auto out = ask(std::move(step), std::move(url));
  out.about = id;
  return out;
}

Result<Reading> ApiPoll::items_of(const SavedFormat& format, const Answer& answer,
                                  const std::string& origin) {
  SavedContext context;
  context.origin = origin;
  Reading reading;
  if (auto read = format.read(answer.body, context, reading); !read) return read.error();
  reading.verdicts.clear();  // those of saved files are about other times
  came(reading);
  return reading;
}

void ApiPoll::came(const Reading& reading) {
  for (const auto& item : reading.items) came_.insert(item.interaction.id);
}

void ApiPoll::note(const std::string& name, const Reading& reading) {
  auto& list = lists_[name];
  const auto before = remembered(name);
  list.any_new = false;
  for (const auto& item : reading.items) {
    const auto& posted = item.interaction.posted;
    if (posted.empty()) continue;
    list.newest = std::max(list.newest, posted);
    list.oldest = list.oldest.empty() ? posted : std::min(list.oldest, posted);
    list.any_new = list.any_new || posted > before;
  }
}

void ApiPoll::go_on(const std::string& name, Ask next, Reading& reading) {
  note(name, reading);
  auto& list = lists_[name];
  if (!list.any_new) return;
  if (++list.pages >= most_pages_)
    reading.remarks.push_back("the list was read for " + std::to_string(most_pages_) +
                              " pages; what follows was not");
  else if (asked_.insert(next.url).second)
    reading.next.push_back(std::move(next));
  else
    reading.remarks.push_back("the list names a page as its next that was read already");
}

bool ApiPoll::is_within(const std::string& name, const Held& one) const {
  const auto list = lists_.find(name);
  if (list == lists_.end() || has_come(one.id)) return false;
  const auto& [newest, oldest, pages, any_new, whole] = list->second;
  if (whole) return true;
  return !oldest.empty() && one.posted > oldest && one.posted <= newest;
}

bool ApiPoll::has_ended(const std::string& name) const {
  const auto list = lists_.find(name);
  return list != lists_.end() && list->second.whole;
}

std::string ApiPoll::remembered(std::string_view name) const {
  const auto found = memory_.find(name);
  return found == memory_.end() ? std::string() : found->second;
}

std::vector<const Held*> ApiPoll::due(const std::vector<Held>& held, std::size_t most_missing,
                                      const std::function<bool(const Held&)>& may,
                                      const std::function<bool(const Held&)>& must) {
  std::vector<const Held*> out;
  for (const auto& one : held)
    if (out.size() < most_missing && !has_come(one.id) && may(one) && must(one)) out.push_back(&one);
  const auto turn = recheck_.choose(held, [&](const Held& one) {
    return !has_come(one.id) && may(one) && std::ranges::find(out, &one) == out.end();
  });
  out.insert(out.end(), turn.begin(), turn.end());
  return out;
}

Verdict ApiPoll::verdict(const Ask& asked, Fate fate, const Answer& answer, std::string_view words) {
  return {asked.about, fate, answer.status, std::string(words.substr(0, 200))};
}

Result<JsonPage> json_answer(const Answer& answer, const std::function<std::string(Json)>& words) {
  auto page = JsonPage::parse(answer.body);
  if (auto refused = refusal(answer, page ? words(page->root()) : std::string())) return std::move(*refused);
  return page;
}

}  // namespace muniment::polls
