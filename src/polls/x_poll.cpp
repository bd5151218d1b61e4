#include "polls/x_poll.hpp"

#include <algorithm>
#include <optional>

#include "base/time.hpp"
#include "polls/answers.hpp"
#include "polls/api_poll.hpp"
#include "polls/unread.hpp"
#include "sources/claims.hpp"
#include "sources/saved_formats.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::Answer;
using sources::Ask;
using sources::excerpt;
using sources::Fate;
using sources::Held;
using sources::Item;
using sources::Json;
using sources::JsonList;
using sources::JsonPage;
using sources::kXPages;
using sources::parameter;
using sources::path_of;
using sources::Poll;
using sources::PollSettings;
using sources::Reading;
using sources::root_of;
using sources::server_of;
using sources::with_parameter;

constexpr std::size_t kLookedUpAtOnce = 100;
constexpr std::string_view kOlder = "older.";  // before a list's name: its part that was left unread
constexpr std::chrono::hours kSearchReaches{7 * 24 - 1};
constexpr std::string_view kFields =
    "&tweet.fields=attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,entities,"
    "in_reply_to_user_id,lang,note_tweet,public_metrics,referenced_tweets"
    "&expansions=attachments.media_keys,author_id,referenced_tweets.id,referenced_tweets.id.author_id"
    "&media.fields=alt_text,media_key,preview_image_url,type,url,variants"
    "&user.fields=name,protected,username";

