// Telegram Desktop's export in JSON (result.json): one chat, or all of an account's.
//
// {"name", "type", "id", "messages": […]}, or {"chats": {"list": [chat, …]}}.  Only public channels and
// groups are public.  `text` is a text or a list of texts and objects.  `date` has no zone: the number beside
// it is taken, and only where there is none, in older exports, the date itself, for one of the archive's
// zone. What was deleted is left out without a word; only that a chat was emptied is said.
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/json_items.hpp"
#include "sources/local_time.hpp"
#include "sources/saved_formats.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostListed = 1'000;
constexpr std::string_view kPrivate = "a message in a private chat";

struct Chat {
  std::string name;
  std::string type;
  std::string id;

  bool is_public() const { return type == "public_channel" || type == "public_supergroup"; }
};

class Message {
 public:
  Message(Json in, const Chat& chat, Item& item)
      : in_(in), chat_(chat), item_(item), out_(item.interaction) {}

  // True: nothing says the zone of its date.
  bool read(const SavedContext& context) {
    out_.platform = "telegram";
    out_.id = "chat/" + chat_.id + "/" + in_.field("id").name();
    out_.type = chat_.is_public() ? "post" : "message";
    out_.thread = "chat/" + chat_.id;
    out_.summary = chat_.name;
    out_.visibility = chat_.type;
    if (!chat_.is_public()) item_.why_private = kPrivate;
    out_.author.name = in_.field("from").text();
    out_.author.id = in_.field("from_id").name();
    if (const auto answered = in_.field("reply_to_message_id").name(); !answered.empty()) {
      out_.reply_to = "chat/" + chat_answered() + "/" + answered;
      if (chat_.is_public()) out_.type = "reply";
    }
    forwarded();
    words();
    media();
    for (JsonList one(in_.field("reactions")); one; one.next())
      reactions_ += one.value().field("count").number();
    if (reactions_ != 0) out_.counts.emplace_back("likes", reactions_);
    return times(context);
  }

 private:
  // "channel77" where it stands in another chat than this one.
  std::string chat_answered() const {
    const auto peer = in_.field("reply_to_peer_id").name();
    const auto number = peer.find_first_of("0123456789");
    return number == std::string::npos ? chat_.id : peer.substr(number);
  }

  // Whose words are passed on; the message that they stood in is not named.
  void forwarded() {
    out_.repost_author.name = in_.field("forwarded_from").text();
    out_.repost_author.id = in_.field("forwarded_from_id").name();
    const bool is = !out_.repost_author.name.empty() || !out_.repost_author.id.empty();
    if (is && chat_.is_public()) out_.type = "repost";
  }

  bool times(const SavedContext& context) {
    out_.posted = claimed_seconds(in_.field("date_unixtime").decimal());
    out_.edited = claimed_seconds(in_.field("edited_unixtime").decimal());
    if (!out_.posted.empty()) return false;
    out_.posted = in_archives_zone(claimed_time(in_.field("date").text()), context);
    if (!in_.field("edited").text().starts_with("1970"))
      out_.edited = in_archives_zone(claimed_time(in_.field("edited").text()), context);
    return !out_.posted.empty();
  }

  void words() {
    out_.text = joined(in_.field("text"));
    const auto poll = in_.field("poll");
    if (!poll.is_object()) return;
    line(joined(poll.field("question")));
    for (JsonList one(poll.field("answers")); one; one.next()) line("- " + joined(one.value().field("text")));
  }

  // A text, or a list of texts and objects.
  std::string joined(Json text) {
    std::string out(text.text());
    for (JsonList one(text); one; one.next()) {
      const auto piece = one.value();
      out += piece.is_text() ? piece.text() : piece.field("text").text();
      if (piece.is_object()) entity(piece);
    }
    return out;
  }

  void line(std::string_view text) {
    if (!out_.text.empty()) out_.text.push_back('\n');
    out_.text += text;
  }

