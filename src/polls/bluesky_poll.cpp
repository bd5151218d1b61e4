#include "polls/bluesky_poll.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <string>

#include "polls/answers.hpp"
#include "polls/memory_lines.hpp"
#include "polls/recheck.hpp"
#include "sources/bluesky_page.hpp"
#include "sources/bluesky_post.hpp"
#include "sources/claims.hpp"
#include "sources/json_page.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::Answer;
using sources::Ask;
using sources::at_uri;
using sources::bluesky_error;
using sources::claimed_time;
using sources::excerpt;
using sources::Fate;
using sources::Held;
using sources::is_bluesky_post_uri;
using sources::Json;
using sources::JsonFields;
using sources::JsonList;
using sources::JsonPage;
using sources::parameter;
using sources::path_of;
using sources::Poll;
using sources::PollSettings;
using sources::read_bluesky;
using sources::Reading;
using sources::root_of;
using sources::server_of;
using sources::Showing;
using sources::with_parameter;

constexpr std::size_t kLookedUpAtOnce = 25;
constexpr std::string_view kPublic = "https://public.api.bsky.app";
constexpr std::string_view kLogin = "https://bsky.social";

struct Target {
  std::string actor;   // handle or DID; empty: a search
  std::string search;  // words
  std::string root;    // that is asked; with a login at bsky.app the account's entry server
};

std::uint64_t count_of(const records::Interaction& item, std::string_view name) {
  for (const auto& [counted, value] : item.counts)
    if (counted == name) return value;
  return 0;
}

std::string key_of(std::string_view uri) {
  return std::string(at_uri(uri).key);
}

// "key=3 key=1": how many replies were known below each post.
std::map<std::string, std::uint64_t, std::less<>> replies_in(std::string_view words) {
  std::map<std::string, std::uint64_t, std::less<>> out;
  while (!words.empty()) {
    const auto word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    const auto equals = word.find('=');
    if (equals == std::string_view::npos) continue;
    std::from_chars(word.data() + equals + 1, word.data() + word.size(),
                    out[std::string(word.substr(0, equals))]);
  }
  return out;
}

class BlueskyPoll : public Poll {
 public:
  BlueskyPoll(Target target, const PollSettings& settings)
      : target_(std::move(target)),
        root_(target_.root),
        login_(settings.has_credential),
        memory_(memory_lines(settings.cursor)),
        recheck_(memory_, settings.now),
        before_(memory_["newest"]),
        replies_before_(replies_in(memory_["replies"])) {}

  std::vector<Ask> start() override {
    if (!login_) return {first()};
    auto session = ask("session", "com.atproto.server.createSession");
    session.post = true;
    session.body = "{}";
    session.content_type = "application/json";
    session.shows = {{Showing::Place::kJson, "user", "identifier"},
                     {Showing::Place::kJson, "password", "password"}};
    session.learns = {{"access", "accessJwt"}, {"refresh", "refreshJwt"}};
    return {std::move(session)};
  }

  Result<Reading> read(const Ask& asked, const Answer& answer) override {
    auto page = JsonPage::parse(answer.body);
    const auto error = page ? bluesky_error(page->root()) : std::string();
    if (error == "ExpiredToken" && asked.step != "refresh" && renewed_.insert(asked.url).second)
      return renew(asked);
    if (asked.step == "session") return session(answer, page, error);
    if (asked.step == "author") return author(asked, answer, error);
    if (asked.step == "single" || asked.step == "record") return single(asked, answer, page, error);
    if (asked.step == "profile") return profile(answer, page, error);
    if (auto refused = refusal(answer, error)) return std::move(*refused);
    if (!page) return std::move(page).error();
    if (asked.step == "refresh") return Reading{};
    auto reading = read_bluesky(*page);
    if (!reading) return reading;
    for (const auto& item : reading->items) came_.insert(item.interaction.id);
    if (asked.step == "batch") look_up(asked, *reading);
    if (asked.step == "thread") thread_came(asked.about, *reading);
    if (asked.step == "feed" || asked.step == "search" || asked.step == "mentions")
      listing(asked, page->root(), *reading);
    return reading;
  }

