#include "sources/x_v2_page.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/so_many.hpp"
#include "sources/claims.hpp"
#include "sources/json_items.hpp"
#include "sources/x_status.hpp"
#include "sources/x_v2_parts.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostListed = 1'000;
constexpr std::size_t kMostErrors = 20;

constexpr std::string_view kMessage = "a direct message";

using Table = std::unordered_map<std::string_view, Json>;

Table table(Json list, std::string_view key) {
  Table out;
  for (JsonList one(list); one; one.next())
    if (const auto id = one.value().field(key).text(); !id.empty()) out.emplace(id, one.value());
  return out;
}

Json find(const Table& table, std::string_view id) {
  const auto found = table.find(id);
  return found == table.end() ? Json() : found->second;
}

bool is_post(Json object) {
  return object.is_object() && object.field("text").is_text() && !object.field("id").text().empty();
}

class Page {
 public:
  Page(JsonPage& page, Reading& out) : page_(page), out_(out) {
    const auto includes = page.root().field("includes");
    users_ = table(includes.field("users"), "id");
    posts_ = table(includes.field("tweets"), "id");
    media_ = table(includes.field("media"), "media_key");
    polls_ = table(includes.field("polls"), "id");
  }

  Status read() {
    const auto root = page_.root();
    if (is_x_v2_message(root)) return message(root), Status();
    if (is_post(root)) return item(root), Status();
    const auto data = root.field("data");
    const auto before = out_.items.size();
    std::size_t others = 0;
    if (data.is_list())
      for (JsonList one(data); one; one.next()) others += item(one.value()) ? 0U : 1U;
    else
      others += item(data) ? 0U : 1U;
    originals(root.field("includes").field("tweets"), before);
    errors(root.field("errors"));
    around_messages(root.field("includes"));
    if (out_.items.size() != before) {
      if (others != 0)
        out_.remarks.push_back(base::so_many(others, "entry of a page is no post and was left out",
                                             "entries of a page are no posts and were left out"));
      return {};
    }
    if (data.is_list() && data.size() == 0) return {};
    if (root.field("meta").field("result_count") && root.field("meta").field("result_count").number() == 0)
      return {};
    const auto said =
        root.field("detail").text().empty() ? root.field("title").text() : root.field("detail").text();
    if (!said.empty()) return Error{Code::kInvalid, "X answered with an error: " + excerpt(said)};
    return Error{Code::kInvalid, "the page is of X's interface, but there are no posts in it",
                 "Posts come from its timelines, searches and look-ups of posts."};
  }

 private:
  // Beside nothing but messages stand those who wrote them, and what they sent each other.
  void around_messages(Json includes) {
    const auto is_message = [](const Item& item) { return item.why_private == kMessage; };
    if (includes.is_object() && !out_.items.empty() && std::ranges::all_of(out_.items, is_message))
      out_.asides.push_back({page_.slice(includes), kMessage});
  }

  // Posts that came along because others repeat them are items of their own, unless they are in the list too.
  void originals(Json list, std::size_t before) {
    std::unordered_set<std::string_view> listed, repeated;
    for (auto i = before; i < out_.items.size(); ++i) {
      const auto& it = out_.items[i].interaction;
      listed.insert(it.local.empty() ? it.id : it.local);
      if (!it.repost_of.empty()) repeated.insert(it.repost_of);
    }
    std::vector<Json> wanted;
    for (JsonList one(list); one; one.next())
      if (const auto id = one.value().field("id").text(); repeated.contains(id) && listed.insert(id).second)
        wanted.push_back(one.value());
    for (const auto& post : wanted)
      if (item(post)) out_.items.back().is_beside = true;
    const auto from = out_.items.begin() + static_cast<std::ptrdiff_t>(before);
    if (!wanted.empty()) std::ranges::stable_sort(from, out_.items.end(), {}, &Item::offset);
  }

  bool item(Json post) {
    if (is_x_v2_message(post)) return message(post);
    if (!is_post(post)) return false;
    auto item = item_at(page_.slice(post));
    author(post, item);
    auto& out = item.interaction;
    out.platform = "x";
    const auto id = post.field("id").text();
    out.url = x_post_url(out.author.handle, id);
    const auto history = JsonList(post.field("edit_history_tweet_ids"));
    out.id = history && !history.value().text().empty() ? history.value().text() : id;
    out.posted = x_time(post.field("created_at").text());
    if (out.id != id) {
      out.local = out.revision = id;
      out.edited = out.posted;
    }
    out.lang = post.field("lang").text();
    if (out.lang == "und" || out.lang.starts_with("q")) out.lang.clear();
    out.thread = post.field("conversation_id").text();
    relations(post, out);
    const auto original = referenced(post, out.repost_of);
    if (is_post(original)) account(original, out.repost_author);
    words(is_post(original) ? original : post, out);
    x_v2_counts(post.field("public_metrics"), out);
    out_.items.push_back(std::move(item));
    return true;
  }

