#include "polls/discourse_poll.hpp"

#include <algorithm>
#include <charconv>

#include "polls/answers.hpp"
#include "polls/api_poll.hpp"
#include "sources/claims.hpp"
#include "sources/saved_formats.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::claimed_time;
using sources::kDiscourse;
using sources::path_of;
using sources::root_of;
using sources::server_of;

constexpr std::size_t kPostsAtOnce = 20;
constexpr std::size_t kMostStream = 20'000;
// Forums count out a page by numbers, or leave out afterwards what is not for everybody: a page may be empty.
constexpr std::uint64_t kNumbersAPage = 50;
// In the memory.
const std::string kPosts = "posts", kTopics = "topics";

std::string words_of(Json root) {
  const auto errors = root.field("errors");
  return std::string(errors.is_list() ? JsonList(errors).value().text() : errors.text());
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 19 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

class DiscoursePoll final : public ApiPoll {
 public:
  DiscoursePoll(const PollSettings& settings, std::string list, std::string topic)
      : ApiPoll(settings, kDiscoursePages),
        root_(root_of(settings.url)),
        host_(server_of(settings.url)),
        list_(std::move(list)),
        topic_(std::move(topic)) {
    if (settings.has_credential)
      shows_ = {{Showing::Place::kHeader, "user", "Api-Username"},
                {Showing::Place::kHeader, "key", "Api-Key"}};
  }

  std::vector<Ask> start() override {
    if (!topic_.empty()) return {ask("topic", root_ + "/t/" + topic_ + ".json")};
    if (!list_.empty()) return {top_of(kTopics)};
    return {top_of(kPosts)};
  }

  Result<Reading> take(const Ask& asked, const Answer& answer) override {
    if (asked.step == "single") return single(asked, answer);
    const auto page = json_answer(answer, words_of);
    if (!page) return page.error();
    if (asked.step == kTopics) return topics(page->root());
    auto reading = items_of(kDiscourse, answer, root_);
    if (!reading) return reading;
    for (const auto& item : reading->items)
      if (item.interaction.visibility == "deleted") {
        tombs_.insert(item.interaction.id);
        did_not_come(item.interaction.id);
      }
    if (asked.step == "topic") stream(page->root(), *reading);
    if (asked.step == kPosts) posts(asked, *reading);
    drop_tombs(*reading);
    return reading;
  }

  std::vector<Ask> ask_after(const std::vector<Held>& held) override {
    std::vector<Ask> asks;
    const auto is_ours = [&](const Held& one) { return is_number(number_of(one.id)); };
    const auto must = [&](const Held& one) {
      return tombs_.contains(one.id) || is_within(kPosts, one) || is_in_topic_read(one);
    };
    for (const auto* one : due(held, kDiscourseMissing, is_ours, must))
      asks.push_back(
          ask_about("single", root_ + "/posts/" + std::string(number_of(one->id)) + ".json", one->id));
    return asks;
  }

 private:
  Ask page_of(const std::string& list, const std::string& cursor) const override {
    if (list == kPosts) return ask(list, root_ + "/posts.json" + (cursor.empty() ? "" : "?before=" + cursor));
    const auto path = cursor.empty() ? list_ : cursor.substr(0, cursor.find('?'));
    return ask(list, root_ + path + (path.ends_with(".json") ? "" : ".json") +
                         (cursor.empty() ? "" : cursor.substr(path.size())));
  }

  std::string_view number_of(std::string_view id) const {
    const auto prefix = host_ + "/post/";
    return id.starts_with(prefix) ? id.substr(prefix.size()) : std::string_view();
  }

  // What an author took away is asked after like anything else that is gone, and is no new version.
  void drop_tombs(Reading& reading) const {
    std::erase_if(reading.items, [](const Item& item) { return item.interaction.visibility == "deleted"; });
  }

  bool is_in_topic_read(const Held& one) const {
    const auto slash = one.local.rfind('/');
    return slash != std::string::npos && topics_read_.contains(one.local.substr(0, slash)) &&
           !has_come(one.id);
  }

  static std::uint64_t value_of(std::string_view text) {
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
  }

  void posts(const Ask& asked, Reading& reading) {
    std::uint64_t lowest = 0;
    for (const auto& item : reading.items) {
      const auto number = value_of(number_of(item.interaction.id));
      if (number != 0 && (lowest == 0 || number < lowest)) lowest = number;
    }
    const auto before = value_of(sources::parameter(asked.url, "before"));
    if (lowest == 0 && before > kNumbersAPage) lowest = before - kNumbersAPage + 1;
    if (lowest == 0 && before == 0 && !remembered(kPosts).empty())
      reading.faults.push_back(
          "the forum's newest page shows nothing, and does not say where to go on below it");
    auto page = page_by_time(reading, lowest > 1 ? std::to_string(lowest - 1) : "");
    page.hides_older = true;
    go_on(page, reading);
  }

  Result<Reading> topics(Json root) {
    Reading reading;
    const auto list = root.field("topic_list");
    const auto before = remembered(kTopics);
    ListPage page;
    for (JsonList one(list.field("topics")); one; one.next()) {
      const auto bumped = claimed_time(one.value().field("last_posted_at").text());
      const auto number = one.value().field("id").name();
      if (bumped.empty() || !is_number(number)) continue;
      page.newest = std::max(page.newest, bumped);
      page.oldest = page.oldest.empty() ? bumped : std::min(page.oldest, bumped);
      if (bumped <= before || topics_[number] == bumped) continue;
      const auto group = "topic." + number + "=" + bumped;
      if (was_answered(group)) continue;
      if (asked_topics_ == kDiscourseTopics) {
        reading.faults.push_back("more than " + std::to_string(kDiscourseTopics) +
                                 " topics moved since the last poll; the next one goes on with the others");
        stop_at(page);
        return reading;
      }
      ++asked_topics_;
      topics_[number] = bumped;
      reading.next.push_back(ask("topic", root_ + "/t/" + number + ".json"));
      join(group, reading.next.back());
    }
    const auto more = list.field("more_topics_url").text();
    page.next = more.starts_with("/") ? more : "";
    go_on(page, reading);
    return reading;
  }

  // A topic names all of its posts and sends the first of them.
  void stream(Json root, Reading& reading) {
    const auto number = root.field("id").name();
    if (!is_number(number)) return;
    topics_read_.insert(host_ + "/t/" + number);
    if (root.field("post_stream").field("isMegaTopic").is_true()) return pages_of(root, number, reading);
    std::vector<std::string> left;
    for (JsonList one(root.field("post_stream").field("stream")); one; one.next())
      if (const auto post = one.value().name(); is_number(post) && !has_come(host_ + "/post/" + post))
        left.push_back(post);
    // The newest stand last.
    if (left.size() > kMostStream) {
      reading.faults.push_back("topic " + number + " has more than " + std::to_string(kMostStream) +
                               " posts; the oldest of them were not asked for");
      left.erase(left.begin(), left.end() - static_cast<std::ptrdiff_t>(kMostStream));
    }
    for (std::size_t i = 0; i < left.size(); i += kPostsAtOnce) {
      std::string url = root_ + "/t/" + number + "/posts.json";
      for (auto at = i; at < std::min(i + kPostsAtOnce, left.size()); ++at)
        url += (at == i ? "?post_ids[]=" : "&post_ids[]=") + left[at];
      reading.next.push_back(ask("more", std::move(url)));
    }
  }

  // A topic that is too long to name all of its posts is read page by page.
  void pages_of(Json root, const std::string& number, Reading& reading) {
    topics_read_.erase(host_ + "/t/" + number);
    const auto posts =
        std::max(root.field("posts_count").number(), root.field("highest_post_number").number());
    const auto pages = (posts + kPostsAtOnce - 1) / kPostsAtOnce;
    constexpr std::size_t kMostPages = kMostStream / kPostsAtOnce;
    if (pages > kMostPages)
      reading.faults.push_back("topic " + number + " has more than " + std::to_string(kMostStream) +
                               " posts; the oldest of them were not asked for");
    for (auto page = std::max<std::uint64_t>(2, pages > kMostPages ? pages - kMostPages + 1 : 2);
         page <= pages; ++page)
      reading.next.push_back(ask("more", root_ + "/t/" + number + ".json?page=" + std::to_string(page)));
  }

  Result<Reading> single(const Ask& asked, const Answer& answer) {
    const auto page = JsonPage::parse(answer.body);
    const auto words = page ? page->root().field("error_type").text() : std::string_view();
    Reading reading;
    auto fate = fate_of(answer.status);
    // A proxy's 404 says nothing about a post.
    if (fate != Fate::kUnclear && words.empty()) fate = Fate::kUnclear;
    if (answer.status == 200 && page) {
      if (auto read = items_of(kDiscourse, answer, root_)) reading = *std::move(read);
      for (const auto& item : reading.items)
        if (item.interaction.id == asked.about)
          fate = item.interaction.visibility == "deleted" ? Fate::kGone : Fate::kPresent;
      drop_tombs(reading);
    }
    reading.verdicts.push_back(
        verdict(asked, fate, answer, answer.status == 200 && fate == Fate::kGone ? "user_deleted" : words));
    return reading;
  }

  std::string root_, host_;
  std::string list_;                                        // "/c/slug/7" or "/tag/name"
  std::string topic_;                                       // its number
  std::map<std::string, std::string, std::less<>> topics_;  // asked for: when somebody last wrote in it
  std::size_t asked_topics_ = 0;
  std::set<std::string, std::less<>> tombs_, topics_read_;
};

}  // namespace

Result<std::unique_ptr<Poll>> new_discourse_poll(const PollSettings& settings) {
  auto path = std::string(path_of(settings.url));
  while (path.ends_with('/')) path.pop_back();
  if (path.ends_with(".json")) path.resize(path.size() - 5);
  std::string list, topic;
  if (path.starts_with("/t/")) {
    for (std::string_view rest = std::string_view(path).substr(3); !rest.empty();) {
      const auto part = rest.substr(0, rest.find('/'));
      rest.remove_prefix(std::min(part.size() + 1, rest.size()));
      if (topic.empty() && is_number(part)) topic = part;
    }
  } else if (path.starts_with("/c/") || path.starts_with("/tag/")) {
    list = path;
  }
  if (!path.empty() && list.empty() && topic.empty())
    return Error{Code::kInvalid, "the address names no forum, category, tag or topic",
                 "Give it as https://FORUM/, https://FORUM/c/NAME/NUMBER, https://FORUM/tag/NAME or "
                 "https://FORUM/t/NAME/NUMBER."};
  return std::unique_ptr<Poll>(std::make_unique<DiscoursePoll>(settings, std::move(list), std::move(topic)));
}

}  // namespace muniment::polls