  std::vector<Ask> ask_after(const std::vector<Held>& held) override {
    std::vector<const Held*> due;
    std::vector<Ask> asks;
    for (const auto& one : held) {
      if (came_.contains(one.id) || due.size() + asks.size() >= kBlueskyMissing) continue;
      const bool is_post = is_bluesky_post_uri(one.id);
      if (!is_post && at_uri(one.id).key.empty()) continue;
      if (!should_have_come(one) && !is_in_thread_read(one)) continue;
      is_post ? due.push_back(&one) : asks.push_back(record(one.id));
    }
    const auto turn = recheck_.choose(held, [&](const Held& one) {
      return is_bluesky_post_uri(one.id) && !came_.contains(one.id) &&
             std::ranges::find(due, &one) == due.end();
    });
    due.insert(due.end(), turn.begin(), turn.end());
    for (std::size_t i = 0; i < due.size(); i += kLookedUpAtOnce) {
      auto batch = ask("batch", "app.bsky.feed.getPosts");
      for (auto at = i; at < std::min(i + kLookedUpAtOnce, due.size()); ++at)
        batch.url = with_parameter(batch.url, "uris", due[at]->id);
      asks.push_back(std::move(batch));
    }
    return asks;
  }

  std::string cursor() const override {
    auto memory = memory_;
    memory["newest"] = std::max(newest_, before_);
    if (!did_.empty()) memory["did"] = did_;
    if (!handle_.empty()) memory["handle"] = handle_;
    std::vector<std::pair<std::string, std::uint64_t>> newest(replies_.begin(), replies_.end());
    std::ranges::sort(newest, std::greater{}, [](const auto& one) { return one.first; });
    newest.resize(std::min(newest.size(), kBlueskyThreads));
    std::string words;
    for (const auto& [key, count] : newest)
      words += (words.empty() ? "" : " ") + key + "=" + std::to_string(count);
    memory["replies"] = std::move(words);
    recheck_.remember(memory);
    return cursor_of(memory);
  }

 private:
  Ask ask(std::string step, std::string_view method) const {
    Ask out{.url = root_ + "/xrpc/" + std::string(method), .accept = "application/json", .about = ""};
    if (in_session_) out.shows = {{Showing::Place::kBearer, "access"}};
    out.step = std::move(step);
    return out;
  }

  // --- who and what -----------------------------------------------------------------------------------

  Ask first() const {
    if (target_.actor.empty()) return page_of("search", "");
    // By DID once it is known: handles are given up and taken by others.
    const auto did = memory_.find("did");
    auto out = ask("profile", "app.bsky.actor.getProfile");
    out.url = with_parameter(out.url, "actor",
                             did == memory_.end() || did->second.empty() ? target_.actor : did->second);
    return out;
  }

  Result<Reading> session(const Answer& answer, const Result<JsonPage>& page, const std::string& error) {
    Reading reading;
    in_session_ = answer.status == 200 && page;
    if (in_session_) {
      session_did_ = page->root().field("did").text();
    } else if (answer.status == 429 || answer.status >= 500) {
      return *refusal(answer, error);
    } else {
      reading.faults.push_back("the login was refused (" + std::to_string(answer.status) + " " +
                               excerpt(error) + "); what is public was read, mentions were not");
      if (root_ == kLogin) root_ = kPublic;
    }
    reading.next.push_back(first());
    return reading;
  }

  Result<Reading> renew(const Ask& asked) {
    auto refresh = ask("refresh", "com.atproto.server.refreshSession");
    refresh.post = true;
    refresh.shows = {{Showing::Place::kBearer, "refresh"}};
    refresh.learns = {{"access", "accessJwt"}, {"refresh", "refreshJwt"}};
    Reading reading;
    reading.next = {std::move(refresh), asked};
    return reading;
  }

