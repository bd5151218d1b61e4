#include "polls/x_poll.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/time.hpp"
#include "polls/answers.hpp"
#include "polls/unread.hpp"
#include "polls/x_address.hpp"
#include "polls/x_conversations.hpp"
#include "polls/x_lookup.hpp"
#include "sources/claims.hpp"
#include "sources/saved_formats.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::excerpt;
using sources::kXPages;
using sources::with_parameter;

const std::string kWaiting = "conversations";
constexpr std::string_view kOlder = "older.";  // before a list's name: its part that was left unread

class XPoll final : public XLookup {
 public:
  XPoll(const PollSettings& settings, XTarget target)
      : XLookup(settings, std::move(target.root)),
        name_(std::move(target.name)),
        query_(std::move(target.query)),
        unread_(settings.resume) {
    user_ = remembered("user");
    const auto resume = memory_lines(settings.resume);
    if (user_.empty() && resume.contains("user")) user_ = resume.at("user");
    conversations_.emplace(resume.contains(kWaiting) ? resume.at(kWaiting) : remembered(kWaiting),
                           base::parse_rfc3339(settings.now));
  }

  std::vector<Ask> start() override {
    if (!query_.empty()) return {first_page("search")};
    // A number stays when the name changes, and asking for it again would be charged.
    if (is_x_id(user_)) return lists();
    return {ask("user", root_ + "/2/users/by/username/" + name_)};
  }

  Result<Reading> take(const Ask& asked, const Answer& answer) override {
    if (asked.step == "single") return single(asked, answer);
    if (asked.step.starts_with(kOlder) && answer.status == 400) return no_longer_listed(asked.step);
    if (asked.step == "search" && answer.status == 400 && !since("search").empty()) return all_in_reach();
    const auto page = json_answer(answer, x_words);
    if (!page) return page.error();
    if (asked.step == "user") return user(page->root());
    auto reading = items_of(kXPages, answer, root_);
    if (!reading) return reading;
    reading->charged = charged_in(*reading, page->root());
    reads_ += reading->charged;
    if (asked.step == "ids")
      looked_up(asked, page->root(), *reading);
    else
      listing(asked, page->root(), *reading);
    return reading;
  }

  std::string resume(const std::vector<Ask>& unanswered) const override {
    MemoryLines lines = memory_lines(unread_.text());
    carry_turns(unanswered, lines);
    const auto waiting = conversations_->words();
    if (waiting != remembered(kWaiting)) lines[kWaiting] = waiting.empty() ? "-" : waiting;
    if (!lines.empty()) lines["user"] = user_;
    return cursor_of(lines);
  }

 private:
  std::vector<Ask> lists() {
    std::vector<Ask> asks = {first_page("posts"), first_page("mentions")};
    for (const auto& root : conversations_->take_turns()) asks.push_back(first_page(root));
    return asks;
  }

  // What was left unread comes first.
  Ask first_page(const std::string& list) const {
    return list_page(unread_.of(list) != nullptr ? std::string(kOlder) + list : list);
  }

  // After which a list's newest part is asked for.
  std::string since(const std::string& list) const {
    if (list == "search" && newest_is_out_of_reach_) return {};
    const auto found = above_.find(list);
    return found != above_.end() ? found->second : remembered(list + ".id");
  }

  // X charges for each post: its lists are asked for by number, so that none is read twice.
  Ask page_of(const std::string& list, const std::string&) const override { return first_page(list); }

  // `step`: a list, or the older part of one; else a conversation.
  Ask list_page(const std::string& step) const {
    const bool is_older = step.starts_with(kOlder);
    const auto list = list_of(step);
    const bool is_search = list != "posts" && list != "mentions";
    std::string url = root_;
    if (list == "posts") url += "/2/users/" + user_ + "/tweets?max_results=100";
    if (list == "mentions") url += "/2/users/" + user_ + "/mentions?max_results=100";
    if (is_search)
      url = with_parameter(url + "/2/tweets/search/recent", "query",
                           list == "search" ? query_ : "conversation_id:" + list) +
            "&max_results=100";
    url += kXFields;
    const auto* range = is_older ? unread_.of(list) : nullptr;
    const auto after = range != nullptr ? range->since : since(list);
    if (is_x_id(after) && (!is_search || list == "search")) url += "&since_id=" + after;
    if (range != nullptr && is_x_id(range->until)) url += "&until_id=" + range->until;
    return ask(step, std::move(url));
  }

