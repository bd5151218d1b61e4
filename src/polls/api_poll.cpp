#include "polls/api_poll.hpp"

#include <algorithm>
#include <utility>

#include "sources/claims.hpp"

namespace muniment::polls {
namespace {

constexpr std::string_view kAnswered = "answered.";  // begins a line of what is carried on
constexpr std::size_t kMostAnswered = 500;

bool goes_on_in_a_list(const MemoryLines& carried) {
  return std::ranges::any_of(carried, [](const auto& line) {
    return line.first.starts_with(kBackfill) && line.second.find(' ') != std::string::npos;
  });
}

}  // namespace

using sources::SavedContext;
using sources::SavedFormat;

ApiPoll::ApiPoll(const PollSettings& settings, std::size_t most_pages, Backfill::IsOlder is_older)
    : most_pages_(most_pages),
      now_(sources::claimed_time(settings.now)),
      memory_(memory_lines(settings.cursor)),
      carried_(memory_lines(settings.resume)),
      backfill_(memory_, carried_, most_pages, is_older),
      recheck_(memory_, settings.now),
      owed_(memory_, carried_) {
  recheck_.carry_on(carried_);
}

Result<Reading> ApiPoll::read(const Ask& asked, const Answer& answer) {
  page_ = asked.page;
  if (backfill_.is_resumed(page_) && refuses_cursor(answer)) return cursor_refused(page_);
  auto reading = take(asked, answer);
  if (!reading) return reading;
  for (auto& one : reading->next)
    if (one.page == 0) one.page = page_;
  if (const auto group = group_of_.find(asked.url); group != group_of_.end())
    answered(std::string(group->second), asked.url, *reading);
  owed_.answered(asked.url);
  if (is_listing_ && !std::exchange(has_asked_owed_, true)) ask_owed(*reading);
  return reading;
}

// They belong to no page of this poll's.
void ApiPoll::ask_owed(Reading& reading) {
  const auto is_asked = [&](std::string_view url) {
    return std::ranges::find(reading.next, url, &Ask::url) != reading.next.end();
  };
  for (const auto& one : owed_.take(is_asked)) reading.next.push_back(owed(one));
}

Ask ApiPoll::owed(const Owed::Question& question) const {
  auto out = ask(question.step, question.url);
  out.about = question.about;
  out.optional = out.owed = true;
  return out;
}

// What is not there is an answer.
sources::Later ApiPoll::not_answered(const Ask& ask, const Error& why) {
  if (why.code == Code::kNotFound) owed_.answered(ask.url);
  return ask.owed && why.code != Code::kNotFound ? owed_.failed(ask) : sources::Later::kNothing;
}

bool ApiPoll::refuses_cursor(const Answer& answer) const {
  return answer.status == 400 || answer.status == 404 || answer.status == 410 || answer.status == 422;
}

std::string ApiPoll::cursor() const {
  auto memory = memory_;
  backfill_.remember(memory);
  recheck_.remember(memory);
  owed_.write(memory, false);
  remember_more(memory);
  return cursor_of(memory);
}

std::string ApiPoll::resume(const std::vector<Ask>& unanswered) const {
  auto open = left_;
  for (const auto& one : unanswered)
    if (one.page != 0) open.insert(one.page);
  auto lines = backfill_.resume(open);
  carry_groups(open, lines);
  carry_turns(unanswered, lines);
  // What no page led to, or one that is not read again: the look at an older item.
  auto owed = owed_;
  for (const auto& one : unanswered)
    if (one.owed && one.page == 0) owed.add(one);
  owed.write(lines, true);
  return cursor_of(lines);
}

void ApiPoll::carry_turns(const std::vector<Ask>& unanswered, MemoryLines& lines) const {
  const auto was_left = [&](std::string_view id) {
    return std::ranges::any_of(unanswered, [&](const Ask& one) {
      return one.about.empty() ? one.url.find(id) != std::string::npos : one.about == id;
    });
  };
  recheck_.resume(was_left, lines);
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
  out.optional = recheck_.has_chosen(id);
  return out;
}

// --- lists
// --------------------------------------------------------------------------------------------------

Ask ApiPoll::question_for(const Backfill::Page& page) const {
  auto out = page_of(page.list, page.cursor);
  out.page = page.number;
  return out;
}

Ask ApiPoll::top_of(const std::string& list) {
  return question_for(backfill_.top(list));
}

void ApiPoll::join(const std::string& group, const Ask& ask) {
  auto& it = groups_[group];
  if (it.page == 0) it.page = page_;
  ++it.open;
  group_of_[ask.url] = group;
}

bool ApiPoll::was_answered(const std::string& group) {
  if (!carried_.contains(std::string(kAnswered) + group)) return false;
  groups_[group].page = page_;
  return true;
}

// What stands below a post is asked for before the next page of posts, so that a poll that is cut off leaves
// no more than one page open.
void ApiPoll::answered(const std::string& group, const std::string& url, Reading& reading) {
  for (auto& one : reading.next) {
    if (one.url == url || !group_of_.contains(one.url)) join(group, one);
    one.at_once = true;
  }
  auto& open = groups_[group].open;
  if (open != 0) --open;
}

// Of the pages that the next poll reads again: each list's top, and what comes after a page left open.
void ApiPoll::carry_groups(const std::set<std::size_t>& open, MemoryLines& lines) const {
  std::size_t count = 0;
  for (const auto& [name, group] : groups_)
    if (group.open == 0 && backfill_.is_read_again(group.page, open) && ++count <= kMostAnswered)
      lines[std::string(kAnswered) + name] = "1";
  for (const auto& [name, value] : carried_)
    if (name.starts_with(kAnswered) && ++count <= kMostAnswered) lines.try_emplace(name, value);
}

// A time that is still to come counts as now: an author's claim must not hide what comes after it.
ListPage ApiPoll::page_by_time(const Reading& reading, std::string_view next) const {
  ListPage out{"", "", std::string(next)};
  for (const auto& item : reading.items) {
    const auto& claimed = item.interaction.posted;
    if (claimed.empty()) continue;
    const auto& posted = now_.empty() ? claimed : std::min(claimed, now_);
    out.newest = std::max(out.newest, posted);
    out.oldest = out.oldest.empty() ? posted : std::min(out.oldest, posted);
  }
  return out;
}

void ApiPoll::go_on(const ListPage& page, Reading& reading) {
  is_listing_ = true;
  const auto turn = backfill_.read(page_, page);
  if (has_had_enough_ && left_.contains(page_) && goes_on_in_a_list(carried_)) return;
  follow(turn, reading);
}

void ApiPoll::had_enough(const std::string& fault, Reading& reading) {
  leave_to_next_poll();
  if (!std::exchange(has_had_enough_, true)) reading.faults.push_back(fault);
}

void ApiPoll::stop_at(const ListPage& page) {
  leave_to_next_poll();
  backfill_.read(page_, page);
}

void ApiPoll::follow(const Backfill::Turn& turn, Reading& reading) const {
  if (turn.next) reading.next.push_back(question_for(*turn.next));
  if (turn.is_cut_off)
    reading.faults.push_back("the list was read for " + std::to_string(most_pages_) +
                             " pages; the next poll goes on below them");
  if (turn.is_circular) reading.remarks.push_back("the list names a page as its next that was read already");
  if (turn.is_barren)
    reading.remarks.push_back(std::to_string(kMostEmptyPages) +
                              " pages in a row held nothing; that was taken for the list's end");
  if (turn.is_empty)
    reading.remarks.push_back(
        "nothing stands where an earlier poll stopped; it was taken for the list's end");
}

Reading ApiPoll::cursor_refused(std::size_t page) {
  Reading reading;
  reading.only_leads = true;
  reading.remarks.push_back(
      "the platform no longer knows the page where an earlier poll stopped; the list is read anew");
  follow(backfill_.refused(page), reading);
  return reading;
}

bool ApiPoll::is_within(const std::string& list, const Held& one) const {
  return !has_come(one.id) && backfill_.is_within(list, one.posted);
}

// --- items
// --------------------------------------------------------------------------------------------------

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
  const auto turn =
      in_turn(held, [&](const Held& one) { return may(one) && std::ranges::find(out, &one) == out.end(); });
  out.insert(out.end(), turn.begin(), turn.end());
  return out;
}

std::vector<const Held*> ApiPoll::in_turn(const std::vector<Held>& held,
                                          const std::function<bool(const Held&)>& may) {
  return recheck_.choose(held, [&](const Held& one) { return !has_come(one.id) && may(one); });
}

Verdict ApiPoll::verdict(const Ask& asked, Fate fate, const Answer& answer, std::string_view words) {
  return {asked.about, fate, answer.status, std::string(words.substr(0, 200))};
}

}  // namespace muniment::polls