  Result<Reading> profile(const Answer& answer, const Result<JsonPage>& page, const std::string& error) {
    Reading reading;
    const auto known = memory_.find("did");
    if (answer.status == 400 && known != memory_.end() && !known->second.empty()) {
      did_ = known->second;
      reading.remarks.push_back("the account shows nothing any more (" + excerpt(error) +
                                "); what is held of it is asked after");
      states_[did_] = hides(error) ? error : "";
      account_gone_ = true;
      return reading;
    }
    if (auto refused = refusal(answer, error)) return std::move(*refused);
    if (!page) return page.error();
    did_ = page->root().field("did").text();
    handle_ = page->root().field("handle").text();
    if (at_uri("at://" + did_ + "/a/b").key.empty())
      return Error{Code::kInvalid, "the server's answer names no account", "Look at the source's address."};
    states_[did_] = "";
    if (const auto before = memory_.find("handle"); before != memory_.end() && before->second != handle_)
      reading.remarks.push_back("the account " + excerpt(before->second) + " is now called " +
                                excerpt(handle_));
    reading.next.push_back(page_of("feed", ""));
    if (in_session_ && session_did_ == did_) reading.next.push_back(page_of("mentions", ""));
    return reading;
  }

  // --- lists ------------------------------------------------------------------------------------------

  Ask page_of(const std::string& list, const std::string& cursor) const {
    Ask out;
    if (list == "feed") {
      out = ask(list, "app.bsky.feed.getAuthorFeed");
      out.url = with_parameter(out.url, "actor", did_) + "&filter=posts_with_replies&limit=100";
    } else if (list == "search") {
      out = ask(list, "app.bsky.feed.searchPosts");
      out.url = with_parameter(out.url, "q", target_.search) + "&sort=latest&limit=100";
    } else {
      out = ask(list, "app.bsky.notification.listNotifications");
      out.url += "?reasons=mention&reasons=reply&reasons=quote&limit=100";
    }
    if (!cursor.empty()) out.url = with_parameter(out.url, "cursor", cursor);
    return out;
  }

  void listing(const Ask& asked, Json root, Reading& reading) {
    bool any_newer = false;
    const auto& list = asked.step;
    for (JsonFields field(root); field; field.next())
      for (JsonList entry(field.value()); entry; entry.next()) {
        const auto time = time_of(entry.value());
        if (time.empty()) continue;
        if (list != "mentions") {
          newest_ = std::max(newest_, time);
          oldest_ = oldest_.empty() ? time : std::min(oldest_, time);
        }
        any_newer = any_newer || time > before_;
      }
    if (list == "feed")
      for (const auto& item : reading.items) thread(item.interaction, reading);
    const auto next = root.field("cursor").text();
    auto& pages = pages_[list];
    if (next.empty() || reading.items.empty()) {
      to_the_end_ = to_the_end_ || list != "mentions";
    } else if (!any_newer) {
      return;
    } else if (++pages >= kBlueskyPages) {
      reading.remarks.push_back("the list was read for " + std::to_string(kBlueskyPages) +
                                " pages; older posts were not");
    } else if (auto more = page_of(list, std::string(next)); asked_.insert(more.url).second) {
      reading.next.push_back(std::move(more));
    } else {
      reading.remarks.push_back("the list names a page as its next that was read already");
    }
  }

  // What lists are ordered by: the earlier of the author's time and the server's; for a repost the latter.
  static std::string time_of(Json entry) {
    const auto reason = entry.field("reason").field("indexedAt").text();
    if (!reason.empty()) return claimed_time(reason);
    const auto post = entry.field("post").is_object() ? entry.field("post") : entry;
    const auto indexed = claimed_time(post.field("indexedAt").text());
    const auto claimed = claimed_time(post.field("record").field("createdAt").text());
    if (indexed.empty() || claimed.empty()) return indexed + claimed;
    return std::min(indexed, claimed);
  }

  // --- threads ----------------------------------------------------------------------------------------

  void thread(const records::Interaction& item, Reading& reading) {
    const auto replies = count_of(item, "replies");
    if (item.author.id != did_ || item.type == "repost" || replies == 0) return;
    if (at_uri(item.thread).authority == did_) return;  // comes with the thread of its root
    const auto key = key_of(item.id);
    if (const auto before = replies_before_.find(key);
        before != replies_before_.end() && before->second == replies) {
      replies_[key] = replies;
      return;
    }
    ask_thread(item.id, replies, reading);
  }

