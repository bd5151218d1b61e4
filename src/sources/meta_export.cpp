// "Download your information" of Facebook and Instagram, in JSON.
//
//   posts       [{"timestamp", "data": [{"post"}], "attachments", "title", "tags"}]
//   comments    {"comments_v2": [{"timestamp", "data": [{"comment": {"author", "comment", "group"}}]}]}
//   in groups   {"group_posts_v2": [as posts]}
//   Instagram   [{"media": [{"uri", "title", "creation_timestamp"}]}], stories {"ig_stories": [{"uri",
//   "title",
//               "creation_timestamp"}]}, and comments as
//               [{"string_map_data": {"Comment": {"value"}, "Media Owner": {"value"}, "Time":
//               {"timestamp"}}}]
//   messages    {"participants": […], "messages": [{"sender_name", "timestamp_ms", "content"}]}      private
//   encrypted   {"participants": ["…"], "threadName", "messages": [{"senderName", "timestamp", "text"}]}
//   likewise
// Both spell messages alike, and nothing in such a file says which of the two it is: they are read as
// Facebook's. Nothing has a name, so names are made (made_name.hpp).  Texts are repaired (meta_text.hpp); the
// bytes are kept.
#include "records/made_name.hpp"
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/export_owner.hpp"
#include "sources/json_items.hpp"
#include "sources/meta_owners.hpp"
#include "sources/meta_text.hpp"
#include "sources/saved_formats.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostListed = 1'000;
constexpr double kMillisecond = 0.001;
constexpr std::string_view kFacebook = "facebook", kInstagram = "instagram";

std::string said(Json field) {
  return meta_text(field.text());
}

void add_line(std::string& text, std::string line) {
  if (line.empty()) return;
  if (!text.empty()) text.push_back('\n');
  text += line;
}

// Of Instagram's {"Comment": {"value": …}}; the labels are in the language of the account, so that order
// decides where the English one is absent.
Json mapped(Json map, std::string_view label, std::string_view part) {
  if (const auto found = map.field(label).field(part)) return found;
  for (JsonFields one(map); one; one.next())
    if (const auto found = one.value().field(part)) return found;
  return {};
}

class Entry {
 public:
  Entry(Json in, std::string_view platform, const SavedContext& context, Item& item)
      : in_(in), item_(item), out_(item.interaction) {
    out_.platform = platform;
    out_.author = owner_in(context, platform);
  }

  // False: it says nothing and shows nothing.
  bool post() {
    out_.type = "post";
    time(in_.field("timestamp"));
    for (JsonList one(in_.field("data")); one; one.next()) {
      add_line(out_.text, said(one.value().field("post")));
      if (auto changed = claimed_seconds(one.value().field("update_timestamp").decimal());
          changed > out_.posted)
        out_.edited = std::move(changed);
    }
    out_.summary = said(in_.field("title"));
    attachments();
    for (JsonList one(in_.field("tags")); one && out_.mentions.size() < kMostListed; one.next()) {
      auto name = said(one.value().is_text() ? one.value() : one.value().field("name"));
      if (!name.empty()) out_.mentions.push_back(std::move(name));
    }
    return named("post", out_.summary);
  }

  bool comment() {
    out_.type = "comment";
    const auto comment = JsonList(in_.field("data")).value().field("comment");
    time(comment.field("timestamp") ? comment.field("timestamp") : in_.field("timestamp"));
    out_.text = said(comment.field("comment"));
    if (auto author = said(comment.field("author")); !author.empty() && author != out_.author.name)
      out_.author = {"", "", std::move(author), ""};
    out_.summary = said(in_.field("title"));
    attachments();
    return named("comment", out_.summary);
  }

  bool picture() {
    out_.type = "post";
    time(in_.field("creation_timestamp"));
    out_.text = said(in_.field("title"));
    for (JsonList one(in_.field("media")); one && out_.media.size() < kMostListed; one.next()) {
      if (out_.posted.empty()) time(one.value().field("creation_timestamp"));
      if (out_.text.empty()) out_.text = said(one.value().field("title"));
      media(one.value());
    }
    if (!in_.field("media").is_list()) media(in_);  // a story
    return named("post", "");
  }

  bool remark_on_picture() {
    out_.type = "comment";
    const auto map = in_.field("string_map_data");
    time(mapped(map, "Time", "timestamp"));
    out_.text = said(mapped(map, "Comment", "value"));
    const auto whose = said(map.field("Media Owner").field("value"));
    if (!whose.empty()) out_.mentions.push_back(whose);
    return named("comment", whose);
  }

  bool message(std::string_view conversation, std::string_view title) {
    out_.type = "message";
    out_.visibility = "direct";
    item_.why_private = "a direct message";
    const auto either = [&](std::string_view one, std::string_view other) {
      return in_.field(one) ? in_.field(one) : in_.field(other);
    };
    out_.posted = claimed_seconds(either("timestamp_ms", "timestamp").decimal() * kMillisecond);
    out_.author = {"", "", said(either("sender_name", "senderName")), ""};
    out_.text = said(either("content", "text"));
    out_.summary = title;
    out_.thread = "conversation/" + std::string(conversation);
    if (const auto link = in_.field("share").field("link").text(); !link.empty())
      out_.links.emplace_back(link);
    for (const auto name : {"photos", "videos", "audio_files", "files", "gifs", "media"})
      for (JsonList one(in_.field(name)); one && out_.media.size() < kMostListed; one.next())
        media(one.value());
    // Without words of its own it says what it passes on.
    if (out_.text.empty() && out_.media.empty() && out_.links.empty()) {
      out_.text = said(in_.field("share").field("share_text"));
      media(in_.field("sticker"));
    }
    return named("message", conversation);
  }

