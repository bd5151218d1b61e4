// Google+ in Takeout, as HTML: one page a post, with its comments inside.
//
//   <body><div><div><img class="author-photo"><a class="author" href=WHO>Name</a> - <a href=POST>TIME</a>
//       <span> - Updated: TIME</span></div>
//     <div class="main-content">HTML <a class="location">…</a></div>
//     <div><a class="reshare-attribution" href=POST>Originally shared by Name</a>HTML</div>
//     <a class="media-link" href=FILE><img class="media" src=FILE alt=…></a>
//     <a class="link-embed" href=ADDRESS><h3>title</h3></a></div>
//   <div class="visibility">Shared with: Public, <a href=WHO>Name</a></div>
//   <div class="post-activity"><div class="plus-oners">+1'd by: <a>…</div>
//     <div class="resharers">…</div></div>
//   <div class="comments"><div class="comment"><a class="author"><span class="time"> - TIME</span>
//       <div class="comment-content">HTML</div></div></div></body>
// Names are those of the other form (googleplus_names.hpp).
#include <algorithm>

#include "base/utf8.hpp"
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/googleplus_names.hpp"
#include "sources/html_elements.hpp"
#include "sources/html_text.hpp"
#include "sources/json_items.hpp"
#include "sources/saved_formats.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostListed = 1'000;
constexpr std::string_view kHost = "https://plus.google.com/";
constexpr std::string_view kNotForAll = "not shared with everybody";

bool is_wanted(std::string_view tag) {
  const auto name = html_tag_name(tag);
  return name == "a" || name == "h3" || tag.find("class=") != std::string_view::npos;
}

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

