#include "sources/x_poll.hpp"

#include <algorithm>
#include <optional>

#include "base/time.hpp"
#include "sources/answers.hpp"
#include "sources/api_poll.hpp"
#include "sources/claims.hpp"
#include "sources/saved_formats.hpp"
#include "sources/url.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kLookedUpAtOnce = 100;
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
        now_(base::parse_rfc3339(settings.now)) {
    shows_ = {{}};
    user_ = remembered("user");
  }

  std::vector<Ask> start() override {
    if (!query_.empty()) return {list_page("search", "")};
    // A number stays when the name changes, and asking for it again would be charged.
    if (is_id(user_)) return {list_page("posts", ""), list_page("mentions", "")};
    return {ask("user", root_ + "/2/users/by/username/" + name_)};
  }

  Result<Reading> read(const Ask& asked, const Answer& answer) override {
    if (asked.step == "single") return single(asked, answer);
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

 private:
  Ask by_ids(const std::vector<std::string>& ids) const {
    std::string url = root_ + "/2/tweets?ids=";
    for (const auto& id : ids) url += (id == ids.front() ? "" : ",") + id;
    return ask("ids", url + std::string(kFields));
  }

  Ask list_page(const std::string& list, std::string_view token) const {
    const bool is_search = list != "posts" && list != "mentions";
    std::string url = root_;
    if (list == "posts") url += "/2/users/" + user_ + "/tweets?max_results=100";
    if (list == "mentions") url += "/2/users/" + user_ + "/mentions?max_results=100";
    if (is_search)
      url = with_parameter(url + "/2/tweets/search/recent", "query",
                           list == "search" ? query_ : "conversation_id:" + list) +
            "&max_results=100";
    url += kFields;
    if (const auto since = remembered(list + ".id"); is_id(since) && (!is_search || list == "search"))
      url += "&since_id=" + since;
    if (!token.empty()) url = with_parameter(url, is_search ? "next_token" : "pagination_token", token);
    return ask(list, std::move(url));
  }

  Result<Reading> user(Json root) {
    user_ = root.field("data").field("id").name();
    if (!is_id(user_))
      return Error{Code::kNotFound, "X knows no account " + name_ + ": " + excerpt(words_of(root))};
    Reading reading;
    reading.next = {list_page("posts", ""), list_page("mentions", "")};
    return reading;
  }

  void listing(const std::string& list, Json root, Reading& reading) {
    for (const auto& item : reading.items) {
      const auto& own = item.interaction.local.empty() ? item.interaction.id : item.interaction.local;
      if (is_newer(own, newest_[list])) newest_[list] = own;
      if (list == "posts") conversation(item.interaction, reading);
    }
    const auto token = root.field("meta").field("next_token").text();
    if (token.empty()) return note(list, reading);
    if (reads_ >= kXReads) {
      reading.faults.push_back("X charges for what is read: the poll stopped after " +
                               std::to_string(reads_) + " posts, and what is older was not asked for");
      return note(list, reading);
    }
    go_on(list, list_page(list, token), reading);
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
    for (const auto& [list, id] : newest_)
      if (list == "posts" || list == "mentions" || list == "search") memory[list + ".id"] = id;
  }

  std::string root_, name_, query_;
  std::optional<base::Time> now_;
  std::string user_;
  std::size_t reads_ = 0;
  std::map<std::string, std::string, std::less<>> newest_;   // by list: the newest id
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

}  // namespace muniment::sources
