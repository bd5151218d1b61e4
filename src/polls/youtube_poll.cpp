#include "polls/youtube_poll.hpp"

#include <algorithm>

#include "polls/answers.hpp"
#include "polls/api_poll.hpp"
#include "polls/youtube_films.hpp"
#include "sources/claims.hpp"
#include "sources/saved_formats.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::claimed_time;
using sources::kYouTube;
using sources::parameter;
using sources::path_of;
using sources::root_of;
using sources::with_parameter;

constexpr std::size_t kAtOnce = 50;
constexpr std::string_view kVideo = "video/";
// In the memory.
const std::string kThreads = "threads", kUploads = "uploads";

std::string words_of(Json root) {
  const auto error = root.field("error");
  const auto reason = JsonList(error.field("errors")).value().field("reason").text();
  return std::string(reason.empty() ? error.field("message").text() : reason);
}

bool is_id(std::string_view text) {
  return is_word_of(text, 128, "_-.");
}

class YouTubePoll final : public ApiPoll {
 public:
  YouTubePoll(const PollSettings& settings, std::string api, std::string query)
      : ApiPoll(settings, kYouTubePages), api_(std::move(api)), query_(std::move(query)) {
    shows_ = {{Showing::Place::kParameter, "key", "key"}};
  }

  std::vector<Ask> start() override {
    return {ask("channel", api_ + "/channels?part=id,contentDetails&" + query_)};
  }

  Result<Reading> take(const Ask& asked, const Answer& answer) override {
    const auto page = json_answer(answer, words_of);
    if (!page) return refused(asked, answer, page.error());
    if (asked.step == "channel") return channel(page->root());
    if (asked.step == kUploads) return uploads(page->root());
    auto reading = items_of(kYouTube, answer, api_);
    if (!reading) return reading;
    std::erase_if(reading->remarks,
                  [](const std::string& line) { return line.find("were not sent") != std::string::npos; });
    films_.came(*reading);
    if (asked.step == "film") films_.were_asked_for(named_by(asked));
    const auto token = page->root().field("nextPageToken").text();
    if (asked.step == kThreads) {
      replies_below(page->root(), *reading);
      go_on(page_by_time(*reading, token), *reading);
    }
    if (asked.step == "replies") {
      read_.insert(asked.about);
      if (!token.empty())
        reading->next.push_back(
            ask_about("replies", with_parameter(replies_url(asked.about), "pageToken", token), asked.about));
    }
    if (asked.step == "older") older_replies(page->root(), *reading);
    if (asked.step == "batch" || asked.step == "older") look_for(asked, *reading);
    if (asked.step == "single") single(asked, answer, *reading);
    return reading;
  }

  std::vector<Ask> ask_after(const std::vector<Held>& held) override {
    const auto is_ours = [](const Held& one) { return is_youtube_film(one.id) || is_id(one.id); };
    const auto must = [&](const Held& one) {
      return is_youtube_film(one.id)
                 ? has_ended(kUploads)
                 : read_.contains(one.reply_to) || (one.reply_to.empty() && is_within(kThreads, one));
    };
    std::vector<std::string> threads, answers, videos;
    for (const auto* one : due(held, kYouTubeMissing, is_ours, must)) {
      (is_youtube_film(one->id) ? videos : one->reply_to.empty() ? threads : answers).push_back(one->id);
      films_.stands_below(one->id, one->thread);
    }
    for (const auto& one : held)
      if (!one.reply_to.empty()) ++held_below_[one.reply_to];
    std::vector<Ask> asks;
    for (const auto* list : {&threads, &answers, &videos})
      for (std::size_t i = 0; i < list->size(); i += kAtOnce) {
        const std::vector<std::string> some(
            list->begin() + static_cast<std::ptrdiff_t>(i),
            list->begin() + static_cast<std::ptrdiff_t>(std::min(i + kAtOnce, list->size())));
        asks.push_back(list == &threads ? ask("older", older_threads(some)) : ask("batch", lookup(some)));
      }
    return asks;
  }

 private:
  Ask page_of(const std::string& list, const std::string& cursor) const override {
    const auto url = list == kThreads ? threads_url() : uploads_url();
    return ask(list, cursor.empty() ? url : with_parameter(url, "pageToken", cursor));
  }

