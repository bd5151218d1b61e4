// Reddit: answers of its interface, and the lines of Pushshift's dumps.
//
// A thing is {"kind": "t1" a comment, "t3" a post, "t4" a private message, "Listing", "more", …, "data":
// {…}}; a comment's or message's answers are a Listing inside it, or "".  A line of a dump is the data alone.
// A name is the thing's full one, "t1_abc".  Texts are Markdown in which &, < and > are escaped.  "more"
// stands for comments that were not sent.
#include <array>

#include "base/so_many.hpp"
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/html_text.hpp"
#include "sources/json_index.hpp"
#include "sources/json_items.hpp"
#include "sources/saved_formats.hpp"
#include "sources/x_status.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostListed = 1'000;
constexpr std::size_t kMostDepth = 200;  // of answers to answers
constexpr std::uint64_t kBase = 36;
constexpr std::string_view kSite = "https://www.reddit.com";

class Thing {
 public:
  Thing(const JsonIndex& data, Item& item) : in_(data), item_(item), out_(item.interaction) {}

  // `kind`: "t1", "t3" or "t4".  False: nothing identifies it.
  bool read(const std::string& kind) {
    out_.platform = "reddit";
    const auto prefix = kind + "_";
    out_.id = in_.field("name").text();
    if (!out_.id.starts_with(prefix))
      out_.id = in_.field("id").text().empty() ? "" : prefix + in_.field("id").name();
    if (kind == "t4") item_.why_private = "a direct message";
    if (out_.id.empty()) return false;
    if (const auto link = in_.field("permalink").text(); !link.empty())
      out_.url = link.starts_with("http") ? std::string(link) : std::string(kSite) + std::string(link);
    author();
    out_.posted = claimed_seconds(in_.field("created_utc").decimal());
    out_.edited = claimed_seconds(in_.field("edited").decimal());
    visibility();
    if (kind == "t4") return message(), true;
    if (kind == "t1")
      comment();
    else
      post();
    pictures();
    counts();
    fate();
    return true;
  }

 private:
  void author() {
    const auto name = in_.field("author").text();
    if (name.empty() || name == "[deleted]") return;
    out_.author.handle = name;
    out_.author.id = in_.field("author_fullname").text();
    if (out_.author.id.empty()) out_.author.id = "u/" + std::string(name);
    out_.author.name = name;
    out_.author.url = std::string(kSite) + "/user/" + std::string(name);
  }

  void visibility() {
    out_.visibility = in_.field("subreddit_type").text();
    const bool is_closed =
        out_.visibility == "private" || out_.visibility == "employees_only" || out_.visibility == "gold_only";
    if (is_closed) item_.why_private = "written in a private community";
  }

  void words(std::string_view markdown, std::string_view html) {
    const auto text = in_.field(markdown);
    const auto markup = x_text(in_.field(html).text());
    const auto from_markup = text_of_html(markup, &out_.links);
    out_.text = text.is_text() ? x_text(text.text()) : from_markup;
    std::erase_if(out_.links, [](const std::string& link) { return link.starts_with("/"); });
  }

  void comment() {
    words("body", "body_html");
    out_.reply_to = parent();
    if (!out_.reply_to.empty() && !out_.reply_to.starts_with("t")) out_.reply_to = "t1_" + out_.reply_to;
    out_.thread = in_.field("link_id").name();
    out_.type = out_.reply_to.starts_with("t1_") ? "reply" : "comment";
  }

  // It names the one that it answers, and the first of them all.
  void message() {
    words("body", "body_html");
    out_.type = "message";
    out_.visibility = "direct";
    out_.summary = x_text(in_.field("subject").text());
    out_.reply_to = in_.field("parent_id").text();
    out_.thread = in_.field("first_message_name").text();
    if (const auto to = in_.field("dest").text(); !to.empty()) out_.mentions.emplace_back(to);
  }

