#include "polls/disqus_poll.hpp"

#include <algorithm>

#include "polls/answers.hpp"
#include "polls/api_poll.hpp"
#include "sources/claims.hpp"
#include "sources/html_text.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::claimed_time;
using sources::excerpt;
using sources::parameter;
using sources::path_of;
using sources::root_of;
using sources::server_of;
using sources::text_of_html;
using sources::with_parameter;

const std::string kComments = "comments";  // in the memory
constexpr std::string_view kSingleApi = "/posts/details.json";

std::string words_of(Json root) {
  return std::string(root.field("response").text());
}

bool is_word(std::string_view text) {
  return is_word_of(text, 64, "_-");
}

void read_post(Json in, records::Interaction& out) {
  out.platform = "disqus";
  out.id = in.field("id").name();
  out.type = "comment";
  out.posted = claimed_time(in.field("createdAt").text());
  const auto shown = text_of_html(in.field("message").text(), &out.links);
  const auto plain = in.field("raw_message");
  out.text = plain.is_text() ? std::string(plain.text()) : shown;
  const auto author = in.field("author");
  out.author.id = author.field("id").name();
  out.author.handle = author.field("username").text();
  out.author.name = author.field("name").text();
  out.author.url = author.field("profileUrl").text();
  if (const auto parent = in.field("parent").name(); !parent.empty()) {
    out.type = "reply";
    out.reply_to = parent;
  }
  const auto thread = in.field("thread");
  const auto number = thread.is_object() ? thread.field("id").name() : thread.name();
  if (!number.empty()) out.thread = "thread/" + number;
  out.url = in.field("url").text();
  if (const auto page = thread.field("link").text(); out.url.empty() && !page.empty())
    out.url = std::string(page) + "#comment-" + out.id;
  if (in.field("isSpam").is_true()) out.visibility = "spam";
  if (in.field("isDeleted").is_true()) out.visibility = "deleted";
  if (out.visibility.empty()) out.visibility = in.field("isApproved").is_true() ? "approved" : "";
  for (JsonList one(in.field("media")); one && out.media.size() < 100; one.next())
    if (const auto url = one.value().field("url").text(); !url.empty())
      out.media.push_back({std::string(url), std::string(one.value().field("mimetype").text()),
                           std::string(one.value().field("description").text())});
  if (const auto likes = in.field("likes")) out.counts.emplace_back("likes", likes.number());
}

class DisqusPoll final : public ApiPoll {
 public:
  DisqusPoll(const PollSettings& settings, std::string api, std::string forum)
      : ApiPoll(settings, kDisqusPages), api_(std::move(api)), forum_(std::move(forum)) {
    shows_ = {{Showing::Place::kParameter, "key", "api_key"}};
  }

  std::vector<Ask> start() override { return {top_of(kComments)}; }

  Result<Reading> take(const Ask& asked, const Answer& answer) override {
    auto page = json_answer(answer, words_of);
    if (!page)
      return asked.step == "single" ? single_refused(asked, answer, page.error())
                                    : Result<Reading>(page.error());
    auto read = read_disqus(*page);
    if (!read) return read;
    came(*read);
    if (asked.step == "single") return single(asked, answer, *std::move(read));
    const auto cursor = page->root().field("cursor");
    go_on(page_by_time(*read, cursor.field("hasNext").is_true() ? cursor.field("next").text() : ""), *read);
    return read;
  }

  std::vector<Ask> ask_after(const std::vector<Held>& held) override {
    std::vector<Ask> asks;
    const auto must = [&](const Held& one) { return is_within(kComments, one); };
    for (const auto* one : due(
             held, kDisqusMissing, [](const Held& item) { return is_word(item.id); }, must))
      asks.push_back(
          ask_about("single", api_ + std::string(kSingleApi) + "?related=thread&post=" + one->id, one->id));
    return asks;
  }

 private:
  Ask page_of(const std::string&, const std::string& cursor) const override {
    auto url = api_ + "/posts/list.json?forum=" + forum_ + "&limit=100&order=desc&related=thread";
    if (!cursor.empty()) url = with_parameter(url, "cursor", cursor);
    return ask("list", std::move(url));
  }

  static Result<Reading> single_refused(const Ask& asked, const Answer& answer, const Error& error) {
    if (error.code == Code::kUnavailable) return error;
    Reading reading;
    reading.verdicts.push_back(verdict(asked, Fate::kUnclear, answer, error.what));
    return reading;
  }

  static Result<Reading> single(const Ask& asked, const Answer& answer, Reading reading) {
    auto fate = Fate::kUnclear;
    std::string words;
    for (const auto& item : reading.items) {
      if (item.interaction.id != asked.about) continue;
      words = item.interaction.visibility;
      fate = words == "deleted" ? Fate::kGone : words == "approved" ? Fate::kPresent : Fate::kBarred;
    }
    if (fate != Fate::kPresent) reading.items.clear();
    reading.verdicts.push_back(verdict(asked, fate, answer, fate == Fate::kGone ? "isDeleted" : words));
    return reading;
  }

  std::string api_, forum_;
};

}  // namespace

Result<Reading> read_disqus(JsonPage& page) {
  const auto root = page.root();
  const auto response = root.field("response");
  if (!response.is_list() && !response.is_object())
    return Error{Code::kInvalid, "Disqus answered with an error: " + excerpt(words_of(root))};
  Reading reading;
  reading.recovered = page.recovered();
  const auto take = [&](Json post) {
    if (!post.is_object() || post.field("id").name().empty() || !post.field("message").is_text()) {
      ++reading.others;
      return;
    }
    auto& item = reading.items.emplace_back();
    const auto slice = page.slice(post);
    item.offset = slice.offset;
    item.length = slice.length;
    read_post(post, item.interaction);
  };
  if (response.is_object())
    take(response);
  else
    for (JsonList one(response); one; one.next()) take(one.value());
  return reading;
}

Result<std::unique_ptr<Poll>> new_disqus_poll(const PollSettings& settings) {
  constexpr std::string_view kList = "/posts/list.json";
  constexpr std::string_view kForum = "/home/forum/";
  const auto server = server_of(settings.url);
  const auto path = path_of(settings.url);
  std::string api = "https://disqus.com/api/3.0";
  std::string forum;
  if (path.ends_with(kList)) {
    api = root_of(settings.url) + std::string(path.substr(0, path.size() - kList.size()));
    forum = parameter(settings.url, "forum");
  } else if (path.starts_with(kForum)) {
    forum = path.substr(kForum.size());
    forum = forum.substr(0, forum.find('/'));
  } else if (server.ends_with(".disqus.com")) {
    forum = server.substr(0, server.find('.'));
  }
  if (!is_word(forum))
    return Error{Code::kInvalid, "the address names no forum of Disqus",
                 "Give it as https://disqus.com/home/forum/NAME/."};
  return std::unique_ptr<Poll>(std::make_unique<DisqusPoll>(settings, std::move(api), std::move(forum)));
}

}  // namespace muniment::polls