  void ask_thread(const std::string& uri, std::uint64_t replies, Reading& reading) {
    if (threads_.contains(uri)) return;
    if (threads_.size() == kBlueskyThreads) {
      if (!threads_cut_off_)
        reading.remarks.push_back("replies were asked for below " + std::to_string(kBlueskyThreads) +
                                  " posts; below others they were not");
      threads_cut_off_ = true;
      return;
    }
    threads_[uri] = replies;
    auto out = ask("thread", "app.bsky.feed.getPostThread");
    out.url = with_parameter(out.url, "uri", uri) + "&depth=100&parentHeight=0";
    out.about = uri;
    out.optional = true;
    reading.next.push_back(std::move(out));
  }

  void thread_came(const std::string& uri, Reading& reading) {
    threads_read_.insert(uri);
    if (at_uri(uri).authority == did_) replies_[key_of(uri)] = threads_[uri];
    // Deep threads are cut: what has replies and none of them came is asked for by itself.
    std::set<std::string_view> answered;
    for (const auto& item : reading.items) answered.insert(item.interaction.reply_to);
    for (const auto& item : reading.items)
      if (const auto count = count_of(item.interaction, "replies");
          count != 0 && item.interaction.id != uri && !answered.contains(item.interaction.id))
        ask_thread(item.interaction.id, count, reading);
  }

  // --- what did not come ------------------------------------------------------------------------------

  bool should_have_come(const Held& one) const {
    if (one.author_id != did_ || did_.empty()) return false;
    if (account_gone_) return true;
    return !newest_.empty() && (to_the_end_ || one.posted >= oldest_) && one.posted <= newest_;
  }

  bool is_in_thread_read(const Held& one) const { return threads_read_.contains(one.reply_to); }

  void look_up(const Ask& asked, Reading& reading) {
    for (auto rest = std::string_view(asked.url); !rest.empty();) {
      const auto at = rest.find("uris=");
      if (at == std::string_view::npos) break;
      const auto uri = parameter("?" + std::string(rest.substr(at)), "uris");
      rest.remove_prefix(at + 5);
      if (!came_.contains(uri) && is_bluesky_post_uri(uri)) missing(uri, reading);
    }
  }

  void missing(const std::string& uri, Reading& reading) {
    const std::string did(at_uri(uri).authority);
    if (const auto state = states_.find(did); state != states_.end()) {
      settle(uri, state->second, reading);
      return;
    }
    auto& waiting = waiting_[did];
    waiting.push_back(uri);
    if (waiting.size() > 1) return;
    auto out = ask("author", "app.bsky.actor.getProfile");
    out.url = with_parameter(out.url, "actor", did);
    out.about = did;
    out.optional = true;
    reading.next.push_back(std::move(out));
  }

  // `hidden`: the word for an account that shows nothing; empty when it does, or is no more.
  void settle(const std::string& uri, const std::string& hidden, Reading& reading) {
    if (!hidden.empty()) {
      reading.verdicts.push_back({uri, Fate::kBarred, 400, hidden});
      return;
    }
    auto out = ask("single", "app.bsky.feed.getPostThread");
    out.url = with_parameter(out.url, "uri", uri) + "&depth=0&parentHeight=0";
    out.about = uri;
    reading.next.push_back(std::move(out));
  }

  static bool hides(const std::string& error) {
    return error == "AccountDeactivated" || error == "AccountTakedown" || error == "AccountSuspended";
  }

  Result<Reading> author(const Ask& asked, const Answer& answer, const std::string& error) {
    if (answer.status != 200 && answer.status != 400) return *refusal(answer, error);
    auto& state = states_[asked.about];
    if (answer.status == 400 && hides(error)) state = error;
    Reading reading;
    for (const auto& uri : waiting_[asked.about]) settle(uri, state, reading);
    return reading;
  }

