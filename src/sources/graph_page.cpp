// Pages of Meta's Graph API: posts and comments of Facebook, media and comments of Instagram, posts of
// Threads; direct messages (graph_message.hpp); what people say of a page (graph_rating.hpp).
//
// {"data": [object, …], "paging"}, one object, or objects by their names; what a post holds (comments,
// answers) stands inside it in the same shape.  `created_time` is a date ("+0000" without a colon) or a
// number; an empty object may come as [].  `paging.next` carries an access token, which is masked before
// anything is kept (withhold.hpp).
#include <algorithm>
#include <array>

#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/graph_message.hpp"
#include "sources/graph_pictures.hpp"
#include "sources/graph_rating.hpp"
#include "sources/json_items.hpp"
#include "sources/saved_formats.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostDepth = 32;
constexpr std::size_t kMostListed = 1'000;
constexpr std::array<std::string_view, 4> kOtherPosts = {"quoted_post", "reposted_post", "root_post",
                                                         "replied_to"};

Json first_of(Json object, std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    if (const auto found = object.field(name)) return found;
  return {};
}

std::string time_of(Json field) {
  if (field.is_text())
    if (auto found = claimed_time(field.text()); !found.empty()) return found;
  return claimed_seconds(field.decimal());
}

bool is_threads(Json in) {
  return in.field("media_product_type").text() == "THREADS" ||
         in.field("permalink").text().find("threads.net/") != std::string_view::npos ||
         in.field("permalink").text().find("threads.com/") != std::string_view::npos;
}

// Albums, pages and adverts have a time too.
bool says_or_shows(Json in) {
  constexpr std::array<std::string_view, 4> kShown = {"link", "photo", "status", "video"};
  return first_of(in, {"message", "story"}).is_text() || in.field("permalink_url").is_text() ||
         in.field("full_picture").is_text() || in.field("images").size() != 0 ||
         std::ranges::find(kShown, in.field("type").text()) != kShown.end();
}

// A post or comment of Facebook has created_time, of Instagram and Threads timestamp.
bool is_item(Json in) {
  if (!in.is_object() || in.field("id").name().empty()) return false;
  if (in.field("created_time")) return says_or_shows(in);
  if (!in.field("timestamp")) return false;
  return first_of(in, {"caption", "text", "media_type", "permalink"}).is_text();
}

class Page {
 public:
  Page(JsonPage& page, Reading& out) : page_(page), out_(out) {}

  Status read() {
    const auto root = page_.root();
    if (const auto said = root.field("error").field("message").text(); !said.empty())
      return Error{Code::kInvalid, "Facebook answered with an error: " + excerpt(said)};
    look(root, {}, 0);
    if (out_.items.empty()) ++out_.others;
    return {};
  }

 private:
  struct Around {
    std::string platform;
    std::string post;     // the first of the thread
    std::string nearest;  // what is answered
    std::string conversation;
    bool in_conversation = false;
  };

  void look(Json in, const Around& around, std::size_t depth) {
    if (depth > kMostDepth) return;
    if (is_graph_conversation(in)) return conversation(in, depth);
    if (is_graph_message(in, around.in_conversation)) return message(in, around);
    if (is_graph_rating(in)) return rating(in, depth);
    if (is_item(in)) return item(in, around, depth);
    inside(in, around, depth);
  }

  void inside(Json in, const Around& around, std::size_t depth) {
    for (JsonFields field(in); field; field.next()) {
      if (!field.value().is_object() && !field.value().is_list()) continue;
      const auto is_key = [&](std::string_view key) { return field.key() == key; };
      if (is_key("children")) continue;  // pictures of an album
      // Posts of their own, which came along.
      const Around apart{around.platform, "", "", around.conversation, around.in_conversation};
      look(field.value(), std::ranges::any_of(kOtherPosts, is_key) ? apart : around, depth + 1);
    }
    for (JsonList one(in); one; one.next())
      if (one.value().is_object() || one.value().is_list()) look(one.value(), around, depth + 1);
  }

