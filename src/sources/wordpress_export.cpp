// WordPress's export file (WXR): a feed of <item>, one a post, page or attachment, each with its comments
// inside.
//
// Names are those of the live interface (docs/sources.md): SITE/post/9, SITE/comment/12.  What the site does
// not show to everybody (drafts, posts under a password, comments that wait or lie in the bin) is private.
// A post's slice ends where its first comment begins; comments have slices of their own, with the commenter's
// mail and network address in them, which are in no field.
#include <algorithm>
#include <array>
#include <pugixml.hpp>

#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/feed_dates.hpp"
#include "sources/feed_names.hpp"
#include "sources/html_pictures.hpp"
#include "sources/html_text.hpp"
#include "sources/saved_formats.hpp"
#include "sources/url.hpp"
#include "sources/wordpress_item.hpp"
#include "sources/wordpress_page.hpp"
#include "sources/xml_part.hpp"

namespace muniment::sources {
namespace {

// What WordPress keeps as posts, though nobody reads it.
constexpr std::array<std::string_view, 13> kInner = {
    "nav_menu_item", "revision",         "custom_css",    "wp_global_styles", "wp_navigation",
    "wp_template",   "wp_template_part", "wp_block",      "oembed_cache",     "customize_changeset",
    "user_request",  "wp_font_face",     "wp_font_family"};
// What visitors sent by a form: kept as published posts, and shown to nobody.
constexpr std::array<std::string_view, 4> kOfForms = {"feedback", "flamingo_inbound", "flamingo_contact",
                                                      "nf_sub"};
constexpr std::size_t kMostComments = 100'000;  // of one post
constexpr std::size_t kMostTags = 1'000;

// What stands before the first item: the site, and its authors.
class Head {
 public:
  explicit Head(std::string_view head) : text_(head) {}

  std::string site(const std::string& guid, const std::string& link, std::string_view origin) const {
    for (const std::string_view name : {"wp:base_blog_url", "wp:base_site_url", "link"})
      if (auto found = site_of(element(text_, name)); !found.empty()) return found;
    for (const auto& address : {std::string(origin), guid, link})
      if (auto found = wordpress_site(address); !found.empty()) return found;
    return {};
  }

  // By the name somebody logs in with.
  void author(const std::string& login, const std::string& site, records::Account& out) const {
    out.handle = login;
    out.name = login;
    if (login.empty()) return;
    for (const auto& slice : elements_named(text_, "wp:author")) {
      const auto author = text_.substr(slice.offset, slice.length);
      if (element(author, "wp:author_login") != login) continue;
      const auto id = element(author, "wp:author_id");
      if (!id.empty() && id != "0") out.id = site + "/user/" + id;
      if (auto name = element(author, "wp:author_display_name"); !name.empty()) out.name = std::move(name);
      return;
    }
  }

 private:
  // The text of the first element of that name; read for each item, so without a tree.
  static std::string element(std::string_view xml, std::string_view name) {
    constexpr std::string_view kCdata = "<![CDATA[";
    const auto found = elements_named(xml, name);
    if (found.empty()) return {};
    auto text = xml.substr(found.front().offset, found.front().length);
    text = text.substr(text.find('>') + 1);
    text = text.substr(0, text.rfind('<'));
    if (!text.starts_with(kCdata)) return trimmed(text_of_html(text, nullptr));
    text.remove_prefix(kCdata.size());
    return trimmed(text.substr(0, text.find("]]>")));
  }

  // "host[:port][/path]": the whole of a front page's address.
  static std::string site_of(const std::string& address) {
    auto site = server_of(address);
    if (site.empty()) return {};
    auto path = path_of(address);
    while (path.ends_with('/')) path.remove_suffix(1);
    return site.append(path);
  }

  std::string_view text_;
};

// The first of them that is a date; 0000-00-00 is none.
std::string date(const pugi::xml_node& parent, std::string_view name) {
  const auto text = text_of_child(parent, name);
  return text.starts_with("0000") ? std::string() : claimed_time(text);
}

class Record {
 public:
  Record(std::string_view bytes, const SavedContext& context, Reading& out)
      : bytes_(bytes), context_(context), head_(context.head), out_(out) {}

  Status read() {
    auto part = read_xml(bytes_);
    if (!part) return std::move(part).error();
    const auto item = part->document->document_element();
    if (!part->exact) {
      out_.recovered = true;
      out_.remarks.push_back("an item of the export is not well-formed: " + part->fault);
    }
    const auto type = text_of_child(item, "post_type");
    if (std::ranges::find(kInner, type) != kInner.end()) {
      ++out_.others;
      return {};
    }
    site_ = head_.site(text_of_child(item, "guid"), text_of_child(item, "link"), context_.origin);
    number_ = text_of_child(item, "post_id");
    for (const auto name : {"guid", "link"})
      if (number_.empty()) number_ = number_in(text_of_child(item, name));
    kind_ = type.empty() ? "post" : type;
    if (site_.empty() || number_.empty())
      return Error{Code::kInvalid, "nothing identifies an item of the export: it has no number, or no site"};
    std::vector<Slice> places;
    if (part->exact) places = elements_named(bytes_, "wp:comment");
    post(item, places.empty() ? bytes_.size() : places.front().offset, part->exact);
    comments(item, places);
    return {};
  }