  // Of ids that are all videos, or all comments.
  std::string lookup(const std::vector<std::string>& ids) const {
    const bool videos = is_youtube_film(ids.front());
    auto url = api_ + (videos ? "/videos?part=snippet,statistics,status&maxResults=50&id="
                              : "/comments?part=snippet&textFormat=html&maxResults=50&id=");
    for (const auto& id : ids)
      url += (id == ids.front() ? "" : ",") + (videos ? id.substr(kVideo.size()) : id);
    return url;
  }

  // They cost as much as comments alone, and tell how many answers there are by now.
  std::string older_threads(const std::vector<std::string>& ids) const {
    auto url = api_ + "/commentThreads?part=snippet,replies&textFormat=html&id=";
    for (const auto& id : ids) url += (id == ids.front() ? "" : ",") + id;
    return url;
  }

  std::string threads_url() const {
    return api_ +
           "/commentThreads?part=snippet,replies&order=time&textFormat=html&maxResults=100&"
           "allThreadsRelatedToChannelId=" +
           channel_;
  }
  std::string replies_url(const std::string& thread) const {
    return api_ + "/comments?part=snippet&textFormat=html&maxResults=100&parentId=" + thread;
  }
  std::string uploads_url() const {
    return api_ + "/playlistItems?part=contentDetails,snippet&maxResults=50&playlistId=" + uploads_;
  }

  Result<Reading> refused(const Ask& asked, const Answer& answer, const Error& error) const {
    // A spent quota is no refusal of the item, nor is a key that was withdrawn.
    const bool is_quota =
        error.what.find("uota") != std::string::npos || error.what.find("imitExceeded") != std::string::npos;
    if (is_quota) return Error{Code::kUnavailable, error.what, "Quotas start anew at midnight Pacific time."};
    if (asked.step != "single") return error;
    Reading reading;
    reading.verdicts.push_back(verdict(
        asked, answer.status == 404 ? films_.of_absent(asked.about) : Fate::kUnclear, answer, error.what));
    return reading;
  }

  Result<Reading> channel(Json root) {
    const auto item = JsonList(root.field("items")).value();
    channel_ = item.field("id").text();
    uploads_ = item.field("contentDetails").field("relatedPlaylists").field("uploads").text();
    if (!is_id(channel_))
      return Error{Code::kNotFound, "YouTube knows no such channel",
                   "Look at the source's address in a browser."};
    Reading reading;
    reading.only_leads = true;
    reading.next.push_back(top_of(kThreads));
    if (is_id(uploads_)) reading.next.push_back(top_of(kUploads));
    return reading;
  }

  // The list of uploads names videos; what they say comes from the videos themselves.
  Result<Reading> uploads(Json root) {
    Reading reading;
    std::vector<std::string> ids;
    ListPage page;
    for (JsonList one(root.field("items")); one; one.next()) {
      const auto details = one.value().field("contentDetails");
      const auto id = details.field("videoId").text();
      auto published = claimed_time(details.field("videoPublishedAt").text());
      if (!is_id(id)) continue;
      page.newest = std::max(page.newest, published);
      if (!published.empty() && (page.oldest.empty() || published < page.oldest)) page.oldest = published;
      ids.push_back(std::string(kVideo) + std::string(id));
    }
    if (!ids.empty()) reading.next.push_back(ask("batch", lookup(ids)));
    page.next = root.field("nextPageToken").text();
    go_on(page, reading);
    return reading;
  }

  void replies_below(Json root, Reading& reading) {
    for (JsonList one(root.field("items")); one; one.next()) {
      const auto thread = one.value();
      const auto id = thread.field("id").text();
      const auto all = thread.field("snippet").field("totalReplyCount").number();
      if (!is_id(id) || all <= thread.field("replies").field("comments").size()) {
        if (is_id(id)) read_.emplace(id);
        continue;
      }
      const auto group = std::string(id) + "=" + std::to_string(all);
      if (was_answered(group)) continue;
      if (asked_replies_ == kYouTubeThreads) {
        reading.faults.push_back("answers were asked for below " + std::to_string(kYouTubeThreads) +
                                 " comments; the next poll goes on below others");
        leave_to_next_poll();
        ++asked_replies_;
      }
      if (asked_replies_ > kYouTubeThreads) continue;
      ++asked_replies_;
      reading.next.push_back(ask_about("replies", replies_url(std::string(id)), std::string(id)));
      join(group, reading.next.back());
    }
  }

