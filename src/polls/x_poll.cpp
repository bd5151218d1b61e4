#include "polls/x_poll.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/time.hpp"
#include "polls/answers.hpp"
#include "polls/unread.hpp"
#include "polls/x_address.hpp"
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
constexpr std::chrono::hours kSearchReaches{7 * 24 - 1};

class XPoll final : public XLookup {
 public:
  XPoll(const PollSettings& settings, XTarget target)
      : XLookup(settings, std::move(target.root)),
        name_(std::move(target.name)),
        query_(std::move(target.query)),
        now_(base::parse_rfc3339(settings.now)),
        unread_(settings.resume) {
    user_ = remembered("user");
    const auto resume = memory_lines(settings.resume);
    if (user_.empty() && resume.contains("user")) user_ = resume.at("user");
    waiting_ = times_in(resume.contains(kWaiting) ? resume.at(kWaiting) : remembered(kWaiting));
    std::erase_if(waiting_, [&](const auto& one) { return !is_in_reach(one.second); });
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
      listing(asked.step, page->root(), *reading);
    return reading;
  }

  std::string resume(const std::vector<Ask>& unanswered) const override {
    MemoryLines lines = memory_lines(unread_.text());
    carry_turns(unanswered, lines);
    if (waiting_words() != remembered(kWaiting)) lines[kWaiting] = waiting_.empty() ? "-" : waiting_words();
    if (!lines.empty()) lines["user"] = user_;
    return cursor_of(lines);
  }

 private:
  // "ID=TIME ID=TIME"
  static std::map<std::string, std::string, std::less<>> times_in(std::string_view words) {
    std::map<std::string, std::string, std::less<>> out;
    while (!words.empty()) {
      const auto word = words.substr(0, words.find(' '));
      words.remove_prefix(std::min(word.size() + 1, words.size()));
      const auto equals = word.find('=');
      if (equals == std::string_view::npos || !is_x_id(word.substr(0, equals))) continue;
      out.emplace(word.substr(0, equals), word.substr(equals + 1));
    }
    return out;
  }

  std::string waiting_words() const {
    std::string out;
    for (const auto& [root, posted] : waiting_) out += (out.empty() ? "" : " ") + root + "=" + posted;
    return out;
  }

  // X searches the last days only.
  bool is_in_reach(std::string_view posted) const {
    const auto time = base::parse_rfc3339(posted);
    return now_ && time && *now_ - *time <= kSearchReaches;
  }

  // Those that waited for this poll, the oldest first.
  std::vector<Ask> lists() {
    std::vector<Ask> asks = {first_page("posts"), first_page("mentions")};
    std::vector<std::string> roots;
    for (const auto& [root, posted] : waiting_) roots.push_back(root);
    std::ranges::sort(roots, [](const auto& a, const auto& b) { return is_newer_x_id(b, a); });
    for (const auto& root : roots)
      if (conversations_.size() < kXConversations && conversations_.insert(root).second)
        asks.push_back(list_page(root, ""));
    return asks;
  }

  // What was left unread comes first.
  Ask first_page(const std::string& list) const {
    return list_page(unread_.of(list) != nullptr ? std::string(kOlder) + list : list, "");
  }

  // After which a list's newest part is asked for.
  std::string since(const std::string& list) const {
    const auto found = above_.find(list);
    return found != above_.end() ? found->second : remembered(list + ".id");
  }

  // X charges for each post: its lists are asked for by number, so that none is read twice.
  Ask page_of(const std::string& list, const std::string&) const override { return first_page(list); }

