#include "sources/wordpress_item.hpp"

#include <vector>

#include "base/time.hpp"
#include "sources/claims.hpp"
#include "sources/html_pictures.hpp"
#include "sources/html_text.hpp"
#include "sources/wordpress_page.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostTags = 1'000;

// A field is {"rendered": html}, or the text itself.
std::string_view rendered(Json field) {
  return field.is_object() ? field.field("rendered").text() : field.text();
}

std::string_view link(Json object, std::string_view relation) {
  return JsonList(object.field("_links").field(relation)).value().field("href").text();
}

// WordPress writes a date that was never set as 0000-00-00 00:00:00, and dates in GMT without a zone.
std::string date(Json field) {
  return field.text().starts_with("0000") ? std::string() : claimed_time(field.text());
}

// The kind of a content type as it stands in our ids: its REST address says it in the plural.
std::string kind_of(std::string_view self, std::string_view type) {
  const auto last = self.rfind('/');
  if (last != std::string_view::npos && last != 0) {
    const auto path = self.substr(0, last);
    const auto base = path.substr(path.rfind('/') + 1);
    if (base == "posts") return "post";
    if (base == "pages") return "page";
    if (base == "comments") return "comment";
  }
  return type.empty() ? "post" : std::string(type);
}

class Reader {
 public:
  Reader(Json object, std::string_view site, Item& item)
      : in_(object), site_(site), item_(item), out_(item.interaction) {
    out_.platform = "wordpress";
  }

  bool post() {
    const auto self = link(in_, "self");
    find_site({self, in_.field("guid").field("rendered").text(), in_.field("link").text()});
    const auto number = in_.field("id").name();
    if (site_.empty() || number.empty()) return false;
    out_.type = kind_of(self, in_.field("type").text());
    out_.id = name(out_.type, number);
    common();
    out_.summary = text_of_html(rendered(in_.field("title")), nullptr);
    author_of_post();
    tags();
    if (const auto source = in_.field("source_url").text(); !source.empty())
      out_.media.push_back({std::string(source), std::string(in_.field("mime_type").text()),
                            std::string(in_.field("alt_text").text())});
    add_pictures(rendered(in_.field("content")), out_.url, out_.media);
    item_.why_private = privacy_of_wordpress_post(out_.visibility, tells_what_is_under_a_password());
    return true;
  }

  bool comment() {
    const auto self = link(in_, "self");
    find_site({self, in_.field("link").text()});
    const auto number = in_.field("id").name();
    if (site_.empty() || number.empty()) return false;
    out_.type = in_.field("type").text().empty() ? "comment" : in_.field("type").text();
    out_.id = name("comment", number);
    common();
    if (in_.field("parent").number() != 0) out_.reply_to = name("comment", in_.field("parent").name());
    if (in_.field("post").number() != 0)
      out_.thread = name(kind_of(link(in_, "up"), ""), in_.field("post").name());
    auto& author = out_.author;
    author.name = text_of_html(in_.field("author_name").text(), nullptr);
    author.url = in_.field("author_url").text();
    if (in_.field("author").number() != 0) author.id = name("user", in_.field("author").name());
    add_pictures(rendered(in_.field("content")), out_.url, out_.media);
    item_.why_private = privacy_of_wordpress_comment(out_.visibility);
    return true;
  }

  bool com_item(bool is_comment, std::string_view site_id) {
    const auto self = in_.field("meta").field("links").field("self").text();
    auto number_of_site = in_.field("site_ID").name();
    if (number_of_site.empty()) number_of_site = site_number(self);
    if (number_of_site.empty()) number_of_site = site_id;
    const auto number = in_.field("ID").name();
    if (!number_of_site.empty()) site_ = "wordpress.com/" + number_of_site;
    if (site_.empty() || number.empty()) return false;
    out_.type = in_.field("type").text();
    if (out_.type.empty()) out_.type = is_comment ? "comment" : "post";
    out_.id = name(is_comment ? "comment" : out_.type, number);
    out_.url = in_.field("URL").text();
    out_.posted = date(in_.field("date"));
    if (auto changed = date(in_.field("modified")); changed > out_.posted) out_.edited = std::move(changed);
    out_.text = text_of_html(in_.field("content").text(), &out_.links);
    out_.summary = text_of_html(in_.field("title").text(), nullptr);
    out_.visibility = in_.field("status").text();
    if (const auto parent = in_.field("parent"); is_comment && !parent.field("ID").name().empty())
      out_.reply_to = name("comment", parent.field("ID").name());
    if (const auto post = in_.field("post"); is_comment && !post.field("ID").name().empty())
      out_.thread = name(kind_of("", post.field("type").text()), post.field("ID").name());
    com_author();
    for (JsonFields tag(in_.field("tags")); tag && out_.tags.size() < kMostTags; tag.next())
      out_.tags.emplace_back(tag.key());
    add_pictures(in_.field("content").text(), out_.url, out_.media);
    item_.why_private =
        is_comment ? privacy_of_wordpress_comment(out_.visibility)
                   : privacy_of_wordpress_post(out_.visibility, !in_.field("password").text().empty());
    if (const auto likes = in_.field("like_count")) out_.counts.emplace_back("likes", likes.number());
    return true;
  }

