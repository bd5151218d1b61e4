// YouTube: answers of its Data API v3 (comments, threads of them, videos).
//
// A thread holds its first comment and, often, only some of the answers.  The plain text is taken where it is
// sent; the other is HTML, which may end in U+FEFF.
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/html_text.hpp"
#include "sources/json_items.hpp"
#include "sources/saved_formats.hpp"
#include "sources/youtube_names.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kPrefix = "youtube#";
void count(Json value, std::string_view name, records::Interaction& out) {
  if (value) out.counts.emplace_back(name, value.number());
}

void author(Json snippet, records::Account& out) {
  out.name = snippet.field("authorDisplayName").text();
  if (out.name.starts_with("@")) out.handle = out.name.substr(1);
  out.id = snippet.field("authorChannelId").field("value").text();
  out.url = snippet.field("authorChannelUrl").text();
}

class Page {
 public:
  Page(JsonPage& page, Reading& out) : page_(page), out_(out) {}

  Status read() {
    const auto root = page_.root();
    if (const auto said = root.field("error").field("message").text(); !said.empty())
      return Error{Code::kInvalid, "YouTube answered with an error: " + excerpt(said)};
    const auto items = root.field("items");
    if (items.is_list())
      for (JsonList one(items); one; one.next()) resource(one.value());
    else
      resource(root);
    return {};
  }

 private:
  void resource(Json object) {
    auto kind = object.field("kind").text();
    if (kind.starts_with(kPrefix)) kind.remove_prefix(kPrefix.size());
    if (kind == "commentThread") {
      thread(object);
    } else if (kind == "comment") {
      comment(object, {}, {});
    } else if (kind == "video" && object.field("snippet").field("title").is_text()) {
      video(object);
    } else {
      ++out_.others;
    }
  }

  void thread(Json object) {
    const auto snippet = object.field("snippet");
    const auto first = snippet.field("topLevelComment");
    const auto replies = object.field("replies").field("comments");
    const auto of = snippet.field("videoId").text();
    const auto all = snippet.field("totalReplyCount");
    // They may stand in either order, and slices are cut in the order of the page.
    bool replies_first = false;
    for (JsonFields field(object); field; field.next()) {
      if (field.key() == "replies") replies_first = true;
      if (field.key() == "snippet") break;
    }
    if (replies_first)
      for (JsonList one(replies); one; one.next()) comment(one.value(), of, {});
    comment(first, of, all);
    if (!replies_first)
      for (JsonList one(replies); one; one.next()) comment(one.value(), of, {});
    if (all.number() > replies.size())
      out_.remarks.push_back(std::to_string(all.number() - replies.size()) + " answers to " +
                             std::string(first.field("id").text()) + " were not sent with it");
  }

  void comment(Json object, std::string_view video, Json replies) {
    const auto snippet = object.field("snippet");
    if (!object.is_object()) return;
    if (object.field("id").text().empty() || !snippet.is_object()) {
      ++out_.others;
      return;
    }
    auto item = item_at(page_.slice(object));
    auto& out = item.interaction;
    out.platform = "youtube";
    out.id = object.field("id").text();
    author(snippet, out.author);
    out.posted = claimed_time(snippet.field("publishedAt").text());
    if (auto changed = claimed_time(snippet.field("updatedAt").text()); changed > out.posted)
      out.edited = std::move(changed);
    const auto shown = text_of_html(snippet.field("textDisplay").text(), &out.links);
    const auto plain = snippet.field("textOriginal");
    out.text = without_mark(plain.is_text() ? std::string(plain.text()) : shown);
    if (!snippet.field("videoId").text().empty()) video = snippet.field("videoId").text();
    if (!video.empty()) {
      out.thread = "video/" + std::string(video);
      out.url = youtube_comment_url(video, out.id);
    }
    out.reply_to = snippet.field("parentId").text();
    out.type = out.reply_to.empty() ? "comment" : "reply";
    // The part of a name before the dot is the comment that was answered.
    const auto state = snippet.field("moderationStatus").text();
    out.visibility = state;
    if (!state.empty() && state != "published") item.why_private = "a comment that is not published";
    count(snippet.field("likeCount"), "likes", out);
    count(replies, "replies", out);
    out_.items.push_back(std::move(item));
  }

  void video(Json object) {
    const auto snippet = object.field("snippet");
    if (object.field("id").text().empty()) {
      ++out_.others;
      return;
    }
    auto item = item_at(page_.slice(object));
    auto& out = item.interaction;
    out.platform = "youtube";
    out.type = "post";
    const auto id = object.field("id").text();
    out.id = "video/" + std::string(id);
    out.url = "https://www.youtube.com/watch?v=" + std::string(id);
    out.posted = claimed_time(snippet.field("publishedAt").text());
    out.summary = snippet.field("title").text();
    out.text = snippet.field("description").text();
    out.lang = snippet.field("defaultLanguage").text();
    out.author.id = snippet.field("channelId").text();
    out.author.name = snippet.field("channelTitle").text();
    if (!out.author.id.empty()) out.author.url = "https://www.youtube.com/channel/" + out.author.id;
    for (JsonList one(snippet.field("tags")); one; one.next())
      if (const auto tag = one.value().text(); !tag.empty()) out.tags.emplace_back(tag);
    out.visibility = object.field("status").field("privacyStatus").text();
    if (out.visibility == "private") item.why_private = "a private video";
    const auto statistics = object.field("statistics");
    count(statistics.field("viewCount"), "views", out);
    count(statistics.field("likeCount"), "likes", out);
    count(statistics.field("commentCount"), "replies", out);
    out_.items.push_back(std::move(item));
  }

  JsonPage& page_;
  Reading& out_;
};

Status read_page(std::string_view record, const SavedContext&, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  return Page(*page, out).read();
}

bool is_page(const Beginning& it) {
  return it.value("kind").starts_with(kPrefix) || it.value("items.kind").starts_with(kPrefix);
}

}  // namespace

const SavedFormat kYouTube = {"youtube", "comments and videos as YouTube's API gives them", is_page,
                              read_page};

}  // namespace muniment::sources