  // Who takes part, and how it ended, is as private as what was said.
  void conversation(Json in, std::size_t depth) {
    out_.asides.push_back({page_.slice_around(in), "a direct message"});
    Around around;
    around.conversation = in.field("id").name();
    around.in_conversation = true;
    inside(in, around, depth);
  }

  void message(Json in, const Around& around) {
    auto item = item_at(page_.slice(in));
    read_graph_message(in, around.conversation, item);
    out_.items.push_back(std::move(item));
  }

  void rating(Json in, std::size_t depth) {
    auto item = item_at(page_.slice_around(in));
    read_graph_rating(in, item);
    const auto id = item.interaction.id;
    out_.items.push_back(std::move(item));
    inside(answers_to_graph_rating(in), {"facebook", id, id, "", false}, depth);
  }

  void item(Json in, const Around& around, std::size_t depth) {
    auto item = item_at(page_.slice_around(in));
    auto& out = item.interaction;
    const bool is_facebook = static_cast<bool>(in.field("created_time"));
    out.platform = !around.platform.empty() ? around.platform
                   : is_facebook            ? "facebook"
                   : is_threads(in)         ? "threads"
                                            : "instagram";
    out.id = in.field("id").name();
    out.url = first_of(in, {"permalink_url", "permalink"}).text();
    const bool is_photo = in.field("images").size() != 0;
    if (is_photo && out.url.empty()) out.url = in.field("link").text();
    out.posted = time_of(first_of(in, {"created_time", "timestamp"}));
    if (auto changed = time_of(in.field("updated_time")); is_facebook && in.field("is_edited").is_true())
      out.edited = std::move(changed);
    relations(in, around, out);
    author(in, out.author);
    repeated(in.field("reposted_post"), out);
    out.quote_of = in.field("quoted_post").field("id").name();
    out.text = first_of(in, {"message", is_photo ? "name" : "caption", "text", "story"}).text();
    out.summary = first_of(in, {is_photo ? "title" : "name", "title"}).text();
    listed(in, out);
    counts(in, out);
    visibility(in, item);
    const Around next{out.platform, around.post.empty() ? out.id : around.post, out.id, "", false};
    out_.items.push_back(std::move(item));
    inside(in, next, depth);
  }

  static void relations(Json in, const Around& around, records::Interaction& out) {
    auto parent = first_of(in.field("parent"), {"id"}).name();
    if (parent.empty() && in.field("timestamp")) parent = in.field("parent_id").name();  // Instagram
    const auto replied = first_of(in.field("replied_to"), {"id"}).name();
    out.reply_to = !parent.empty() ? parent : !replied.empty() ? replied : around.nearest;
    out.thread = around.post.empty() ? in.field("media").field("id").name() : around.post;
    if (out.reply_to.empty()) out.reply_to = out.thread;
    if (const auto root = in.field("root_post").field("id").name(); !root.empty()) out.thread = root;
    // Media of Instagram has a caption, what is said of it has a text.
    const bool is_of_instagram = out.platform == "instagram" && in.field("text").is_text() &&
                                 !first_of(in, {"media_type", "permalink", "caption"});
    const bool is_comment = !around.post.empty() || in.field("comment_count") || in.field("can_remove") ||
                            !parent.empty() || is_of_instagram;
    out.type = !out.reply_to.empty() && out.reply_to != out.thread ? "reply"
               : is_comment                                        ? "comment"
                                                                   : "post";
    if (!replied.empty()) out.type = "reply";
  }

  static void author(Json in, records::Account& out) {
    const auto from = first_of(in, {"from", "owner"});
    out.id = from.field("id").name();
    out.name = from.field("name").text();
    out.handle = first_of(in, {"username"}).text();
    if (out.handle.empty()) out.handle = from.field("username").text();
    if (out.name.empty()) out.name = out.handle;
    out.url = from.field("link").text();
  }