 private:
  void time(Json seconds) { out_.posted = claimed_seconds(seconds.decimal()); }

  bool named(std::string_view kind, std::string_view place) {
    if (out_.text.empty() && out_.media.empty() && out_.links.empty()) return false;
    item_.has_made_name = true;
    out_.id =
        records::made_name(kind, out_.posted,
                           {out_.author.name, place, out_.text, out_.media.empty() ? "" : out_.media[0].url,
                            out_.links.empty() ? "" : out_.links[0]});
    return true;
  }

  void attachments() {
    for (JsonList group(in_.field("attachments")); group; group.next())
      for (JsonList one(group.value().field("data")); one; one.next()) {
        media(one.value().field("media"));
        add_line(out_.text, said(one.value().field("text")));
        const auto link = one.value().field("external_context").field("url").text();
        if (!link.empty() && out_.links.size() < kMostListed) out_.links.emplace_back(link);
      }
  }

  void media(Json media) {
    const auto uri = media.field("uri").text();
    if (uri.empty() || out_.media.size() >= kMostListed) return;
    out_.media.push_back({std::string(uri), "", said(media.field("description"))});
  }

  Json in_;
  Item& item_;
  records::Interaction& out_;
};

// One that shows a picture alone has no "comment".
bool is_list_of_comments(const SavedContext& context) {
  return context.head.find("comments") != std::string_view::npos;
}

template <const std::string_view& platform>
Status read_of(std::string_view record, const SavedContext& context, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  const auto root = page->root();
  Item item;
  item.length = record.size();
  Entry entry(root, platform, context, item);
  bool holds = false;
  if (root.field("media").is_list() || root.field("uri").is_text())
    holds = entry.picture();
  else if (root.field("string_map_data").is_object())
    holds = entry.remark_on_picture();
  else if (JsonList(root.field("data")).value().field("comment").is_object() || is_list_of_comments(context))
    holds = entry.comment();
  else if (root.field("timestamp"))
    holds = entry.post();
  // Nothing says whether a group is open to everybody.
  const auto comment = JsonList(root.field("data")).value().field("comment");
  if (context.head.find("\"group_") != std::string_view::npos || !comment.field("group").text().empty()) {
    item.why_private = "written in a group";
    item.interaction.visibility = "group";
  }
  if (holds)
    out.items.push_back(std::move(item));
  else
    ++out.others;
  return {};
}

// One conversation, newest message first.
Status read_messages(std::string_view record, const SavedContext& context, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  const auto root = page->root();
  const auto path = root.field(root.field("threadName") ? "threadName" : "thread_path").text();
  const auto title = said(root.field("title"));
  for (JsonList one(root.field("messages")); one; one.next()) {
    if (!one.value().is_object()) {
      ++out.others;
      continue;
    }
    auto item = item_at(page->slice(one.value()));
    Entry entry(one.value(), "facebook", context, item);
    if (entry.message(path.empty() ? std::string_view(title) : path, title))
      out.items.push_back(std::move(item));
    else
      ++out.others;
  }
  return {};
}

bool is_facebook(const Beginning& it) {
  return it.has({"timestamp", "data.post"}) || it.has({"timestamp", "attachments.data"}) ||
         it.has({"timestamp", "data.update_timestamp"}) || it.has({"timestamp", "data", "title"}) ||
         it.has({"comments_v2"}) || it.has({"comments.data.comment"}) || it.has({"group_posts_v2"}) ||
         it.has({"group_comments_v2"}) || it.has({"timestamp", "data.comment"});
}

bool is_instagram(const Beginning& it) {
  return it.has({"media.uri", "media.creation_timestamp"}) || it.has({"string_map_data.Comment"}) ||
         it.has({"comments_media_comments"}) || it.has({"comments_reels_comments"}) ||
         it.has({"ig_reels_media"}) || it.has({"ig_igtv_media"}) || it.has({"ig_stories"}) ||
         it.has({"ig_other_media"});
}

bool is_messages(const Beginning& it) {
  return it.has({"participants", "messages"}) || it.has({"messages.sender_name", "messages.timestamp_ms"});
}

}  // namespace

const SavedFormat kFacebookExport = {.name = "facebook-export",
                                     .help = "posts and comments of Facebook's export",
                                     .is = is_facebook,
                                     .read = read_of<kFacebook>,
                                     .cut = Cut::kJson,
                                     .list = "comments_v2|comments|group_posts_v2|group_comments_v2",
                                     .learn = learn_facebook_owner,
                                     .owner_marks = "\"profile_v2\"|\"profile\"",
                                     .asks_owner = true};
const SavedFormat kInstagramExport = {
    .name = "instagram-export",
    .help = "posts and comments of Instagram's export",
    .is = is_instagram,
    .read = read_of<kInstagram>,
    .cut = Cut::kJson,
    .list =
        "comments_media_comments|comments_reels_comments|ig_reels_media|ig_igtv_media|ig_stories|"
        "ig_other_media",
    .learn = learn_instagram_owner,
    .owner_marks = "\"profile_user\"",
    .asks_owner = true};
const SavedFormat kMetaMessages = {.name = "meta-messages",
                                   .help = "messages of Facebook's and Instagram's exports",
                                   .is = is_messages,
                                   .read = read_messages,
                                   .cut = Cut::kWhole,
                                   .why_private = "direct messages"};

}  // namespace muniment::sources
