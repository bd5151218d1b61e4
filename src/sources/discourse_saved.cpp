// Discourse: posts as its interface gives them, alone, in lists, and in topics.
//
// Pages do not say which forum they are of: its address has to be given.  A post is HOST/post/11; as an
// answer it names what it answers by its place in the topic, so each also has a local name, HOST/t/8/2.
// `version` does not rise with edits made shortly after posting: the text itself tells versions apart.
#include <array>

#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/html_pictures.hpp"
#include "sources/html_text.hpp"
#include "sources/json_items.hpp"
#include "sources/saved_formats.hpp"
#include "sources/url.hpp"

namespace muniment::sources {
namespace {

constexpr int kLike = 2;     // of actions_summary
constexpr int kWhisper = 4;  // of post_type

bool is_post(Json object) {
  return object.is_object() && object.field("cooked").is_text() && !object.field("id").name().empty() &&
         object.field("post_number");
}

class Page {
 public:
  Page(JsonPage& page, std::string_view origin, Reading& out)
      : page_(page), root_(root_of(origin)), host_(server_of(origin)), out_(out) {}

  Status read() {
    const auto root = page_.root();
    if (const auto errors = root.field("errors"); errors.is_list())
      return Error{Code::kInvalid,
                   "the forum answered with an error: " + excerpt(JsonList(errors).value().text())};
    if (host_.empty())
      return Error{Code::kInvalid, "nothing in the page says which forum it is of",
                   "Give the forum's address with --origin."};
    topic_title_ = root.field("title").text();
    if (root.field("archetype").text() == "private_message") {
      why_private_ = "a private message";
      out_.asides.push_back(
          {page_.slice_around(root), why_private_});  // what it is about, and who takes part
    }
    const auto stream = root.field("post_stream").field("posts");
    bool holds = is_post(root);
    if (holds) post(root);
    for (const auto& list : {stream, root.field("latest_posts"), root.field("posts"), root})
      if (list.is_list()) {
        holds = true;
        for (JsonList one(list); one; one.next())
          if (is_post(one.value()))
            post(one.value());
          else
            ++out_.others;
      }
    if (holds) return {};
    ++out_.others;
    return {};
  }

 private:
  std::string place(std::string_view topic, std::string_view number) const {
    return host_ + "/t/" + std::string(topic) + "/" + std::string(number);
  }

  void post(Json in) {
    auto item = item_at(page_.slice(in));
    auto& out = item.interaction;
    out.platform = "discourse";
    out.id = host_ + "/post/" + in.field("id").name();
    const auto topic = in.field("topic_id").name();
    const auto number = in.field("post_number").name();
    if (!topic.empty()) {
      out.local = place(topic, number);
      out.thread = host_ + "/t/" + topic;
      const auto slug = in.field("topic_slug").text();
      out.url = root_ + "/t/" + (slug.empty() ? "" : std::string(slug) + "/") + topic + "/" + number;
      if (const auto parent = in.field("reply_to_post_number").name(); !parent.empty())
        out.reply_to = place(topic, parent);
    }
    out.type = !out.reply_to.empty() ? "reply" : number == "1" ? "post" : "comment";
    author(in, out.author);
    times(in, out);
    words(in, out);
    visibility(in, item);
    counts(in, out);
    out_.items.push_back(std::move(item));
  }

  void author(Json in, records::Account& out) const {
    out.handle = in.field("username").text();
    out.name = in.field("name").text().empty() ? in.field("username").text() : in.field("name").text();
    if (const auto id = in.field("user_id").name(); !id.empty()) out.id = host_ + "/user/" + id;
    if (!out.handle.empty()) out.url = root_ + "/u/" + out.handle;
  }

  static void times(Json in, records::Interaction& out) {
    out.posted = claimed_time(in.field("created_at").text());
    const auto changed = claimed_time(in.field("updated_at").text());
    // Likes and replies move updated_at too; only a second version is an edit.
    if (in.field("version").number() > 1 && changed > out.posted) out.edited = changed;
  }

  void words(Json in, records::Interaction& out) const {
    std::vector<std::string> targets;
    out.text = text_of_html(in.field("cooked").text(), &targets);
    add_pictures(in.field("cooked").text(), root_ + "/", out.media);
    for (auto& target : targets) {
      if (target.starts_with("/u/"))
        out.mentions.push_back(target.substr(3));
      else if (!target.starts_with("/") && !target.starts_with("#"))
        out.links.push_back(std::move(target));
    }
    if (in.field("post_number").name() != "1") return;
    const auto title = in.field("topic_title").text();
    out.summary = title.empty() ? topic_title_ : std::string(title);
  }

  void visibility(Json in, Item& item) const {
    auto& out = item.interaction;
    item.why_private = why_private_;
    if (in.field("post_type").number() == kWhisper) {
      out.visibility = "whisper";
      item.why_private = "a note among the forum's staff";
    }
    if (in.field("hidden").is_true()) {
      out.visibility = "hidden";
      item.why_private = "a post that the forum hides";
    }
    if (in.field("user_deleted").is_true() || in.field("deleted_at")) {
      out.visibility = "deleted";
      item.fate = Fate::kGone;
      item.fate_words = "user_deleted";
    }
    if (!why_private_.empty()) out.visibility = "private_message";
  }

  static void counts(Json in, records::Interaction& out) {
    if (const auto count = in.field("reply_count")) out.counts.emplace_back("replies", count.number());
    for (JsonList one(in.field("actions_summary")); one; one.next())
      if (one.value().field("id").number() == kLike && one.value().field("count"))
        out.counts.emplace_back("likes", one.value().field("count").number());
  }

  JsonPage& page_;
  std::string root_;
  std::string host_;
  Reading& out_;
  std::string topic_title_;
  std::string_view why_private_;
};

Status read_page(std::string_view record, const SavedContext& context, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  return Page(*page, context.origin, out).read();
}

bool is_page(const Beginning& it) {
  return it.has({"cooked", "post_number"}) || it.has({"post_stream.posts"}) || it.has({"latest_posts"}) ||
         it.has({"posts.cooked", "posts.post_number"}) || it.has({"topic_list"}) || it.has({"post_stream"});
}

}  // namespace

const SavedFormat kDiscourse = {"discourse", "posts and topics as Discourse's API gives them", is_page,
                                read_page};

}  // namespace muniment::sources