  bool names_other_site() const { return names_other_site_; }

 private:
  // Everybody is shown such a post's title; its words, and the password, only who may have them.
  bool tells_what_is_under_a_password() const {
    if (!in_.field("password").text().empty()) return true;
    for (const auto name : {"content", "excerpt"})
      if (const auto part = in_.field(name);
          part.field("protected").is_true() &&
          !(part.field("rendered").text().empty() && part.field("raw").text().empty()))
        return true;
    return false;
  }

  void find_site(std::initializer_list<std::string_view> addresses) {
    // What the item says of itself tells where on its host the site is; that it is another host's, it may not
    // say, or one site could speak for another.
    auto self = wordpress_site(*addresses.begin());
    names_other_site_ = !self.empty() && !site_.empty() && !is_one_host(self, site_);
    if (!self.empty() && !names_other_site_) site_ = std::move(self);
    for (const auto address : addresses)
      if (site_.empty()) site_ = wordpress_site(address);
  }

  std::string name(std::string_view kind, std::string_view number) const {
    return site_ + "/" + std::string(kind) + "/" + std::string(number);
  }

  void common() {
    out_.url = in_.field("link").text();
    out_.posted = date(in_.field("date_gmt"));
    if (auto changed = date(in_.field("modified_gmt")); changed > out_.posted)
      out_.edited = std::move(changed);
    out_.text = text_of_html(rendered(in_.field("content")), &out_.links);
    out_.visibility = in_.field("status").text();
  }

  void author_of_post() {
    if (in_.field("author").number() != 0) out_.author.id = name("user", in_.field("author").name());
    const auto embedded = JsonList(in_.field("_embedded").field("author")).value();
    out_.author.name = text_of_html(embedded.field("name").text(), nullptr);
    out_.author.handle = embedded.field("slug").text();
    out_.author.url = embedded.field("link").text();
  }

  void tags() {
    for (JsonList group(in_.field("_embedded").field("wp:term")); group; group.next())
      for (JsonList term(group.value()); term && out_.tags.size() < kMostTags; term.next())
        if (auto label = text_of_html(term.value().field("name").text(), nullptr); !label.empty())
          out_.tags.push_back(std::move(label));
  }

  // ".../sites/146/posts/1145"
  static std::string site_number(std::string_view self) {
    const auto at = self.find("/sites/");
    if (at == std::string_view::npos) return {};
    const auto rest = self.substr(at + 7);
    return std::string(rest.substr(0, rest.find('/')));
  }

  void com_author() {
    const auto author = in_.field("author");
    if (const auto number = author.field("ID").name(); !number.empty() && number != "0")
      out_.author.id = "wordpress.com/user/" + number;
    out_.author.handle = author.field("login").text();
    out_.author.name = text_of_html(author.field("name").text(), nullptr);
    const auto profile = author.field("profile_URL").text();
    out_.author.url = profile.empty() ? author.field("URL").text() : profile;
  }

  Json in_;
  std::string site_;
  bool names_other_site_ = false;
  Item& item_;
  records::Interaction& out_;
};

}  // namespace

WordPressItem wordpress_item(Json object) {
  if (!object.is_object()) return WordPressItem::kNone;
  if (!object.field("id").name().empty()) {
    const bool dated = object.field("date_gmt").is_text() || object.field("date").is_text();
    if (object.field("post") && (object.field("author_name").is_text() || object.field("parent")))
      return WordPressItem::kComment;
    if (dated && (object.field("title").is_object() || object.field("content").is_object()))
      return WordPressItem::kPost;
    return WordPressItem::kNone;
  }
  if (object.field("ID").name().empty() || !object.field("content").is_text()) return WordPressItem::kNone;
  return object.field("post").is_object() ? WordPressItem::kComComment : WordPressItem::kComPost;
}

WordPressNaming read_wordpress_item(WordPressItem kind, Json object, std::string_view site,
                                    std::string_view site_id, Item& out) {
  Reader reader(object, site, out);
  const bool is_named = kind == WordPressItem::kPost      ? reader.post()
                        : kind == WordPressItem::kComment ? reader.comment()
                        : kind == WordPressItem::kNone
                            ? false
                            : reader.com_item(kind == WordPressItem::kComComment, site_id);
  if (!is_named) return WordPressNaming::kNothing;
  return reader.names_other_site() ? WordPressNaming::kAfterAsked : WordPressNaming::kOwn;
}

std::string_view privacy_of_wordpress_post(std::string_view status, bool under_password) {
  if (under_password) return "a post under a password";
  if (status.empty() || status == "publish" || status == "inherit") return {};
  return "a post that is not published";
}

std::string_view privacy_of_wordpress_comment(std::string_view status) {
  if (status.empty() || status == "approved") return {};
  return "a comment that is not published";
}

}  // namespace muniment::sources
