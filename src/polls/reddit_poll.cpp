#include "polls/reddit_poll.hpp"

#include <algorithm>

#include "polls/answers.hpp"
#include "polls/reddit_threads.hpp"
#include "sources/claims.hpp"
#include "sources/saved_formats.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::kReddit;
using sources::parameter;
using sources::path_of;
using sources::root_of;
using sources::server_of;
using sources::with_parameter;

constexpr std::size_t kAtOnce = 100;
const std::string kPosts = "list";  // in the memory

std::string words_of(Json root) {
  const auto said = root.field("message").text();
  return std::string(said.empty() ? root.field("error").text() : said);
}

bool is_reddit(std::string_view url) {
  const auto server = server_of(url);
  return server == "reddit.com" || server.ends_with(".reddit.com");
}

class RedditPoll final : public RedditThreads {
 public:
  RedditPoll(const PollSettings& settings, std::string list)
      : RedditThreads(settings, is_reddit(settings.url) ? "https://www.reddit.com" : root_of(settings.url)),
        list_(std::move(list)),
        login_(settings.has_credential) {}

  std::vector<Ask> start() override {
    if (!login_) return {top_of(kPosts)};
    Ask token{.url = root_ + "/api/v1/access_token", .accept = accept_, .about = ""};
    token.post = true;
    token.body = "grant_type=client_credentials";
    token.content_type = "application/x-www-form-urlencoded";
    token.shows = {{Showing::Place::kBasic, "password"}};
    token.learns = {{"access", "access_token"}};
    token.step = "token";
    return {std::move(token)};
  }

  Result<Reading> take(const Ask& asked, const Answer& answer) override {
    const auto page = json_answer(answer, words_of);
    if (!page) return page.error();
    if (asked.step == "token") return logged_in();
    auto reading = items_of(kReddit, answer, root_);
    if (!reading) return reading;
    // Where there is no such community, Reddit leads to a list of others.
    if (asked.step == kPosts && reading->items.empty() && reading->others != 0)
      return Error{Code::kNotFound,
                   "Reddit lists communities or accounts instead of posts: it knows none of that name",
                   "Look at the source's address in a browser."};
    take_tombs(asked, answer, *reading);
    if (asked.step == kPosts) listing(page->root(), *reading);
    if (asked.step == "thread" || asked.step == "more") thread_came(asked, page->root(), *reading);
    if (asked.step == "info") ask_older_threads(*reading);
    if (asked.step == "info") not_in_look_up(asked, answer, *reading);
    if (asked.step == "single") not_in_answer(asked, answer, *reading);
    return reading;
  }

  std::vector<Ask> ask_after(const std::vector<Held>& held) override {
    std::vector<Ask> asks;
    const auto is_ours = [](const Held& one) { return is_full_name(one.id); };
    const auto must = [&](const Held& one) { return tombs_.contains(one.id) || is_in_thread_read(one); };
    const auto turn = due(held, kRedditMissing, is_ours, must);
    count_comments(held);
    std::vector<const Held*> quiet;
    for (const auto* one : turn)
      if (tombs_.contains(one->id))
        asks.push_back(single(one->id));
      else
        quiet.push_back(one);
    for (std::size_t i = 0; i < quiet.size(); i += kAtOnce) {
      std::string url = api() + "/api/info" + suffix() + "?raw_json=1&id=";
      for (auto at = i; at < std::min(i + kAtOnce, quiet.size()); ++at)
        url += (at == i ? "" : ",") + quiet[at]->id;
      asks.push_back(ask("info", std::move(url)));
    }
    return asks;
  }

 private:
  Result<Reading> logged_in() {
    in_ = true;
    shows_ = {{Showing::Place::kBearer, "access"}};
    Reading reading;
    reading.only_leads = true;
    reading.next = {top_of(kPosts)};
    return reading;
  }

  Ask page_of(const std::string&, const std::string& after) const override {
    const auto question = list_.find('?');
    auto url = api() + list_.substr(0, question) + suffix() +
               (question == std::string::npos ? "?" : list_.substr(question) + "&") + "limit=100&raw_json=1";
    if (!after.empty()) url = with_parameter(url, "after", after);
    return ask(kPosts, std::move(url));
  }