  // Pushshift's later dumps write the number that a name stands for, in base 36.
  std::string parent() const {
    const auto field = in_.field("parent_id");
    if (field.is_text()) return std::string(field.text());
    std::string name;
    for (auto number = field.number(); number != 0; number /= kBase)
      name.insert(name.begin(), "0123456789abcdefghijklmnopqrstuvwxyz"[number % kBase]);
    const auto post = in_.field("link_id").text();
    return !name.empty() && post == "t3_" + name ? std::string(post) : name;
  }

  void post() {
    out_.type = "post";
    words("selftext", "selftext_html");
    out_.summary = x_text(in_.field("title").text());
    const auto address = x_text(in_.field("url").text());
    const bool is_own = in_.field("is_self").is_true() || address.empty() || address == out_.url;
    if (!is_own && address.starts_with("http")) {
      if (in_.field("post_hint").text() == "image")
        out_.media.push_back({address, "image", ""});
      else
        out_.links.insert(out_.links.begin(), address);
    }
    if (auto film = x_text(in_.field("media").field("reddit_video").field("fallback_url").text());
        !film.empty())
      out_.media.push_back({film.substr(0, film.find('?')), "video", ""});
    poll();
    out_.quote_of = in_.field("crosspost_parent").text();
    if (auto flair = x_text(in_.field("link_flair_text").text()); !flair.empty())
      out_.tags.push_back(std::move(flair));
  }

  void poll() {
    const auto poll = in_.field("poll_data");
    std::size_t most = kMostListed;
    for (JsonList one(poll.field("options")); one && most-- != 0; one.next()) {
      if (!out_.text.empty()) out_.text.push_back('\n');
      out_.text += "- " + x_text(one.value().field("text").text());
    }
    if (const auto votes = poll.field("total_vote_count")) out_.counts.emplace_back("votes", votes.number());
  }

  // A gallery's in its order, with their captions; others stand within the words.
  void pictures() {
    const auto pictures = in_.field("media_metadata");
    const auto gallery = in_.field("gallery_data").field("items");
    for (JsonList one(gallery); one && out_.media.size() < kMostListed; one.next())
      picture(pictures.field(one.value().field("media_id").text()), one.value().field("caption").text());
    if (gallery.is_list()) return;
    for (JsonFields one(pictures); one && out_.media.size() < kMostListed; one.next())
      picture(one.value(), {});
  }

  void picture(Json in, std::string_view caption) {
    constexpr std::string_view kPreview = "https://preview.redd.it/";
    const auto size = in.field("s");
    auto address = x_text((size.field("gif") ? size.field("gif") : size.field("u")).text());
    // A preview's address is signed anew each time; the picture's own is not.
    if (address.starts_with(kPreview))
      address = "https://i.redd.it/" + address.substr(kPreview.size(), address.find('?') - kPreview.size());
    if (!address.empty())
      out_.media.push_back({std::move(address), std::string(in.field("m").text()), x_text(caption)});
  }

  // The author deletes, a moderator removes; the place stays.
  void fate() {
    constexpr std::pair<std::string_view, Fate> kMarks[] = {{"[removed]", Fate::kBarred},
                                                            {"[ Removed by Reddit ]", Fate::kBarred},
                                                            {"[deleted]", Fate::kGone},
                                                            {"[deleted by user]", Fate::kGone}};
    for (const auto& [mark, means] : kMarks) {
      if ((out_.text != mark && out_.summary != mark) || is_written(mark)) continue;
      item_.fate = means;
      item_.fate_words = mark;
    }
  }

  // Anybody can write such words.  Where the author deleted, no author is named; where a moderator removed, a
  // post may still name one, and says who removed it.
  bool is_written(std::string_view mark) const {
    if (out_.author.handle.empty()) return false;
    const auto by = in_.field("removed_by_category");
    if (mark.starts_with("[deleted")) return !by.is_text();
    return mark == "[removed]" && (out_.id.starts_with("t1_") || (tells_of_removal() && !by.is_text()));
  }