bool is_id(std::string_view text) {
  return !text.empty() && text.size() < 20 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_newer(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() > b.size() : a > b;
}

std::string words_of(Json root) {
  for (const auto name : {"detail", "title"})
    if (!root.field(name).text().empty()) return std::string(root.field(name).text());
  return std::string(JsonList(root.field("errors")).value().field("message").text());
}

class XPoll final : public ApiPoll {
 public:
  XPoll(const PollSettings& settings, std::string root, std::string name, std::string query)
      : ApiPoll(settings, kXListPages),
        root_(std::move(root)),
        name_(std::move(name)),
        query_(std::move(query)),
        now_(base::parse_rfc3339(settings.now)),
        unread_(settings.resume) {
    shows_ = {{}};
    user_ = remembered("user");
    if (const auto resume = memory_lines(settings.resume); user_.empty() && resume.contains("user"))
      user_ = resume.at("user");
  }

  std::vector<Ask> start() override {
    if (!query_.empty()) return {first_page("search")};
    // A number stays when the name changes, and asking for it again would be charged.
    if (is_id(user_)) return {first_page("posts"), first_page("mentions")};
    return {ask("user", root_ + "/2/users/by/username/" + name_)};
  }

  Result<Reading> take(const Ask& asked, const Answer& answer) override {
    if (asked.step == "single") return single(asked, answer);
    if (asked.step.starts_with(kOlder) && answer.status == 400) return no_longer_listed(asked.step);
    const auto page = json_answer(answer, words_of);
    if (!page) return page.error();
    if (asked.step == "user") return user(page->root());
    auto reading = items_of(kXPages, answer, root_);
    if (!reading) return reading;
    reading->charged = reading->items.size() + page->root().field("includes").field("tweets").size();
    reads_ += reading->charged;
    if (asked.step == "ids")
      looked_up(asked, page->root(), *reading);
    else
      listing(asked.step, page->root(), *reading);
    return reading;
  }

  std::vector<Ask> ask_after(const std::vector<Held>& held) override {
    std::vector<Ask> asks;
    // A list by since_id shows what is new and nothing of what was there before: nothing must have come.
    const auto turn = due(
        held, 0, [](const Held& one) { return is_id(one.id); }, [](const Held&) { return false; });
    for (std::size_t i = 0; i < turn.size() && reads_ < kXReads; i += kLookedUpAtOnce) {
      std::vector<std::string> ids;
      for (auto at = i; at < std::min(i + kLookedUpAtOnce, turn.size()); ++at) {
        ids.push_back(is_id(turn[at]->local) ? turn[at]->local : turn[at]->id);
        item_of_[ids.back()] = turn[at]->id;
      }
      asks.push_back(by_ids(ids));
    }
    return asks;
  }

  std::string resume(const std::vector<Ask>&) const override {
    auto text = unread_.text();
    return text.empty() ? text : "user " + user_ + "\n" + text;
  }

 private:
  Ask by_ids(const std::vector<std::string>& ids) const {
    std::string url = root_ + "/2/tweets?ids=";
    for (const auto& id : ids) url += (id == ids.front() ? "" : ",") + id;
    return ask("ids", url + std::string(kFields));
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
    url += kFields;
    const auto* range = is_older ? unread_.of(list) : nullptr;
    const auto after = range != nullptr ? range->since : since(list);
    if (is_id(after) && (!is_search || list == "search")) url += "&since_id=" + after;
    if (range != nullptr && is_id(range->until)) url += "&until_id=" + range->until;
    if (!token.empty()) url = with_parameter(url, is_search ? "next_token" : "pagination_token", token);
    return ask(step, std::move(url));
  }

  Result<Reading> user(Json root) {
    user_ = root.field("data").field("id").name();
    if (!is_id(user_))
      return Error{Code::kNotFound, "X knows no account " + name_ + ": " + excerpt(words_of(root))};
    Reading reading;
    reading.next = {first_page("posts"), first_page("mentions")};
    return reading;
  }

  void listing(const std::string& step, Json root, Reading& reading) {
    const bool is_older = step.starts_with(kOlder);
    const auto list = is_older ? step.substr(kOlder.size()) : step;
    std::string oldest;
    for (const auto& item : reading.items) {
      const auto& own = item.interaction.local.empty() ? item.interaction.id : item.interaction.local;
      if (is_newer(own, newest_[list])) newest_[list] = own;
      if (oldest.empty() || is_newer(oldest, own)) oldest = own;
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
    if (!is_list(list)) return;
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
      if (is_newer(range->newest, newest_[list])) newest_[list] = range->newest;
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
    const auto posted = base::parse_rfc3339(item.posted);
    const auto root = item.thread.empty() ? item.id : item.thread;
    const auto replies = std::ranges::find(item.counts, "replies", [](const auto& one) { return one.first; });
    if (!now_ || !posted || *now_ - *posted > kSearchReaches || !is_id(root)) return;
    if (item.type == "repost" || replies == item.counts.end() || replies->second == 0) return;
    if (conversations_.size() < kXConversations && reads_ < kXReads && conversations_.insert(root).second)
      reading.next.push_back(list_page(root, ""));
  }

  void looked_up(const Ask& asked, Json root, Reading& reading) {
    std::set<std::string, std::less<>> found, outdated;
    std::vector<std::string> newer;
    for (JsonList one(root.field("data")); one; one.next()) {
      const auto id = one.value().field("id").text();
      found.emplace(id);
      std::string newest;
      for (JsonList edit(one.value().field("edit_history_tweet_ids")); edit; edit.next())
        newest = edit.value().text();
      if (!is_id(newest) || !is_newer(newest, id)) continue;
      outdated.emplace(id);
      newer.push_back(newest);
    }
    // An old version is not what the post says now.
    if (!newer.empty()) {
      std::erase_if(reading.items, [&](const Item& item) {
        return outdated.contains(item.interaction.local.empty() ? item.interaction.id
                                                                : item.interaction.local);
      });
      reading.next.push_back(by_ids(newer));
    }
    auto ids = parameter(asked.url, "ids");
    for (std::string_view rest = ids; !rest.empty();) {
      const std::string id(rest.substr(0, rest.find(',')));
      rest.remove_prefix(std::min(id.size() + 1, rest.size()));
      if (found.contains(id) || !item_of_.contains(id)) continue;
      reading.next.push_back(
          ask_about("single", root_ + "/2/tweets?ids=" + id + std::string(kFields), item_of_[id]));
    }
  }

  Result<Reading> single(const Ask& asked, const Answer& answer) {
    const auto page = JsonPage::parse(answer.body);
    Reading reading;
    auto fate = Fate::kUnclear;
    std::string words;
    if (answer.status == 200 && page) {
      if (auto read = items_of(kXPages, answer, root_)) reading = *std::move(read);
      for (const auto& item : reading.items)
        if (item.interaction.id == asked.about) fate = Fate::kPresent;
      for (JsonList one(page->root().field("errors")); one && fate == Fate::kUnclear; one.next()) {
        const auto type = one.value().field("type").text();
        words = one.value().field("title").text();
        if (type.ends_with("/resource-not-found")) fate = Fate::kGone;
        if (type.ends_with("/not-authorized-for-resource")) fate = Fate::kBarred;
      }
    }
    reading.charged = reading.items.size();
    reading.verdicts.push_back(verdict(asked, fate, answer, words));
    return reading;
  }

  void remember_more(MemoryLines& memory) const override {
    memory["user"] = user_;
    // Conversations are searched for while they are young: of older ones nothing need be known.
    std::erase_if(memory, [](const auto& line) { return is_id(line.first); });
    for (const auto& [step, time] : newest_time_)
      if (!step.starts_with(kOlder) && !time.empty()) memory[step] = std::max(time, remembered(step));
    for (const auto& [list, id] : newest_)
      if (is_list(list) && !id.empty()) memory[list + ".id"] = id;
  }

  std::string root_, name_, query_;
  std::optional<base::Time> now_;
  std::string user_;
  std::size_t reads_ = 0;
  Unread unread_;
  std::map<std::string, std::string, std::less<>>
      above_;  // by list: the newest read before what was left unread
  std::map<std::string, std::string, std::less<>> newest_;   // by list: the newest id
  std::map<std::string, std::string, std::less<>> newest_time_;  // by step
  std::map<std::string, std::size_t, std::less<>> pages_;        // likewise: how many were read
  std::set<std::string, std::less<>> asked_;
  std::map<std::string, std::string, std::less<>> item_of_;  // by the id asked for
  std::set<std::string, std::less<>> conversations_;
};

bool is_account_name(std::string_view name) {
  return !name.empty() && name.size() <= 50 && std::ranges::all_of(name, [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

Result<std::unique_ptr<Poll>> new_x_poll(const PollSettings& settings) {
  constexpr std::string_view kUsers = "/2/users/by/username/";
  const auto server = server_of(settings.url);
  const bool is_site = server == "x.com" || server == "www.x.com" || server == "twitter.com";
  const auto path = path_of(settings.url);
  std::string root = is_site ? "https://api.x.com" : root_of(settings.url);
  std::string name, query;
  if (is_site && path == "/search") {
    query = parameter(settings.url, "q");
  } else if (is_site && path.starts_with("/hashtag/")) {
    query = "#" + std::string(path.substr(9));
  } else if (is_site) {
    name = path.substr(1);
    while (name.ends_with('/')) name.pop_back();
  } else if (path.starts_with(kUsers)) {
    name = path.substr(kUsers.size());
  } else if (path == "/2/tweets/search/recent") {
    query = parameter(settings.url, "query");
  }
  if (query.empty() && !is_account_name(name))
    return Error{Code::kInvalid, "the address names no account, tag or search of X",
                 "Give it as https://x.com/NAME, https://x.com/hashtag/TAG or https://x.com/search?q=QUERY."};
  return std::unique_ptr<Poll>(
      std::make_unique<XPoll>(settings, std::move(root), std::move(name), std::move(query)));
}

}  // namespace muniment::polls