// " - 2014-07-01 01:51:39+0000", " - Updated: 2014-07-01 01:51:39+0000"
std::string time_in(std::string_view text) {
  const auto at = text.find_first_of("0123456789");
  return at == std::string_view::npos ? std::string() : claimed_time(without_blanks(text.substr(at)));
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const int letter = c | 32;
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

// "../Photos/old%20quay.jpg" is Photos/old quay.jpg in the export.
std::string file_of(const std::string& address) {
  if (address.find("://") != std::string::npos) return address;
  std::string_view rest(address);
  while (rest.starts_with("../")) rest.remove_prefix(3);
  std::string out;
  for (; !rest.empty(); rest.remove_prefix(1)) {
    const bool is_coded =
        rest.size() > 2 && rest[0] == '%' && hex_digit(rest[1]) >= 0 && hex_digit(rest[2]) >= 0;
    out.push_back(is_coded ? static_cast<char>(hex_digit(rest[1]) * 16 + hex_digit(rest[2])) : rest[0]);
    if (is_coded) rest.remove_prefix(2);
  }
  return base::is_utf8(out) && out.find('\0') == std::string::npos ? out : address;
}

class Page {
 public:
  Page(std::string_view html, std::vector<HtmlElement> elements, Reading& out)
      : html_(html), elements_(std::move(elements)), out_(out) {
    comments_ = std::ranges::find_if(elements_, [](auto& it) { return has_html_class(it.tag, "comments"); });
  }

  Status read() {
    Item item;
    item.length = html_.size();
    auto& post = item.interaction;
    if (auto head = heading(post); !head) return head;
    post.visibility = audience();
    const std::string_view why = post.visibility == "public" ? std::string_view() : kNotForAll;
    item.why_private = why;
    words(post);
    shown(post);
    count("plus-oners", "likes", post);
    count("resharers", "reposts", post);
    const auto visibility = post.visibility;
    const auto id = post.id;
    out_.items.push_back(std::move(item));
    std::size_t behind = 0;
    for (auto it = comments_; it != elements_.end(); ++it)
      if (it->begin >= behind && has_html_class(it->tag, "comment")) {
        comment(it, id, visibility, why);
        behind = it->end;
      }
    return {};
  }

 private:
  using At = std::vector<HtmlElement>::const_iterator;

  std::string_view inner(const HtmlElement& it) const {
    return html_.substr(it.inner, it.inner_end - it.inner);
  }
  std::string text(const HtmlElement& it) const { return text_of_html(inner(it), nullptr); }

  At end_of(At it) const {
    return std::find_if(it, elements_.cend(), [&](auto& other) { return other.begin >= it->inner_end; });
  }
  static At first(std::string_view name, At from, At to) {
    return std::find_if(from, to, [&](auto& it) { return has_html_class(it.tag, name); });
  }
  // Of the post, not of its comments.
  const HtmlElement* first(std::string_view name) const {
    const At end = comments_;
    const auto found = first(name, elements_.cbegin(), end);
    return found == end ? nullptr : &*found;
  }

  records::Account account(const HtmlElement& link) const {
    records::Account out;
    out.name = text(link);
    out.url = html_attribute(link.tag, "href");
    out.id = googleplus_account_id(out.url);  // as the other form of Takeout names people
    return out;
  }

  Status heading(records::Interaction& post) const {
    post.platform = "googleplus";
    post.type = "post";
    const auto* author = first("author");
    if (author != nullptr) post.author = account(*author);
    const auto* content = first("main-content");
    const auto end = content == nullptr ? html_.size() : content->begin;
    for (const auto& it : elements_) {
      if (it.begin >= end) break;
      if (html_tag_name(it.tag) != "a") continue;
      auto url = html_attribute(it.tag, "href");
      post.id = googleplus_post_id(url);
      if (post.id.empty()) continue;
      post.url = std::move(url);
      post.posted = time_in(inner(it));
      const auto rest = html_.substr(it.end, end - it.end);
      if (const auto said = rest.find("Updated:"); said != std::string_view::npos)
        if (auto changed = time_in(rest.substr(said, rest.find('<', said) - said)); changed > post.posted)
          post.edited = std::move(changed);
      return {};
    }
    return Error{Code::kInvalid, "nothing identifies a post of Google+"};
  }

  // "Shared with: Public, <a>Name</a>"; names of people and of what else has a page are links.
  std::string audience() const {
    const auto* seen_by = first("visibility");
    if (seen_by == nullptr) return {};
    std::string plain;
    std::string_view place = "circles";
    auto at = seen_by->inner;
    for (const auto& it : elements_) {
      if (it.begin < at || it.end > seen_by->inner_end || html_tag_name(it.tag) != "a") continue;
      plain += text_of_html(html_.substr(at, it.begin - at), nullptr);
      at = it.end;
      const auto url = html_attribute(it.tag, "href");
      for (const auto& [mark, name] :
           {std::pair{"/communities/", "community"}, {"/collection/", "collection"}, {"/events/", "event"}})
        if (url.find(mark) != std::string::npos) place = name;
    }
    plain += text_of_html(html_.substr(at, seen_by->inner_end - at), nullptr);
    std::string_view rest(plain);
    if (const auto colon = rest.find(':'); colon != std::string_view::npos) rest.remove_prefix(colon + 1);
    while (!rest.empty()) {
      const auto end = std::min(rest.find(','), rest.size());
      if (without_blanks(rest.substr(0, end)) == "Public") return "public";
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return std::string(place);
  }

  static void add_lines(std::string& text, std::string more) {
    if (more.empty()) return;
    if (!text.empty()) text.push_back('\n');
    text += more;
  }

  // Where what follows the words begins: pictures, links, who may see it.
  std::size_t end_of_words(std::size_t from) const {
    for (const auto& it : elements_)
      if (it.begin >= from)
        for (const auto* name : {"media-link", "album", "link-embed", "inline-link-embed", "visibility"})
          if (has_html_class(it.tag, name)) return it.begin;
    return html_.size();
  }

  void words(records::Interaction& post) const {
    if (const auto* content = first("main-content")) {
      const auto* place = first("location");
      const bool is_inside =
          place != nullptr && place->begin >= content->inner && place->end <= content->inner_end;
      post.text = text_of_html(
          html_.substr(content->inner, (is_inside ? place->begin : content->inner_end) - content->inner),
          &post.links);
      if (is_inside) add_lines(post.text, text(*place));
    }
    const auto* whose = first("reshare-attribution");
    if (whose == nullptr) return;
    const auto original = html_attribute(whose->tag, "href");
    post.quote_of = googleplus_post_id(original);
    if (post.quote_of.empty()) post.quote_of = original;
    add_lines(post.text, text(*whose));
    const auto end = std::max(end_of_words(whose->end), whose->end);
    add_lines(post.text, text_of_html(html_.substr(whose->end, end - whose->end), &post.links));
  }

  void shown(records::Interaction& post) const {
    std::size_t behind = 0;
    for (auto it = elements_.cbegin(); it != At(comments_); ++it) {
      if (has_html_class(it->tag, "link-embed")) {
        if (auto url = html_attribute(it->tag, "href"); !url.empty() && post.links.size() < kMostListed)
          post.links.push_back(std::move(url));
        const auto title =
            std::find_if(it, end_of(it), [](auto& in) { return html_tag_name(in.tag) == "h3"; });
        if (title != end_of(it) && post.summary.empty()) post.summary = text(*title);
      }
      if (it->begin < behind || !has_html_class(it->tag, "media-link")) continue;
      if (post.media.size() < kMostListed) media(it, post);
      behind = it->end;
    }
  }

  void media(At link, records::Interaction& post) const {
    const auto picture = first("media", link, end_of(link));
    if (picture == end_of(link)) {
      if (const auto url = html_attribute(link->tag, "href"); !url.empty())
        post.media.push_back({file_of(url), "video", ""});
      return;
    }
    auto alt = html_attribute(picture->tag, "alt");
    if (alt == "Image") alt.clear();  // Takeout's own word where there is none
    if (const auto url = html_attribute(picture->tag, "src"); !url.empty())
      post.media.push_back({file_of(url), "image", std::move(alt)});
  }

  void count(std::string_view element, std::string_view name, records::Interaction& post) const {
    const auto* people = first(element);
    if (people == nullptr) return;
    const auto is_one = [&](auto& it) {
      return it.begin >= people->inner && it.end <= people->inner_end && html_tag_name(it.tag) == "a";
    };
    post.counts.emplace_back(name, std::ranges::count_if(elements_, is_one));
  }

  void comment(At it, const std::string& post, const std::string& visibility, std::string_view why) {
    auto item = item_at({it->begin, it->end - it->begin});
    item.why_private = why;
    item.has_made_name = true;
    auto& out = item.interaction;
    out.platform = "googleplus";
    out.type = "comment";
    out.thread = out.reply_to = post;
    out.visibility = visibility;
    const auto end = end_of(it);
    if (const auto author = first("author", it, end); author != end) out.author = account(*author);
    if (const auto time = first("time", it, end); time != end) out.posted = time_in(inner(*time));
    if (const auto content = first("comment-content", it, end); content != end)
      out.text = text_of_html(inner(*content), &out.links);
    out.id = googleplus_comment_id(out);
    out_.items.push_back(std::move(item));
  }

  std::string_view html_;
  std::vector<HtmlElement> elements_;
  std::vector<HtmlElement>::iterator comments_;
  Reading& out_;
};

Status read_page(std::string_view record, const SavedContext&, Reading& out) {
  auto elements = html_elements(record, is_wanted);
  if (!elements) return elements.error();
  return Page(record, *std::move(elements), out).read();
}

bool is_page(const Beginning& it) {
  const auto has = [&](std::string_view words) { return it.text().find(words) != std::string_view::npos; };
  return !it.is_json() && !it.is_wide() && it.text().starts_with('<') && has("class=\"author\"") &&
         has(kHost) && has("class=\"main-content\"");
}

}  // namespace

const SavedFormat kGooglePlusPage = {"googleplus-page", "posts of Google+ in Takeout (HTML)", is_page,
                                     read_page};

}  // namespace muniment::sources