  Result<Reading> user(Json root) {
    user_ = root.field("data").field("id").name();
    if (!is_x_id(user_))
      return Error{Code::kNotFound, "X knows no account " + name_ + ": " + excerpt(x_words(root))};
    Reading reading;
    reading.only_leads = true;
    reading.next = lists();
    return reading;
  }

  void listing(const Ask& asked, Json root, Reading& reading) {
    const auto& step = asked.step;
    if (auto lapsed = conversations_->lapsed(); !std::exchange(has_told_, true) && !lapsed.empty())
      reading.faults.push_back(std::move(lapsed));
    first_pages_.try_emplace(step, asked.url);
    const bool is_older = step.starts_with(kOlder);
    const auto list = list_of(step);
    std::string oldest;
    for (const auto& item : reading.items) {
      if (item.is_beside) continue;
      const auto& own = item.interaction.local.empty() ? item.interaction.id : item.interaction.local;
      if (is_newer_x_id(own, newest_[list])) newest_[list] = own;
      if (oldest.empty() || is_newer_x_id(oldest, own)) oldest = own;
      if (list == "posts") conversation(item.interaction, reading);
    }
    const auto token = root.field("meta").field("next_token").text();
    const bool is_any_new = note(step, reading);
    const bool goes_on = !token.empty() && (is_any_new || (oldest.empty() && !is_barren(step, reading))) &&
                         may_follow(step, token, reading);
    if (!oldest.empty()) empty_[step] = 0;
    if (goes_on)
      left_unread(list, is_older, oldest);
    else
      read_to_its_end(list, is_older, reading);
  }

  // X counts out a page first, and leaves out what may not be shown then.
  bool is_barren(const std::string& step, Reading& reading) {
    if (++empty_[step] < kMostEmptyPages) return false;
    reading.remarks.push_back(std::to_string(kMostEmptyPages) +
                              " pages in a row held nothing; that was taken for the list's end");
    return true;
  }

  // Is anything on the page newer than what the last complete poll saw there?
  bool note(const std::string& step, const Reading& reading) {
    const auto known = remembered(step);
    bool is_any_new = false;
    for (const auto& item : reading.items) {
      if (item.is_beside) continue;
      newest_time_[step] = std::max(newest_time_[step], item.interaction.posted);
      is_any_new = is_any_new || item.interaction.posted > known;
    }
    return is_any_new;
  }

  // Adds the question for the next page, or says why that one is left to the next poll.  False: there is
  // none.
  bool may_follow(const std::string& step, std::string_view token, Reading& reading) {
    const bool is_timeline = is_list(list_of(step)) && query_.empty();
    // The rest of the question must stay as it was.
    auto next =
        ask(step, with_parameter(first_pages_[step], is_timeline ? "pagination_token" : "next_token", token));
    if (!asked_.insert(next.url).second) {
      reading.remarks.push_back("the list names a page as its next that was read already");
      return false;
    }
    if (reads_ >= kXReads)
      reading.faults.push_back("X charges for what is read: the poll stopped after " +
                               std::to_string(reads_) + " posts; the next one reads on from there");
    else if (++pages_[step] >= kXListPages)
      reading.faults.push_back("the list was read for " + std::to_string(kXListPages) +
                               " pages; the next poll reads on from there");
    else
      reading.next.push_back(std::move(next));
    return true;
  }

  static std::string list_of(const std::string& step) {
    return step.starts_with(kOlder) ? step.substr(kOlder.size()) : step;
  }

  static bool is_list(const std::string& list) {
    return list == "posts" || list == "mentions" || list == "search";
  }

  void left_unread(const std::string& list, bool is_older, const std::string& oldest) {
    const auto* range = unread_.of(list);
    if (oldest.empty()) return;
    if (is_older && range != nullptr)
      unread_.set(list, {range->since, oldest, range->newest});
    else
      unread_.set(list, {since(list), oldest, newest_[list]});
  }