  void entity(Json piece) {
    const auto type = piece.field("type").text();
    auto text = piece.field("text").text();
    if (type == "text_link") text = piece.field("href").text();
    if (text.empty()) return;
    if ((type == "link" || type == "text_link") && out_.links.size() < kMostListed)
      out_.links.emplace_back(text);
    if (text.size() < 2) return;
    if (type == "mention" && out_.mentions.size() < kMostListed)
      out_.mentions.emplace_back(text.substr(text.front() == '@' ? 1 : 0));
    if (type == "hashtag" && out_.tags.size() < kMostListed)
      out_.tags.emplace_back(text.substr(text.front() == '#' ? 1 : 0));
  }

  void media() {
    for (const auto name : {"photo", "file"}) {
      const auto path = in_.field(name).text();
      if (path.empty()) continue;
      const auto type = in_.field("mime_type").text();
      out_.media.push_back({std::string(path), type.empty() ? std::string(name) : std::string(type), ""});
    }
  }

  Json in_;
  const Chat& chat_;
  Item& item_;
  records::Interaction& out_;
  std::uint64_t reactions_ = 0;
};

class File {
 public:
  File(JsonPage& page, const SavedContext& context, Reading& out)
      : page_(page), context_(context), out_(out) {}

  void chat(Json in) {
    const Chat chat{std::string(in.field("name").text()), std::string(in.field("type").text()),
                    in.field("id").name()};
    take_around(in, chat);
    for (JsonList one(in.field("messages")); one; one.next()) message(one.value(), chat);
  }

  // Whose chat it is, and who joined, is as private as what was said.
  void take_around(Json in, const Chat& chat) {
    if (!chat.is_public()) out_.asides.push_back({page_.slice_around(in), kPrivate});
  }

  void message(Json in, const Chat& chat) {
    if (in.field("type").text() != "message" || in.field("id").name().empty() || chat.id.empty()) {
      ++out_.others;  // somebody joined, a call, a photograph of the group
      if (in.field("action").text() == "clear_history")
        remark(in, chat, "here the chat was emptied; what had been said before is not in the file");
      return;
    }
    auto item = item_at(page_.slice(in));
    if (Message(in, chat, item).read(context_))
      remark(in, chat, "its date has no zone and was taken for " + archives_time(context_));
    out_.items.push_back(std::move(item));
  }

 private:
  // Remarks are kept even where what they are about is not.
  void remark(Json in, const Chat& chat, std::string_view what) {
    const auto where = chat.is_public() ? "the chat " + chat.name : std::string("a private chat");
    out_.remarks.push_back("message " + in.field("id").name() + " of " + where + ": " + std::string(what));
  }

  JsonPage& page_;
  const SavedContext& context_;
  Reading& out_;
};

// The text between quotation marks as spelled in JSON.
std::string unescaped(std::string_view spelled) {
  const auto json = "[\"" + std::string(spelled) + "\"]";
  auto page = JsonPage::parse(json);
  return page ? std::string(JsonList(page->root()).value().text()) : std::string(spelled);
}

// A message of the chat that the head names, or a file of chats.
Status read_record(std::string_view record, const SavedContext& context, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  File file(*page, context, out);
  const auto root = page->root();
  const Beginning head(context.head);
  if (root.field("chats").is_object() || root.field("left_chats").is_object()) {
    for (const auto name : {"chats", "left_chats"})
      for (JsonList one(root.field(name).field("list")); one; one.next()) file.chat(one.value());
  } else if (root.field("messages").is_list()) {
    file.chat(root);
  } else {
    const Chat chat{unescaped(head.value("name")), std::string(head.value("type")),
                    std::string(head.value("id"))};
    file.take_around(root, chat);
    file.message(root, chat);
  }
  return {};
}

bool is_export(const Beginning& it) {
  return it.has({"type", "id", "messages.date", "messages.type"}) || it.has({"chats.list"}) ||
         it.has({"left_chats.list"});
}

}  // namespace

const SavedFormat kTelegram = {
    "telegram", "chats of Telegram's export (result.json)", is_export, read_record, Cut::kJson, "messages"};

}  // namespace muniment::sources