  Ask record(const std::string& uri) const {
    const auto name = at_uri(uri);
    auto out = ask("record", "com.atproto.repo.getRecord");
    out.url = with_parameter(out.url, "repo", name.authority);
    out.url = with_parameter(out.url, "collection", name.collection);
    out.url = with_parameter(out.url, "rkey", name.key);
    out.about = uri;
    return out;
  }

  Result<Reading> single(const Ask& asked, const Answer& answer, Result<JsonPage>& page,
                         const std::string& error) {
    Reading reading;
    auto fate = Fate::kUnclear;
    if (answer.status == 200 && page) {
      const auto kind = page->root().field("thread").field("$type").text();
      if (kind.ends_with("#notFoundPost")) fate = Fate::kGone;
      if (kind.ends_with("#blockedPost")) fate = Fate::kBarred;
      if (asked.step == "record" && page->root().field("uri").text() == asked.about) fate = Fate::kPresent;
      if (auto read = read_bluesky(*page)) reading = *std::move(read);
      for (const auto& item : reading.items)
        if (item.interaction.id == asked.about) fate = Fate::kPresent;
    }
    if (answer.status == 400 && (error == "NotFound" || error == "RecordNotFound")) fate = Fate::kGone;
    if (answer.status == 400 && (error == "RepoDeactivated" || error == "RepoTakendown" || hides(error)))
      fate = Fate::kBarred;
    reading.verdicts.push_back({asked.about, fate, answer.status, error.substr(0, 200)});
    return reading;
  }

  Target target_;
  std::string root_;
  bool login_;
  bool in_session_ = false;
  std::string session_did_;
  MemoryLines memory_;
  Recheck recheck_;
  std::string before_;  // the newest time of the last complete poll
  std::map<std::string, std::uint64_t, std::less<>> replies_before_, replies_;
  std::string did_, handle_;
  std::string newest_, oldest_;
  bool to_the_end_ = false;
  bool account_gone_ = false;  // the account shows nothing: deactivated, suspended or deleted
  std::map<std::string, std::size_t, std::less<>> pages_;
  std::set<std::string, std::less<>> came_, asked_, renewed_, threads_read_;
  std::map<std::string, std::uint64_t, std::less<>> threads_;
  bool threads_cut_off_ = false;
  std::map<std::string, std::string, std::less<>> states_;  // by DID: why it shows nothing; empty: it does
  std::map<std::string, std::vector<std::string>, std::less<>> waiting_;
};

bool is_actor(std::string_view name) {
  return !name.empty() && name.size() <= 256 && std::ranges::all_of(name, [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':' || c == '_';
  });
}

Target target_of(const PollSettings& settings) {
  Target out;
  const auto& url = settings.url;
  const auto path = path_of(url);
  out.root = root_of(url);
  const auto server = server_of(url);
  if (server == "bsky.app" || server == "www.bsky.app") {
    constexpr std::string_view kProfile = "/profile/";
    out.root = settings.has_credential ? kLogin : kPublic;
    if (path.starts_with(kProfile)) {
      auto name = path.substr(kProfile.size());
      while (name.ends_with('/')) name.remove_suffix(1);
      out.actor = name;
    }
    if (path == "/search") out.search = parameter(url, "q");
  } else if (path.ends_with("/xrpc/app.bsky.feed.getAuthorFeed")) {
    out.actor = parameter(url, "actor");
  } else if (path.ends_with("/xrpc/app.bsky.feed.searchPosts")) {
    out.search = parameter(url, "q");
  }
  if (!is_actor(out.actor)) out.actor.clear();
  return out;
}

}  // namespace

Result<std::unique_ptr<Poll>> new_bluesky_poll(const PollSettings& settings) {
  auto target = target_of(settings);
  if (target.actor.empty() && target.search.empty())
    return Error{Code::kInvalid, "the address names no Bluesky account and no search",
                 "Give it as https://bsky.app/profile/NAME or https://bsky.app/search?q=WORDS."};
  return std::unique_ptr<Poll>(std::make_unique<BlueskyPoll>(std::move(target), settings));
}

}  // namespace muniment::polls