  // `step`: a list, or the older part of one; else a conversation.
  Ask list_page(const std::string& step, std::string_view token) const {
    const bool is_older = step.starts_with(kOlder);
    const auto list = is_older ? step.substr(kOlder.size()) : step;
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
    if (!token.empty()) url = with_parameter(url, is_search ? "next_token" : "pagination_token", token);
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

  void listing(const std::string& step, Json root, Reading& reading) {
    const bool is_older = step.starts_with(kOlder);
    const auto list = is_older ? step.substr(kOlder.size()) : step;
    std::string oldest;
    for (const auto& item : reading.items) {
      if (item.is_beside) continue;
      const auto& own = item.interaction.local.empty() ? item.interaction.id : item.interaction.local;
      if (is_newer_x_id(own, newest_[list])) newest_[list] = own;
      if (oldest.empty() || is_newer_x_id(oldest, own)) oldest = own;
      if (list == "posts") conversation(item.interaction, reading);
    }
    const auto token = root.field("meta").field("next_token").text();
    const auto before = reading.next.size();
    const bool is_any_new = note(step, reading);
    if (!token.empty() && reads_ < kXReads) {
      if (is_any_new) follow(step, token, reading);
    } else if (!token.empty()) {
      reading.faults.push_back("X charges for what is read: the poll stopped after " +
                               std::to_string(reads_) + " posts; the next one reads on from there");
    }
    if (!is_list(list)) return void(waiting_.erase(list));
    if (!token.empty() && (reads_ >= kXReads || reading.next.size() > before))
      left_unread(list, is_older, oldest);
    else
      read_to_its_end(list, is_older, reading);
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

  void follow(const std::string& step, std::string_view token, Reading& reading) {
    auto next = list_page(step, token);
    if (++pages_[step] >= kXListPages)
      reading.remarks.push_back("the list was read for " + std::to_string(kXListPages) +
                                " pages; X lists no more");
    else if (asked_.insert(next.url).second)
      reading.next.push_back(std::move(next));
    else
      reading.remarks.push_back("the list names a page as its next that was read already");
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
    if (is_older) reading.next.push_back(list_page(list, ""));
  }

  // X searches seven days only: what was left unread may be out of its reach by now.
  Reading no_longer_listed(const std::string& step) {
    Reading reading;
    reading.faults.push_back("X no longer lists what an earlier poll left unread");
    read_to_its_end(step.substr(kOlder.size()), true, reading);
    return reading;
  }

  void conversation(const records::Interaction& item, Reading& reading) {
    const auto root = item.thread.empty() ? item.id : item.thread;
    const auto replies = std::ranges::find(item.counts, "replies", [](const auto& one) { return one.first; });
    if (!is_in_reach(item.posted) || !is_x_id(root)) return;
    if (item.type == "repost" || replies == item.counts.end() || replies->second == 0) return;
    if (conversations_.contains(root)) return;
    if (waiting_.size() < kXConversationsWaiting) waiting_.emplace(root, item.posted);
    if (conversations_.size() < kXConversations && reads_ < kXReads) {
      conversations_.insert(root);
      reading.next.push_back(list_page(root, ""));
    } else if (!std::exchange(some_wait_, true)) {
      reading.remarks.push_back("more than " + std::to_string(kXConversations) +
                                " posts have answers to be searched for: the next polls go on with them");
    }
  }

  void remember_more(MemoryLines& memory) const override {
    memory["user"] = user_;
    memory[kWaiting] = waiting_words();
    // Conversations are searched for while they are young: of older ones nothing need be known.
    std::erase_if(memory, [](const auto& line) { return is_x_id(line.first); });
    for (const auto& [step, time] : newest_time_)
      if (!step.starts_with(kOlder) && !time.empty()) memory[step] = std::max(time, remembered(step));
    for (const auto& [list, id] : newest_)
      if (is_list(list) && !id.empty()) memory[list + ".id"] = id;
  }

  std::string name_, query_;
  std::optional<base::Time> now_;
  std::string user_;
  Unread unread_;
  std::map<std::string, std::string, std::less<>>
      above_;  // by list: the newest read before what was left unread
  std::map<std::string, std::string, std::less<>> newest_;       // by list: the newest id
  std::map<std::string, std::string, std::less<>> newest_time_;  // by step
  std::map<std::string, std::size_t, std::less<>> pages_;        // likewise: how many were read
  std::set<std::string, std::less<>> asked_;
  std::set<std::string, std::less<>> conversations_;         // asked for
  std::map<std::string, std::string, std::less<>> waiting_;  // still to be: when the post was posted
  bool some_wait_ = false;
};

}  // namespace

Result<std::unique_ptr<Poll>> new_x_poll(const PollSettings& settings) {
  auto target = x_target(settings.url);
  if (!target) return target.error();
  return std::unique_ptr<Poll>(std::make_unique<XPoll>(settings, *std::move(target)));
}

}  // namespace muniment::polls
