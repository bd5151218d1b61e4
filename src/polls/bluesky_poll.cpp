#include "polls/bluesky_poll.hpp"

#include <algorithm>

#include "polls/answers.hpp"
#include "polls/bluesky_fates.hpp"
#include "polls/known_states.hpp"
#include "sources/bluesky_page.hpp"
#include "sources/bluesky_post.hpp"
#include "sources/claims.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::at_uri;
using sources::claimed_time;
using sources::excerpt;
using sources::is_bluesky_post_uri;
using sources::with_parameter;

// Lists; in the memory.
const std::string kPosts = "newest", kMentions = "mentions";

std::uint64_t count_of(const records::Interaction& item, std::string_view name) {
  for (const auto& [counted, value] : item.counts)
    if (counted == name) return value;
  return 0;
}

std::string key_of(std::string_view uri) {
  return std::string(at_uri(uri).key);
}

// Mentions had no line of their own in the memory once: they were read down to the newest post.
PollSettings with_mentions(PollSettings settings) {
  auto memory = memory_lines(settings.cursor);
  if (const auto newest = memory.find(kPosts); newest != memory.end())
    memory.try_emplace(kMentions, newest->second);
  settings.cursor = cursor_of(memory);
  return settings;
}

class BlueskyPoll final : public BlueskyFates {
 public:
  BlueskyPoll(BlueskyTarget target, const PollSettings& settings)
      : BlueskyFates(std::move(target), with_mentions(settings), kBlueskyPages),
        replies_(remembered("replies")) {}

  std::vector<Ask> ask_after(const std::vector<Held>& held) override {
    std::vector<const Held*> posts;
    std::vector<Ask> asks;
    for (const auto& one : held)
      if (!one.reply_to.empty()) ++held_below_[one.reply_to];
    for (const auto& one : held) {
      if (has_come(one.id) || posts.size() + asks.size() >= kBlueskyMissing) continue;
      const bool is_post = is_bluesky_post_uri(one.id);
      if (!is_post && at_uri(one.id).key.empty()) continue;
      if (!should_have_come(one) && !threads_read_.contains(one.reply_to)) continue;
      is_post ? posts.push_back(&one) : asks.push_back(record(one.id));
    }
    const auto turn = in_turn(held, [&](const Held& one) {
      return is_bluesky_post_uri(one.id) && std::ranges::find(posts, &one) == posts.end();
    });
    posts.insert(posts.end(), turn.begin(), turn.end());
    std::ranges::move(batches(posts), std::back_inserter(asks));
    return asks;
  }

 private:
  void remember_more(MemoryLines& memory) const override {
    if (!did_.empty()) memory["did"] = did_;
    if (!handle_.empty()) memory["handle"] = handle_;
    memory["replies"] = replies_.words(kBlueskyThreads);
  }

  Ask owed(const Owed::Question& question) const override {
    auto out = ApiPoll::owed(question);
    out.shows = method("", "").shows;
    return out;
  }

  Result<Reading> hear(const Ask& asked, const Answer& answer, Result<JsonPage>& page,
                       const std::string& error) override {
    if (asked.step == "author") return author(asked, answer, error);
    if (asked.step == "single" || asked.step == "record") {
      auto reading = single(asked, answer, page, error);
      if (reading) came(*reading);
      return reading;
    }
    if (asked.step == "profile") return profile(answer, page, error);
    if (auto refused = refusal(answer, error)) return std::move(*refused);
    if (!page) return std::move(page).error();
    auto reading = sources::read_bluesky(*page);
    if (!reading) return reading;
    came(*reading);
    if (asked.step == "batch") {
      look_up(asked, *reading);
      ask_older_threads(*reading);
    }
    if (asked.step == "thread") thread_came(asked.about, *reading);
    if (asked.step == kPosts || asked.step == kMentions) listing(asked.step, page->root(), *reading);
    return reading;
  }

  // --- who and what -----------------------------------------------------------------------------------

  Ask first() override {
    if (target_.actor.empty()) return top_of(kPosts);
    // By DID once it is known: handles are given up and taken by others.
    const auto did = remembered("did");
    auto out = method("profile", "app.bsky.actor.getProfile");
    out.url = with_parameter(out.url, "actor", did.empty() ? target_.actor : did);
    return out;
  }

  Result<Reading> profile(const Answer& answer, const Result<JsonPage>& page, const std::string& error) {
    Reading reading;
    const bool is_of_account = hides_bluesky_account(error) || error == "InvalidRequest";
    if (const auto known = remembered("did"); answer.status == 400 && is_of_account && !known.empty()) {
      did_ = known;
      reading.remarks.push_back("the account shows nothing any more (" + excerpt(error) +
                                "); what is held of it is asked after");
      know_account(did_, error);
      account_gone_ = true;
      return reading;
    }
    if (auto refused = refusal(answer, error)) return std::move(*refused);
    if (!page) return page.error();
    did_ = page->root().field("did").text();
    handle_ = page->root().field("handle").text();
    if (at_uri("at://" + did_ + "/a/b").key.empty())
      return Error{Code::kInvalid, "the server's answer names no account", "Look at the source's address."};
    know_account(did_, "");
    if (const auto before = remembered("handle"); !before.empty() && before != handle_)
      reading.remarks.push_back("the account " + excerpt(before) + " is now called " + excerpt(handle_));
    reading.only_leads = true;
    reading.next.push_back(top_of(kPosts));
    if (is_in_session_of(did_)) reading.next.push_back(top_of(kMentions));
    return reading;
  }