  // Threads gives the post that is repeated as a post within.
  static void repeated(Json original, records::Interaction& out) {
    if (original.field("id").name().empty()) return;
    out.type = "repost";
    out.repost_of = original.field("id").name();
    author(original, out.repost_author);
  }

  static void listed(Json in, records::Interaction& out) {
    tags(in.field("message_tags"), out);
    if (const auto link = in.field("link").text(); !link.empty() && link != out.url)
      out.links.emplace_back(link);
    add_graph_pictures(in, out);
  }

  // A list, or an object of lists by where they stand.
  static void tags(Json field, records::Interaction& out) {
    for (JsonFields one(field); one; one.next()) tags(one.value(), out);
    for (JsonList one(field); one && out.mentions.size() < kMostListed; one.next())
      if (const auto name = one.value().field("name").text(); !name.empty()) out.mentions.emplace_back(name);
  }

  static void counts(Json in, records::Interaction& out) {
    const auto add = [&](std::string_view name, Json value) {
      if (value) out.counts.emplace_back(name, value.number());
    };
    const auto likes = first_of(in, {"like_count"});
    add("likes", likes ? likes : in.field("likes").field("summary").field("total_count"));
    const auto replies = first_of(in, {"comment_count", "comments_count"});
    add("replies", replies ? replies : in.field("comments").field("summary").field("total_count"));
    add("reposts", in.field("shares").field("count"));
  }

  static void visibility(Json in, Item& item) {
    auto& out = item.interaction;
    out.visibility = in.field("privacy").field("value").text();
    if (!out.visibility.empty() && out.visibility != "EVERYONE")
      item.why_private = "a post for chosen people only";
    const auto published = in.field("is_published");
    if (published && !published.is_true()) item.why_private = "a post that is not published";
    if (in.field("is_hidden").is_true() || in.field("hidden").is_true()) {
      out.visibility = "hidden";
      item.why_private = "a comment that is hidden";
    }
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
  const auto facebook = [&](const std::string& at) {
    const auto in = [&](std::string_view name) { return it.has({at + std::string(name)}); };
    return in("id") && in("created_time") &&
           (in("message") || in("story") || in("from") || in("permalink_url") || in("full_picture"));
  };
  const auto instagram = [&](const std::string& at) {
    const auto in = [&](std::string_view name) { return it.has({at + std::string(name)}); };
    return in("id") && in("timestamp") &&
           (in("media_type") || in("caption") || in("permalink") || in("text"));
  };
  const auto message = [&](const std::string& at) {
    const auto in = [&](std::string_view name) { return it.has({at + std::string(name)}); };
    const bool is_named = it.value(at + "id").starts_with(kGraphMessageId);
    const bool is_addressed = in("to.data") && in("from") && in("message");
    return in("id") && (is_addressed || (is_named && (in("message") || in("attachments"))));
  };
  const auto rating = [&](const std::string& at) {
    const auto in = [&](std::string_view name) { return it.has({at + std::string(name)}); };
    if (it.value(at + "type").ends_with(".rates")) return in("data.rating") || in("data.recommendation_type");
    return in("created_time") && (in("review_text") || in("recommendation_type") || in("has_rating") ||
                                  in("open_graph_story.data.rating"));
  };
  for (const auto at : {"", "data.", "comments.data.", "messages.data.", "data.messages.data."})
    if (facebook(at) || instagram(at) || message(at) || rating(at)) return true;
  return it.has({"paging.next", "data"}) || it.has({"paging.cursors", "data"}) || it.has({"data", "paging"});
}

}  // namespace

const SavedFormat kGraph = {
    .name = "graph",
    .help = "posts, comments and messages as the APIs of Facebook, Instagram and Threads give them",
    .is = is_page,
    .read = read_page,
    .cut = Cut::kWhole,
    .may_hold_credentials = true};

}  // namespace muniment::sources