  void read_to_its_end(const std::string& list, bool is_older, Reading& reading) {
    const auto* range = unread_.of(list);
    if (is_older && range != nullptr) {
      above_[list] = range->newest;
      if (is_newer_x_id(range->newest, newest_[list])) newest_[list] = range->newest;
    }
    unread_.read(list);
    if (!is_list(list)) return conversations_->was_read(list);
    if (is_older) reading.next.push_back(list_page(list));
  }

  // X searches seven days only: what was left unread may be out of its reach by now.
  Reading no_longer_listed(const std::string& step) {
    Reading reading;
    reading.faults.push_back("X no longer lists what an earlier poll left unread");
    read_to_its_end(list_of(step), true, reading);
    return reading;
  }

  // Nor does it take the number of a post for a beginning that is older than that.
  Reading all_in_reach() {
    newest_is_out_of_reach_ = true;
    Reading reading;
    reading.only_leads = true;
    reading.remarks.push_back(
        "X searches the last seven days only; the newest post that is known is older, and all that it finds "
        "was asked for");
    reading.next.push_back(list_page("search"));
    return reading;
  }

  void conversation(const records::Interaction& item, Reading& reading) {
    const auto root = item.thread.empty() ? item.id : item.thread;
    const auto replies = std::ranges::find(item.counts, "replies", [](const auto& one) { return one.first; });
    if (!conversations_->is_in_reach(item.posted) || !is_x_id(root)) return;
    if (item.type == "repost" || replies == item.counts.end() || replies->second == 0) return;
    using Turn = XConversations::Turn;
    const auto turn = conversations_->add(root, item.posted, reads_ < kXReads);
    if (turn == Turn::kNow) reading.next.push_back(list_page(root));
    if (turn == Turn::kLater && !std::exchange(some_wait_, true))
      reading.remarks.push_back("more than " + std::to_string(kXConversations) +
                                " posts have answers to be searched for: the next polls go on with them");
    if (turn == Turn::kTooMany && !std::exchange(some_are_too_many_, true))
      reading.faults.push_back("more than " + std::to_string(kXConversationsWaiting) +
                               " posts wait for their answers to be searched for; below others they are not");
  }

  void remember_more(MemoryLines& memory) const override {
    memory["user"] = user_;
    memory[kWaiting] = conversations_->words();
    // Conversations are searched for while they are young: of older ones nothing need be known.
    std::erase_if(memory, [](const auto& line) { return is_x_id(line.first); });
    for (const auto& [step, time] : newest_time_)
      if (!step.starts_with(kOlder) && !time.empty()) memory[step] = std::max(time, remembered(step));
    for (const auto& [list, id] : newest_)
      if (is_list(list) && !id.empty()) memory[list + ".id"] = id;
  }

  std::string name_, query_;
  std::string user_;
  Unread unread_;
  std::map<std::string, std::string, std::less<>>
      above_;  // by list: the newest read before what was left unread
  std::map<std::string, std::string, std::less<>> newest_;       // by list: the newest id
  std::map<std::string, std::string, std::less<>> newest_time_;  // by step
  std::map<std::string, std::size_t, std::less<>> pages_;        // likewise: how many were read
  std::map<std::string, std::string, std::less<>> first_pages_;  // likewise: their addresses
  std::set<std::string, std::less<>> asked_;
  std::optional<XConversations> conversations_;            // always there
  std::map<std::string, std::size_t, std::less<>> empty_;  // by step: pages in a row that held nothing
  bool has_told_ = false;                                  // what has lapsed
  bool some_wait_ = false, some_are_too_many_ = false;
  bool newest_is_out_of_reach_ = false;  // of a search
};

}  // namespace

Result<std::unique_ptr<Poll>> new_x_poll(const PollSettings& settings) {
  auto target = x_target(settings.url);
  if (!target) return target.error();
  return std::unique_ptr<Poll>(std::make_unique<XPoll>(settings, *std::move(target)));
}

}  // namespace muniment::polls
