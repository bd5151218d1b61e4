#include "sources/graph_message.hpp"

#include <algorithm>

#include "sources/claims.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostListed = 1'000;

// "7", "7_1": posts and comments are numbered so, and the oldest messages.
bool is_number_of_post(std::string_view id) {
  return id.find_first_not_of("0123456789_") == std::string_view::npos;
}

bool is_filed(Json tags) {
  for (JsonList one(tags.field("data")); one; one.next())
    for (const auto* folder : {"inbox", "sent"})
      if (one.value().field("name").text() == folder) return true;
  return false;
}

bool says_something(Json in) {
  for (const auto* name : {"message", "attachments", "shares", "sticker", "story"})
    if (in.field(name)) return true;
  return false;
}

void add_media(Json attachment, records::Interaction& out) {
  for (const auto* name : {"image_data", "video_data"})
    if (const auto url = attachment.field(name).field("url").text(); !url.empty()) {
      out.media.push_back({std::string(url), std::string(attachment.field("mime_type").text()), ""});
      return;
    }
  if (const auto url = attachment.field("file_url").text(); !url.empty())
    out.media.push_back({std::string(url), std::string(attachment.field("mime_type").text()), ""});
}

void add_link(std::string_view link, records::Interaction& out) {
  if (!link.empty() && out.links.size() < kMostListed) out.links.emplace_back(link);
}

}  // namespace

bool is_graph_conversation(Json object) {
  if (!object.is_object()) return false;
  const bool is_named = object.field("id").text().starts_with("t_");
  const bool has_people = object.field("participants").is_object() || object.field("senders").is_object();
  const bool is_oldest = object.field("unread") && object.field("unseen");
  return is_oldest || has_people ||
         (is_named && (object.field("messages") || object.field("snippet") || object.field("link") ||
                       object.field("updated_time")));
}

bool is_graph_message(Json object, bool in_conversation) {
  const auto id = object.field("id").name();
  if (id.empty() || !says_something(object)) return false;
  if (id.starts_with(kGraphMessageId) || id.starts_with(kInstagramMessageId)) return true;
  if (is_filed(object.field("tags"))) return true;
  if (in_conversation) return object.field("created_time") || object.field("from");
  const bool is_addressed = object.field("to").is_object() && object.field("from").is_object();
  return is_addressed && (!is_number_of_post(id) || object.field("from").field("email"));
}

void read_graph_message(Json object, std::string_view conversation, Item& item) {
  auto& out = item.interaction;
  const auto from = object.field("from");
  item.why_private = "a direct message";
  out.id = object.field("id").name();
  const bool is_instagram = from.field("username").is_text() || out.id.starts_with(kInstagramMessageId);
  out.platform = is_instagram ? "instagram" : "facebook";
  out.type = "message";
  out.visibility = "direct";
  if (!conversation.empty()) out.thread = "conversation/" + std::string(conversation);
  const auto time = object.field("created_time");
  out.posted = time.is_text() ? claimed_time(time.text()) : claimed_seconds(time.decimal());
  out.author = {from.field("id").name(), std::string(from.field("username").text()),
                std::string(from.field("name").text()), ""};
  if (out.author.name.empty()) out.author.name = out.author.handle;
  out.text = object.field("message").text();
  for (JsonList one(object.field("to").field("data")); one && out.mentions.size() < kMostListed; one.next())
    for (const auto* name : {"username", "name"})
      if (const auto said = one.value().field(name).text(); !said.empty()) {
        out.mentions.emplace_back(said);
        break;
      }
  for (JsonList one(object.field("attachments").field("data")); one && out.media.size() < kMostListed;
       one.next())
    add_media(one.value(), out);
  if (const auto sticker = object.field("sticker").text(); !sticker.empty())
    out.media.push_back({std::string(sticker), "sticker", ""});
  for (JsonList one(object.field("shares").field("data")); one; one.next())
    add_link(one.value().field("link").text(), out);
  for (const auto* name : {"reply_to", "mention"})
    add_link(object.field("story").field(name).field("link").text(), out);
}

}  // namespace muniment::sources