  bool message(Json event) {
    if (!event.field("text").is_text() || event.field("id").name().empty()) return false;
    auto item = item_at(page_.slice(event));
    item.why_private = kMessage;
    auto& out = item.interaction;
    out.platform = "x";
    out.id = "message/" + event.field("id").name();
    out.type = "message";
    out.visibility = "direct";
    if (auto conversation = event.field("dm_conversation_id").name(); !conversation.empty())
      out.thread = "conversation/" + conversation;
    out.author.id = event.field("sender_id").name();
    const auto user = find(users_, out.author.id);
    out.author.handle = user.field("username").text();
    out.author.name = user.field("name").text();
    out.author.url = x_account_url(out.author.handle);
    out.posted = x_time(event.field("created_at").text());
    words(event, out);
    out_.items.push_back(std::move(item));
    return true;
  }

  // Flattened by twarc, a post has its author, what it refers to, and its media inside.
  Json referenced(Json post, std::string_view id) const {
    for (JsonList one(post.field("referenced_tweets")); one; one.next())
      if (one.value().field("id").text() == id && is_post(one.value())) return one.value();
    return find(posts_, id);
  }

  // Whose post it is; answers what the page says of the account.
  Json account(Json post, records::Account& out) const {
    const auto id = post.field("author_id").text();
    const auto inside = post.field("author");
    const auto user = inside.is_object() ? inside : find(users_, id);
    out.id = id;
    out.handle = user.field("username").text();
    out.name = user.field("name").text();
    out.url = x_account_url(out.handle);
    return user;
  }

  void author(Json post, Item& item) {
    const auto user = account(post, item.interaction.author);
    if (!user.field("protected")) return;
    const bool is_protected = user.field("protected").is_true();
    item.interaction.visibility = is_protected ? "protected" : "public";
    if (is_protected) item.why_private = "a post of a protected account";
  }

  static void relations(Json post, records::Interaction& out) {
    out.type = "post";
    for (JsonList one(post.field("referenced_tweets")); one; one.next()) {
      const auto type = one.value().field("type").text();
      const auto id = one.value().field("id").text();
      if (type == "replied_to") out.reply_to = id;
      if (type == "quoted") out.quote_of = id;
      if (type == "retweeted") out.repost_of = id;
    }
    if (!out.reply_to.empty()) out.type = "reply";
    if (!out.repost_of.empty()) {
      out.type = "repost";
      out.quote_of.clear();
    }
  }

  void words(Json post, records::Interaction& out) {
    const auto note = post.field("note_tweet");
    const bool is_long = note.field("text").is_text();
    out.text = x_text(is_long ? note.field("text").text() : post.field("text").text());
    x_v2_entities(is_long ? note.field("entities") : post.field("entities"), out);
    polls(post.field("attachments"), out);
    for (JsonList one(post.field("attachments").field("media")); one && out.media.size() < kMostListed;
         one.next())
      x_v2_picture(one.value(), out);
    if (!out.media.empty()) return;
    for (JsonList key(post.field("attachments").field("media_keys")); key && out.media.size() < kMostListed;
         key.next())
      x_v2_picture(find(media_, key.value().text()), out);
  }

  // Flattened by twarc, the poll stands there itself.
  void polls(Json attachments, records::Interaction& out) const {
    x_v2_poll(attachments.field("poll"), out);
    for (JsonList id(attachments.field("poll_ids")); id && !attachments.field("poll"); id.next())
      x_v2_poll(find(polls_, id.value().text()), out);
  }

  // Part of what was asked for could not be had.
  void errors(Json list) {
    std::size_t count = 0;
    for (JsonList one(list); one; one.next()) {
      const auto error = one.value();
      if (error.field("resource_type").text() == "tweet" && !error.field("value").name().empty()) {
        // That a field of it may not be seen says nothing of the post.
        const bool is_barred = error.field("type").text().ends_with("/not-authorized-for-resource");
        out_.verdicts.push_back({error.field("value").name(),
                                 is_barred ? Fate::kBarred : Fate::kUnclear,
                                 0,
                                 std::string(error.field("title").text()),
                                 "x",
                                 {},
                                 {}});
      }
      if (++count > kMostErrors) continue;
      const auto said = error.field("detail").text();
      out_.remarks.push_back("X said: " + excerpt(said.empty() ? error.field("message").text() : said));
    }
  }

  JsonPage& page_;
  Reading& out_;
  Table users_;
  Table posts_;
  Table media_;
  Table polls_;
};

}  // namespace

bool is_x_v2_message(Json object) {
  return object.is_object() && (object.field("event_type").is_text() || object.field("dm_conversation_id"));
}

bool is_x_v2_page(Json root) {
  const bool flattened = is_post(root) && root.field("author_id").is_text();
  return flattened || is_x_v2_message(root) || root.field("data") || root.field("meta");
}

Status read_x_v2_page(JsonPage& page, Reading& out) {
  return Page(page, out).read();
}

}  // namespace muniment::sources