  Ask single(const std::string& id) const {
    return ask_about("single", api() + "/api/info" + suffix() + "?raw_json=1&id=" + id, id);
  }

  void listing(Json root, Reading& reading) {
    for (const auto& item : reading.items) thread(item.interaction, reading);
    const auto after = root.field("data").field("after").text();
    go_on(page_by_time(reading, is_full_name(after) ? after : ""), reading);
  }

  // --- what is gone ---------------------------------------------------------------------------------

  bool is_in_thread_read(const Held& one) const {
    const auto thread = thread_of_.find(one.id);
    const auto& post = thread == thread_of_.end() ? one.reply_to : thread->second;
    return is_read_whole(post);
  }

  // A place where something was is no new version of it.
  void take_tombs(const Ask& asked, const Answer& answer, Reading& reading) {
    for (const auto& item : reading.items) {
      thread_of_[item.interaction.id] = item.interaction.thread;
      if (item.fate == Fate::kPresent) continue;
      tombs_.insert(item.interaction.id);
      did_not_come(item.interaction.id);
      if (asked.step == "info") reading.next.push_back(single(item.interaction.id));
      if (asked.step == "single" && item.interaction.id == asked.about)
        reading.verdicts.push_back(verdict(asked, item.fate, answer, std::string(item.fate_words)));
    }
    std::erase_if(reading.items, [](const Item& item) { return item.fate != Fate::kPresent; });
  }

  // What the answer passes over in silence may be there or not.
  void not_in_look_up(const Ask& asked, const Answer& answer, Reading& reading) const {
    const auto ids = parameter(asked.url, "id");
    for (std::string_view rest = ids; !rest.empty();) {
      const std::string id(rest.substr(0, rest.find(',')));
      rest.remove_prefix(std::min(id.size() + 1, rest.size()));
      if (has_come(id) || tombs_.contains(id)) continue;
      reading.verdicts.push_back({id, Fate::kUnclear, answer.status, "not in the answer"});
    }
  }

  void not_in_answer(const Ask& asked, const Answer& answer, Reading& reading) {
    if (!reading.verdicts.empty()) return;
    const bool came = std::ranges::any_of(
        reading.items, [&](const Item& item) { return item.interaction.id == asked.about; });
    reading.verdicts.push_back(verdict(asked, came ? Fate::kPresent : Fate::kUnclear, answer, ""));
  }

  std::string list_;
  bool login_;
  std::map<std::string, std::string, std::less<>> thread_of_;
  std::set<std::string, std::less<>> tombs_;
};

}  // namespace

Result<std::unique_ptr<Poll>> new_reddit_poll(const PollSettings& settings) {
  std::vector<std::string_view> parts;
  for (auto path = path_of(settings.url); !path.empty();) {
    path.remove_prefix(1);
    const auto part = path.substr(0, path.find('/'));
    if (!part.empty()) parts.push_back(part);
    path.remove_prefix(part.size());
  }
  std::string list;
  const bool is_subreddit = parts.size() >= 2 && parts[0] == "r" && is_reddit_word(parts[1]);
  const auto words = parameter(settings.url, "q");
  if (is_subreddit && parts.size() == 3 && parts[2] == "search" && !words.empty())
    list = with_parameter("/r/" + std::string(parts[1]) + "/search", "q", words) + "&restrict_sr=1&sort=new";
  else if (is_subreddit && (parts.size() == 2 || parts[2] == "new"))
    list = "/r/" + std::string(parts[1]) + "/new";
  else if (parts.size() == 2 && (parts[0] == "user" || parts[0] == "u") && is_reddit_word(parts[1]))
    list = "/user/" + std::string(parts[1]) + "/overview?sort=new";
  if (list.empty() || root_of(settings.url).empty())
    return Error{Code::kInvalid, "the address names no subreddit, search or account of Reddit",
                 "Give it as https://www.reddit.com/r/NAME, https://www.reddit.com/r/NAME/search?q=WORDS or "
                 "https://www.reddit.com/user/NAME."};
  return std::unique_ptr<Poll>(std::make_unique<RedditPoll>(settings, std::move(list)));
}

}  // namespace muniment::polls