 private:
  // Of "…/?p=9"; empty when there is none.
  static std::string number_in(const std::string& address) {
    auto number = parameter(address, "p");
    if (number.empty()) number = parameter(address, "page_id");
    return number.find_first_not_of("0123456789") == std::string::npos ? number : std::string();
  }

  std::string name(std::string_view kind, std::string_view number) const {
    return site_ + "/" + std::string(kind) + "/" + std::string(number);
  }

  void post(const pugi::xml_node& in, std::size_t end, bool sliced) {
    Item item;
    if (sliced) item.length = end;
    auto& out = item.interaction;
    out.platform = "wordpress";
    out.type = kind_;
    out.id = name(kind_, number_);
    out.url = text_of_child(in, "link");
    out.posted = date(in, "post_date_gmt");
    if (out.posted.empty() && !child_of(in, "post_date_gmt"))
      out.posted = feed_date(text_of_child(in, "pubDate"));
    if (auto changed = date(in, "post_modified_gmt"); changed > out.posted) out.edited = std::move(changed);
    out.visibility = text_of_child(in, "status");
    item.why_private = privacy_of_wordpress_post(out.visibility, !text_of_child(in, "post_password").empty());
    if (std::ranges::find(kOfForms, kind_) != kOfForms.end()) item.why_private = "a message sent by a form";
    is_shown_ = item.why_private.empty();
    out.summary = text_of_html(text_of_child(in, "title"), nullptr);
    const auto content = with_paragraphs(content_of(in));
    out.text = text_of_html(content, &out.links);
    head_.author(text_of_child(in, "creator"), site_, out.author);
    for (const auto& child : in.children("category"))
      if (out.tags.size() < kMostTags)
        if (auto label = text_below(child); !label.empty()) out.tags.push_back(std::move(label));
    if (auto file = text_of_child(in, "attachment_url"); !file.empty())
      out.media.push_back({std::move(file), "", ""});
    add_pictures(content, out.url, out.media);
    out_.items.push_back(std::move(item));
  }

  // <content:encoded>; <excerpt:encoded> has the same local name.
  static std::string content_of(const pugi::xml_node& in) {
    const auto content = in.child("content:encoded");
    return content ? text_below(content) : std::string();
  }

  void comments(const pugi::xml_node& in, const std::vector<Slice>& places) {
    std::size_t at = 0;
    std::size_t nameless = 0;
    for (const auto& child : in.children("wp:comment")) {
      const auto place = at < places.size() ? places[at] : Slice();
      if (++at > kMostComments) break;
      nameless += comment(child, place) ? 0U : 1U;
    }
    if (nameless != 0)
      out_.remarks.push_back(std::to_string(nameless) + " comments on " + name(kind_, number_) +
                             " have no number and were left out");
  }

  bool comment(const pugi::xml_node& in, const Slice& place) {
    const auto number = text_of_child(in, "comment_id");
    Item item;
    item.offset = place.offset;
    item.length = place.length;
    auto& out = item.interaction;
    out.platform = "wordpress";
    out.id = name("comment", number);
    out.type = text_of_child(in, "comment_type");
    if (out.type.empty()) out.type = "comment";
    out.posted = date(in, "comment_date_gmt");
    out.visibility = approval(text_of_child(in, "comment_approved"));
    item.why_private = privacy_of_wordpress_comment(out.visibility);
    if (!is_shown_ && item.why_private.empty()) item.why_private = "a comment on a post that is not shown";
    if (number.empty()) {
      if (!item.why_private.empty() && place.length != 0) out_.asides.push_back({place, item.why_private});
      return false;
    }
    const auto content = with_paragraphs(text_of_child(in, "comment_content"));
    out.text = text_of_html(content, &out.links);
    out.author.name = text_of_html(text_of_child(in, "comment_author"), nullptr);
    out.author.url = text_of_child(in, "comment_author_url");
    if (const auto user = text_of_child(in, "comment_user_id"); !user.empty() && user != "0")
      out.author.id = name("user", user);
    if (const auto parent = text_of_child(in, "comment_parent"); !parent.empty() && parent != "0")
      out.reply_to = name("comment", parent);
    out.thread = name(kind_, number_);
    out_.items.push_back(std::move(item));
    return true;
  }

  // As the live interface calls it.
  static std::string approval(const std::string& approved) {
    if (approved == "1" || approved.empty()) return "approved";
    return approved == "0" ? "hold" : approved;
  }

  std::string_view bytes_;
  const SavedContext& context_;
  Head head_;
  Reading& out_;
  std::string site_;
  std::string number_;
  std::string kind_;
  bool is_shown_ = true;  // the post, to everybody
};

Status read_record(std::string_view record, const SavedContext& context, Reading& out) {
  return Record(record, context, out).read();
}

bool is_export(const Beginning& it) {
  return !it.is_json() && it.mentions("<rss") && it.mentions("wordpress.org/export/");
}

}  // namespace

const SavedFormat kWordPressExport = {"wordpress-export", "WordPress's export file (WXR)", is_export,
                                      read_record, Cut::kElements};

}  // namespace muniment::sources
