#include "sources/bluesky_page.hpp"

#include <utility>

#include "base/so_many.hpp"
#include "sources/bluesky_post.hpp"
#include "sources/claims.hpp"
#include "sources/json_items.hpp"

namespace muniment::sources {
namespace {

class Page {
 public:
  explicit Page(JsonPage& page) : page_(page) {}

  Result<Reading> read() {
    const auto root = page_.root();
    note_mended(page_, reading_);
    bool known = false;
    for (JsonFields field(root); field; field.next()) {
      const auto key = field.key();
      if (key == "feed" && field.value().is_list()) known = true, feed(field.value());
      if (key == "thread" && field.value().is_object()) known = true, node(field.value());
      if (key == "posts" && field.value().is_list()) known = true, posts(field.value());
      if (key == "notifications" && field.value().is_list()) known = true, notifications(field.value());
    }
    if (!known) return nothing_here(root);
    if (nameless_ != 0)
      reading_.remarks.push_back(base::so_many(nameless_, "repost has no name", "reposts have no names") +
                                 " on the page; what was reposted was read as a post");
    if (left_out_ != 0)
      reading_.remarks.push_back(
          base::so_many(left_out_, "entry of the page was left out: it is no post, or nothing identifies it",
                        "entries of the page were left out: they are no posts, or nothing identifies them"));
    return std::move(reading_);
  }

 private:
  void feed(Json entries) {
    for (JsonList one(entries); one; one.next()) {
      const auto entry = one.value();
      const auto reason = entry.field("reason");
      if (reason.field("$type").text().ends_with("#reasonRepost"))
        repost(entry, reason);
      else
        entry_of_feed(entry);
    }
  }

  void entry_of_feed(Json entry) {
    if (!is_bluesky_view(entry.field("post"))) ++left_out_;
    for (JsonFields field(entry); field; field.next()) {
      if (field.key() == "post") post(field.value());
      if (field.key() != "reply") continue;
      for (JsonFields context(field.value()); context; context.next())
        if (context.key() == "root" || context.key() == "parent") post(context.value());
    }
  }

  void repost(Json entry, Json reason) {
    const auto post = entry.field("post");
    const auto uri = reason.field("uri").text();
    if (!is_bluesky_view(post)) return static_cast<void>(++left_out_);
    // Older servers do not say the repost's own name, and nothing else of it is one.
    if (at_uri(uri).key.empty()) return static_cast<void>(++nameless_), this->post(post);
    auto& item = add(entry).interaction;
    read_bluesky_view(post, item);
    item.repost_of = item.id;
    item.id = uri;
    item.revision = reason.field("cid").text();
    item.repost_author = std::exchange(item.author, bluesky_account(reason.field("by")));
    item.type = "repost";
    item.posted = claimed_time(reason.field("indexedAt").text());
    item.reply_to.clear();
    item.thread.clear();
    item.counts.clear();
    item.url.clear();
  }

  void posts(Json views) {
    for (JsonList one(views); one; one.next()) {
      if (!is_bluesky_view(one.value())) ++left_out_;
      post(one.value());
    }
  }

  // Likes and follows among them are no posts.
  void notifications(Json entries) {
    for (JsonList one(entries); one; one.next()) post(one.value());
  }

  // A place in a thread: the post, what it answers, what answers it.
  void node(Json node) {
    for (JsonFields field(node); field; field.next()) {
      if (field.key() == "post") post(field.value());
      if (field.key() == "parent" && field.value().is_object()) this->node(field.value());
      if (field.key() != "replies") continue;
      for (JsonList reply(field.value()); reply; reply.next()) this->node(reply.value());
    }
  }

  void post(Json view) {
    if (!is_bluesky_view(view)) return;
    read_bluesky_view(view, add(view).interaction);
  }

  Item& add(Json object) { return reading_.items.emplace_back(item_at(page_.slice(object))); }

  static Result<Reading> nothing_here(Json root) {
    if (const auto said = bluesky_error(root); !said.empty())
      return Error{Code::kInvalid, "the server answered with an error: " + excerpt(said)};
    return Error{Code::kInvalid, "the page is JSON, but there are no posts in it",
                 "Save a page that shows posts: of an account, a thread or a search."};
  }

  JsonPage& page_;
  Reading reading_;
  std::size_t nameless_ = 0;  // reposts
  std::size_t left_out_ = 0;
};

}  // namespace

Result<Reading> read_bluesky(JsonPage& page) {
  return Page(page).read();
}

std::string bluesky_error(Json root) {
  return std::string(root.field("error").text());
}

}  // namespace muniment::sources