  // --- lists ------------------------------------------------------------------------------------------

  Ask page_of(const std::string& list, const std::string& cursor) const override {
    Ask out;
    if (list == kMentions) {
      out = method(list, "app.bsky.notification.listNotifications");
      out.url += "?reasons=mention&reasons=reply&reasons=quote&limit=100";
    } else if (target_.actor.empty()) {
      out = method(list, "app.bsky.feed.searchPosts");
      out.url = with_parameter(out.url, "q", target_.search) + "&sort=latest&limit=100";
    } else {
      out = method(list, "app.bsky.feed.getAuthorFeed");
      out.url = with_parameter(out.url, "actor", did_) + "&filter=posts_with_replies&limit=100";
    }
    if (!cursor.empty()) out.url = with_parameter(out.url, "cursor", cursor);
    return out;
  }

  void listing(const std::string& list, Json root, Reading& reading) {
    ListPage page;
    for (JsonFields field(root); field; field.next())
      for (JsonList entry(field.value()); entry; entry.next()) {
        const auto time = time_of(entry.value());
        if (time.empty()) continue;
        page.newest = std::max(page.newest, time);
        page.oldest = page.oldest.empty() ? time : std::min(page.oldest, time);
      }
    if (list == kPosts && !target_.actor.empty())
      for (std::size_t i = 0, count = reading.items.size(); i < count; ++i)
        ask_thread(reading.items[i].interaction, reading);
    page.next = root.field("cursor").text();
    go_on(page, reading);
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

  void ask_thread(const records::Interaction& item, Reading& reading) {
    const auto replies = count_of(item, "replies");
    if (item.author.id != did_ || item.type == "repost" || replies == 0) return;
    if (at_uri(item.thread).authority == did_) return;  // comes with the thread of its root
    const auto key = key_of(item.id);
    const auto count = std::to_string(replies);
    if (replies_.is_known(key, count)) return;
    if (was_answered(key + "=" + count)) return replies_.now_known(key, count);
    if (ask_below(item.id, replies, reading)) join(key + "=" + count, reading.next.back());
  }

  // The feed shows older posts no more, and people still answer.
  void ask_older_threads(Reading& reading) {
    for (std::size_t i = 0, count = reading.items.size(); i < count; ++i) {
      const auto& item = reading.items[i].interaction;
      const auto replies = count_of(item, "replies");
      if (did_.empty() || item.author.id != did_ || item.type == "repost") continue;
      if (replies > held_below_[item.id] && threads_.size() < kBlueskyThreads)
        ask_below(item.id, replies, reading);
    }
  }

  bool ask_below(const std::string& uri, std::uint64_t replies, Reading& reading) {
    if (threads_.contains(uri)) return false;
    if (threads_.size() == kBlueskyThreads) {
      had_enough("replies were asked for below " + std::to_string(kBlueskyThreads) +
                     " posts; the next poll goes on below others",
                 reading);
      return false;
    }
    threads_[uri] = replies;
    auto out = method("thread", "app.bsky.feed.getPostThread");
    out.url = with_parameter(out.url, "uri", uri) + "&depth=100&parentHeight=0";
    out.about = uri;
    out.optional = out.owed = true;
    reading.next.push_back(std::move(out));
    return true;
  }

  void thread_came(const std::string& uri, Reading& reading) {
    threads_read_.insert(uri);
    if (const auto known = threads_.find(uri); at_uri(uri).authority == did_ && known != threads_.end())
      replies_.now_known(key_of(uri), std::to_string(known->second));
    // Deep threads are cut: what has replies and none of them came is asked for by itself.
    std::set<std::string_view> answered;
    for (const auto& item : reading.items) answered.insert(item.interaction.reply_to);
    for (const auto& item : reading.items)
      if (const auto count = count_of(item.interaction, "replies");
          count != 0 && item.interaction.id != uri && !answered.contains(item.interaction.id))
        ask_below(item.interaction.id, count, reading);
  }

  // --- what did not come ------------------------------------------------------------------------------

  bool should_have_come(const Held& one) const {
    return one.author_id == did_ && !did_.empty() && (account_gone_ || is_listed(kPosts, one.posted));
  }

  KnownStates replies_;
  std::map<std::string, std::uint64_t, std::less<>> held_below_;  // replies, by what they answer
  std::string did_, handle_;
  bool account_gone_ = false;  // the account shows nothing: deactivated, suspended or deleted
  std::map<std::string, std::uint64_t, std::less<>> threads_;
  std::set<std::string, std::less<>> threads_read_;
};

}  // namespace

Result<std::unique_ptr<Poll>> new_bluesky_poll(const PollSettings& settings) {
  auto target = bluesky_target(settings);
  if (!target) return target.error();
  return std::unique_ptr<Poll>(std::make_unique<BlueskyPoll>(*std::move(target), settings));
}

}  // namespace muniment::polls
