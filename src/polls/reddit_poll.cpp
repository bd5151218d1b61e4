#include "polls/reddit_poll.hpp"

#include <algorithm>

#include "polls/answers.hpp"
#include "polls/api_poll.hpp"
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

bool is_word(std::string_view text) {
  return is_word_of(text, 64, "_-");
}

bool is_full_name(std::string_view name) {
  return (name.starts_with("t1_") || name.starts_with("t3_")) && is_word(name);
}

bool is_reddit(std::string_view url) {
  const auto server = server_of(url);
  return server == "reddit.com" || server.ends_with(".reddit.com");
}

class RedditPoll final : public ApiPoll {
 public:
  RedditPoll(const PollSettings& settings, std::string list)
      : ApiPoll(settings, kRedditPages),
        root_(is_reddit(settings.url) ? "https://www.reddit.com" : root_of(settings.url)),
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
    take_tombs(asked, answer, *reading);
    if (asked.step == kPosts) listing(page->root(), *reading);
    if (asked.step == "thread") {
      threads_[asked.about].second = true;
      read_.insert(asked.about);
    }
    if (asked.step == "thread" || asked.step == "more") {
      std::erase_if(reading->remarks,
                    [](const std::string& line) { return line.find("places stand") != std::string::npos; });
      stubs(page->root(), asked.about, 0, *reading);
    }
    if (asked.step == "info" || asked.step == "single") not_in_answer(asked, answer, *reading);
    return reading;
  }

  std::vector<Ask> ask_after(const std::vector<Held>& held) override {
    std::vector<Ask> asks;
    const auto is_ours = [](const Held& one) { return is_full_name(one.id); };
    const auto must = [&](const Held& one) { return tombs_.contains(one.id) || is_in_thread_read(one); };
    const auto turn = due(held, kRedditMissing, is_ours, must);
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
  // With a login questions go to another host, and without the ".json".
  std::string api() const {
    return in_ && root_ == "https://www.reddit.com" ? "https://oauth.reddit.com" : root_;
  }
  std::string suffix() const { return in_ ? "" : ".json"; }

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

  // --- threads --------------------------------------------------------------------------------------

  void thread(const records::Interaction& item, Reading& reading) {
    const auto count = std::ranges::find(item.counts, "replies", [](const auto& one) { return one.first; });
    if (!item.id.starts_with("t3_") || !is_full_name(item.id) || count == item.counts.end()) return;
    const auto known = remembered("thread." + item.id);
    const auto group = item.id + "=" + std::to_string(count->second);
    if (known == std::to_string(count->second) || count->second == 0 || was_answered(group)) {
      threads_[item.id] = {count->second, true};
      return;
    }
    if (asked_threads_ == kRedditThreads)
      return had_enough("comments were asked for below " + std::to_string(kRedditThreads) +
                            " posts; the next poll goes on below others",
                        reading);
    ++asked_threads_;
    threads_[item.id] = {count->second, false};
    auto out = ask_about(
        "thread", api() + "/comments/" + item.id.substr(3) + suffix() + "?limit=500&depth=50&raw_json=1",
        item.id);
    out.optional = true;
    join(group, out);
    reading.next.push_back(std::move(out));
  }

  // "more" stubs, wherever they stand: {"kind": "more", "data": {"children": [ids], "parent_id", "id"}}.
  void stubs(Json in, const std::string& post, int depth, Reading& reading) {
    if (depth > 250) return;
    if (in.field("kind").text() == "more") return stub(in.field("data"), post, reading);
    for (JsonFields field(in); field; field.next())
      if (field.value().is_object() || field.value().is_list())
        stubs(field.value(), post, depth + 1, reading);
    for (JsonList one(in); one; one.next())
      if (one.value().is_object() || one.value().is_list()) stubs(one.value(), post, depth + 1, reading);
  }

  void stub(Json data, const std::string& post, Reading& reading) {
    std::vector<std::string> children;
    for (JsonList one(data.field("children")); one; one.next())
      if (const auto id = one.value().name(); is_word(id) && !has_come("t1_" + id)) children.push_back(id);
    // A stub without children stands for a branch that is too deep: its parent is asked for.
    if (const auto parent = data.field("parent_id").text();
        children.empty() && parent.starts_with("t1_") && is_word(parent))
      children.emplace_back(parent.substr(3));
    for (std::size_t i = 0; i < children.size();) {
      if (fetched_ == kRedditStubs) {
        reading.faults.push_back("more than " + std::to_string(kRedditStubs) +
                                 " groups of comments had to be fetched by themselves; the rest was not");
        ++fetched_;
      }
      if (fetched_ > kRedditStubs) return leave_to_next_poll();
      std::string url;
      if (in_) {
        url = api() + "/api/morechildren?api_type=json&raw_json=1&link_id=" + post + "&children=";
        const auto end = std::min(i + kAtOnce, children.size());
        for (auto at = i; at < end; ++at) url += (at == i ? "" : ",") + children[at];
        i = end;
      } else {
        url = api() + "/comments/" + post.substr(3) + "/_/" + children[i] + suffix() +
              "?limit=500&depth=50&raw_json=1";
        ++i;
      }
      if (!stubs_.insert(url).second) continue;
      ++fetched_;
      auto out = ask_about("more", std::move(url), post);
      out.optional = true;
      reading.next.push_back(std::move(out));
    }
  }

  // --- what is gone ---------------------------------------------------------------------------------

  bool is_in_thread_read(const Held& one) const {
    const auto thread = thread_of_.find(one.id);
    const auto& post = thread == thread_of_.end() ? one.reply_to : thread->second;
    return read_.contains(post) && fetched_ < kRedditStubs;
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

  void not_in_answer(const Ask& asked, const Answer& answer, Reading& reading) {
    if (asked.step != "single" || !reading.verdicts.empty()) return;
    const bool came = std::ranges::any_of(
        reading.items, [&](const Item& item) { return item.interaction.id == asked.about; });
    reading.verdicts.push_back(verdict(asked, came ? Fate::kPresent : Fate::kUnclear, answer, ""));
  }

  void remember_more(MemoryLines& memory) const override {
    std::erase_if(memory, [](const auto& line) { return line.first.starts_with("thread."); });
    for (const auto& [id, state] : threads_)
      if (state.second) memory["thread." + id] = std::to_string(state.first);
  }

  std::string root_, list_;
  bool login_;
  bool in_ = false;
  std::map<std::string, std::pair<std::uint64_t, bool>, std::less<>> threads_;  // replies; is it read?
  std::map<std::string, std::string, std::less<>> thread_of_;
  std::set<std::string, std::less<>> read_, stubs_, tombs_;
  std::size_t asked_threads_ = 0, fetched_ = 0;
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
  const bool is_subreddit = parts.size() >= 2 && parts[0] == "r" && is_word(parts[1]);
  const auto words = parameter(settings.url, "q");
  if (is_subreddit && parts.size() == 3 && parts[2] == "search" && !words.empty())
    list = with_parameter("/r/" + std::string(parts[1]) + "/search", "q", words) + "&restrict_sr=1&sort=new";
  else if (is_subreddit && (parts.size() == 2 || parts[2] == "new"))
    list = "/r/" + std::string(parts[1]) + "/new";
  else if (parts.size() == 2 && (parts[0] == "user" || parts[0] == "u") && is_word(parts[1]))
    list = "/user/" + std::string(parts[1]) + "/overview?sort=new";
  if (list.empty() || root_of(settings.url).empty())
    return Error{Code::kInvalid, "the address names no subreddit, search or account of Reddit",
                 "Give it as https://www.reddit.com/r/NAME, https://www.reddit.com/r/NAME/search?q=WORDS or "
                 "https://www.reddit.com/user/NAME."};
  return std::unique_ptr<Poll>(std::make_unique<RedditPoll>(settings, std::move(list)));
}

}  // namespace muniment::polls