  // A list shows these threads no more, and people still answer.
  void older_replies(Json root, Reading& reading) {
    for (JsonList one(root.field("items")); one; one.next()) {
      const std::string id(one.value().field("id").text());
      const auto all = one.value().field("snippet").field("totalReplyCount").number();
      if (!is_id(id) || all <= one.value().field("replies").field("comments").size()) continue;
      if (all <= held_below_[id] || asked_replies_ >= kYouTubeThreads) continue;
      ++asked_replies_;
      auto out = ask_about("replies", replies_url(id), id);
      out.optional = out.owed = true;
      reading.next.push_back(std::move(out));
    }
  }

  // Of videos, or of comments.
  static std::vector<std::string> named_by(const Ask& asked) {
    const bool videos = asked.url.find("/videos?") != std::string::npos;
    auto names = ids_asked_for(asked.url);
    for (auto& name : names) name.insert(0, videos ? kVideo : std::string_view());
    return names;
  }

  // What did not come is asked for by itself, and before that the films of which it has to be known whether
  // they are shown.
  void look_for(const Ask& asked, Reading& reading) {
    auto missing = named_by(asked);
    std::erase_if(missing, [&](const auto& name) { return has_come(name); });
    if (const auto films = films_.to_ask_for(missing); !films.empty()) {
      reading.next.push_back(ask("film", lookup(films)));
      reading.next.back().optional = true;
    }
    for (const auto& name : missing) reading.next.push_back(ask_about("single", lookup({name}), name));
  }

  void single(const Ask& asked, const Answer& answer, Reading& reading) {
    const bool came = std::ranges::any_of(
        reading.items, [&](const Item& item) { return item.interaction.id == asked.about; });
    const auto page = JsonPage::parse(answer.body);
    const bool says_none =
        page && page->root().field("items").is_list() && page->root().field("items").size() == 0;
    reading.verdicts.push_back(verdict(asked,
                                       came        ? Fate::kPresent
                                       : says_none ? films_.of_absent(asked.about)
                                                   : Fate::kUnclear,
                                       answer, says_none ? "no such item" : ""));
  }

  std::string api_, query_, channel_, uploads_;
  std::size_t asked_replies_ = 0;
  std::map<std::string, std::size_t, std::less<>> held_below_;  // answers, by comment
  std::set<std::string, std::less<>> read_;                     // comments all of whose answers came
  YouTubeFilms films_;
};

}  // namespace

Result<std::unique_ptr<Poll>> new_youtube_poll(const PollSettings& settings) {
  constexpr std::string_view kApi = "/youtube/v3/channels";
  const auto path = path_of(settings.url);
  std::string api = "https://www.googleapis.com/youtube/v3";
  std::string channel, handle;
  if (path.ends_with(kApi)) {
    api = root_of(settings.url) + std::string(path.substr(0, path.size() - 9));
    channel = parameter(settings.url, "id");
    handle = parameter(settings.url, "forHandle");
  } else if (path.starts_with("/channel/")) {
    channel = path.substr(9);
  } else if (path.starts_with("/@")) {
    handle = path.substr(2);
  }
  for (auto* name : {&channel, &handle}) *name = name->substr(0, name->find('/'));
  if (!is_id(channel)) channel.clear();
  if (channel.empty() && handle.empty())
    return Error{Code::kInvalid, "the address names no channel of YouTube",
                 "Give it as https://www.youtube.com/@NAME or https://www.youtube.com/channel/NUMBER."};
  auto query = channel.empty() ? with_parameter("", "forHandle", handle).substr(1) : "id=" + channel;
  return std::unique_ptr<Poll>(std::make_unique<YouTubePoll>(settings, std::move(api), std::move(query)));
}

}  // namespace muniment::polls
