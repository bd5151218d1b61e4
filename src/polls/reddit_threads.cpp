#include "polls/reddit_threads.hpp"

#include <algorithm>
#include <utility>

#include "polls/reddit_poll.hpp"

namespace muniment::polls {
namespace {

constexpr std::size_t kAtOnce = 100;

std::uint64_t replies_of(const records::Interaction& item) {
  const auto count = std::ranges::find(item.counts, "replies", [](const auto& one) { return one.first; });
  return count == item.counts.end() ? 0 : count->second;
}

}  // namespace

bool is_reddit_word(std::string_view text) {
  return is_word_of(text, 64, "_-");
}

bool is_full_name(std::string_view name) {
  return (name.starts_with("t1_") || name.starts_with("t3_")) && is_reddit_word(name);
}

RedditThreads::RedditThreads(const PollSettings& settings, std::string root)
    : ApiPoll(settings, kRedditPages), root_(std::move(root)) {}

std::string RedditThreads::api() const {
  return in_ && root_ == "https://www.reddit.com" ? "https://oauth.reddit.com" : root_;
}

bool RedditThreads::is_read_whole(const std::string& post) const {
  return read_.contains(post) && fetched_ < kRedditStubs;
}

void RedditThreads::thread_came(const Ask& asked, Json root, Reading& reading) {
  if (asked.step == "thread") {
    if (const auto thread = threads_.find(asked.about); thread != threads_.end())
      thread->second.second = true;
    read_.insert(asked.about);
  }
  std::erase_if(reading.remarks,
                [](const std::string& line) { return line.find("places stand") != std::string::npos; });
  stubs(root, asked.about, 0, reading);
}

Ask RedditThreads::thread_of(const std::string& post) const {
  auto out = ask_about(
      "thread", api() + "/comments/" + post.substr(3) + suffix() + "?limit=500&depth=50&raw_json=1", post);
  out.optional = out.owed = true;
  return out;
}

void RedditThreads::thread(const records::Interaction& item, Reading& reading) {
  if (!item.id.starts_with("t3_") || !is_full_name(item.id)) return;
  const auto count = replies_of(item);
  const auto known = remembered("thread." + item.id);
  const auto group = item.id + "=" + std::to_string(count);
  if (known == std::to_string(count) || count == 0 || was_answered(group)) {
    threads_[item.id] = {count, true};
    return;
  }
  if (asked_threads_ == kRedditThreads)
    return had_enough("comments were asked for below " + std::to_string(kRedditThreads) +
                          " posts; the next poll goes on below others",
                      reading);
  ++asked_threads_;
  threads_[item.id] = {count, false};
  auto out = thread_of(item.id);
  join(group, out);
  reading.next.push_back(std::move(out));
}

// "more" stubs, wherever they stand: {"kind": "more", "data": {"children": [ids], "parent_id", "id"}}.
void RedditThreads::stubs(Json in, const std::string& post, int depth, Reading& reading) {
  if (depth > 250) return;
  if (in.field("kind").text() == "more") return stub(in.field("data"), post, reading);
  for (JsonFields field(in); field; field.next())
    if (field.value().is_object() || field.value().is_list()) stubs(field.value(), post, depth + 1, reading);
  for (JsonList one(in); one; one.next())
    if (one.value().is_object() || one.value().is_list()) stubs(one.value(), post, depth + 1, reading);
}

void RedditThreads::stub(Json data, const std::string& post, Reading& reading) {
  std::vector<std::string> children;
  for (JsonList one(data.field("children")); one; one.next())
    if (const auto id = one.value().name(); is_reddit_word(id) && !has_come("t1_" + id))
      children.push_back(id);
  // A stub without children stands for a branch that is too deep: its parent's branch is asked for.
  if (const auto parent = data.field("parent_id").text();
      children.empty() && parent.starts_with("t1_") && is_reddit_word(parent))
    return fetch(branch_url(post, std::string(parent.substr(3))), post, reading);
  for (std::size_t i = 0; i < children.size();) {
    if (!in_) {
      fetch(branch_url(post, children[i++]), post, reading);
      continue;
    }
    auto url = api() + "/api/morechildren?api_type=json&raw_json=1&link_id=" + post + "&children=";
    const auto end = std::min(i + kAtOnce, children.size());
    for (auto at = i; at < end; ++at) url += (at == i ? "" : ",") + children[at];
    i = end;
    fetch(std::move(url), post, reading);
  }
}

std::string RedditThreads::branch_url(const std::string& post, const std::string& comment) const {
  return api() + "/comments/" + post.substr(3) + "/_/" + comment + suffix() +
         "?limit=500&depth=50&raw_json=1";
}

void RedditThreads::fetch(std::string url, const std::string& post, Reading& reading) {
  if (!stubs_.insert(url).second) return;
  auto out = ask_about("more", std::move(url), post);
  out.optional = out.owed = true;
  if (fetched_ < kRedditStubs) {
    ++fetched_;
    reading.next.push_back(std::move(out));
    return;
  }
  const std::string many =
      "more than " + std::to_string(kRedditStubs) + " groups of comments had to be fetched by themselves; ";
  const bool is_owed = owe(out);
  if (is_owed && !std::exchange(some_are_owed_, true))
    reading.faults.push_back(many + "the next polls go on with the others");
  if (!is_owed && !std::exchange(some_are_lost_, true))
    reading.faults.push_back(many +
                             "there are too many for the next polls, too, and the rest is not asked for");
}

// How many comments are held below each post.
void RedditThreads::count_comments(const std::vector<Held>& held) {
  std::map<std::string_view, std::string_view> above;
  for (const auto& one : held)
    if (one.id.starts_with("t1_")) above.emplace(one.id, one.reply_to);
  for (const auto& one : held) {
    std::string_view at = one.id;
    for (int depth = 0; depth < 1'000 && at.starts_with("t1_"); ++depth) {
      const auto parent = above.find(at);
      at = parent == above.end() ? std::string_view() : parent->second;
    }
    if (one.id.starts_with("t1_") && !at.empty()) ++held_below_[std::string(at)];
  }
}

// A list shows them no more, and people still answer: the thread is read when it is a post's turn and there
// is more than is held.
void RedditThreads::ask_older_threads(Reading& reading) {
  for (const auto& item : reading.items) {
    const auto& post = item.interaction;
    const auto count = replies_of(post);
    if (!post.id.starts_with("t3_") || count <= held_below_[post.id] || threads_.contains(post.id)) continue;
    auto out = thread_of(post.id);
    if (asked_threads_ < kRedditThreads) {
      ++asked_threads_;
      reading.next.push_back(std::move(out));
    } else {
      owe(out);
    }
  }
}

void RedditThreads::remember_more(MemoryLines& memory) const {
  std::erase_if(memory, [](const auto& line) { return line.first.starts_with("thread."); });
  for (const auto& [id, state] : threads_)
    if (state.second) memory["thread." + id] = std::to_string(state.first);
}

}  // namespace muniment::polls