  // Old dumps do not.
  bool tells_of_removal() const {
    for (JsonFields field(in_.object()); field; field.next())
      if (field.key() == "removed_by_category") return true;
    return false;
  }

  void counts() {
    if (const auto score = in_.field("score")) out_.counts.emplace_back("score", score.number());
    if (const auto count = in_.field("num_comments")) out_.counts.emplace_back("replies", count.number());
  }

  const JsonIndex& in_;
  Item& item_;
  records::Interaction& out_;
};

class Page {
 public:
  Page(JsonPage& page, Reading& out) : page_(page), out_(out) {}

  Status read() {
    const auto root = page_.root();
    const JsonIndex fields(root);
    const auto before = out_.items.size();
    const auto things = fields.field("json").field("data").field("things");
    bool holds = false;
    if (root.is_list() || things.is_list()) {
      for (JsonList one(things.is_list() ? things : root); one; one.next())
        holds = thing(one.value(), 0) || holds;
    } else if (fields.field("kind").is_text() && fields.field("data").is_object()) {
      holds = thing(root, 0);
    } else {
      holds = bare(fields);
    }
    if (stubs_ != 0)
      out_.remarks.push_back(
          base::so_many(static_cast<std::uint64_t>(stubs_), "place stands", "places stand") +
          " for comments that were not sent");
    if (holds || out_.items.size() != before) return {};
    if (const auto said = fields.field("message").text(); !said.empty())
      return Error{Code::kInvalid, "Reddit answered with an error: " + excerpt(said)};
    return Error{Code::kInvalid, "there are no posts, comments or messages of Reddit in it"};
  }

 private:
  // False: not of a kind that holds posts or comments.
  bool thing(Json object, std::size_t depth) {
    const auto kind = object.field("kind").text();
    const auto data = object.field("data");
    if (kind == "Listing") {
      for (JsonList one(data.field("children")); one; one.next()) thing(one.value(), depth + 1);
      return true;
    }
    if (kind == "more") {
      ++stubs_;
      return true;
    }
    if (kind == "t1" || kind == "t3" || kind == "t4")
      return item(object, JsonIndex(data), std::string(kind), depth);
    ++out_.others;
    return false;
  }

  bool item(Json whole, const JsonIndex& data, const std::string& kind, std::size_t depth) {
    const auto replies = data.field("replies");
    const bool has_inner = replies.is_object() && depth < kMostDepth;
    auto item = item_at(has_inner ? page_.slice_around(whole) : page_.slice(whole));
    const bool is_named = Thing(data, item).read(kind);
    if (!is_named && !item.why_private.empty())
      out_.asides.push_back({{item.offset, item.length}, item.why_private});
    if (!is_named)
      out_.remarks.push_back("a post, comment or message without a name was left out");
    else
      out_.items.push_back(std::move(item));
    if (has_inner) thing(replies, depth + 1);
    return true;
  }

  bool bare(const JsonIndex& fields) {
    const bool is_comment = fields.field("body").is_text();
    const bool is_post = fields.field("title").is_text();
    return (is_comment || is_post) && item(fields.object(), fields, is_comment ? "t1" : "t3", 0);
  }

  JsonPage& page_;
  Reading& out_;
  std::size_t stubs_ = 0;
};

Status read_record(std::string_view record, const SavedContext&, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  return Page(*page, out).read();
}

bool is_reddit(const Beginning& it) {
  const auto kind = it.value("kind");
  if (it.has({"kind", "data"}) && (kind == "Listing" || (kind.size() == 2 && kind.front() == 't')))
    return true;
  return it.has({"json.data.things"}) || it.has({"body", "link_id", "subreddit"}) ||
         it.has({"title", "subreddit", "author", "created_utc"}) ||
         it.has({"body", "parent_id", "created_utc"});
}

}  // namespace

const SavedFormat kReddit = {"reddit", "pages of Reddit's interface, and lines of Pushshift's dumps",
                             is_reddit, read_record, Cut::kJson};

}  // namespace muniment::sources
