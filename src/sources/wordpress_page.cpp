#include "sources/wordpress_page.hpp"

#include "base/so_many.hpp"
#include "sources/claims.hpp"
#include "sources/json_items.hpp"
#include "sources/url.hpp"
#include "sources/wordpress_item.hpp"

namespace muniment::sources {
namespace {

class Page {
 public:
  Page(JsonPage& page, std::string_view origin) : page_(page), site_(wordpress_site(origin)) {}

  Result<Reading> read() {
    const auto root = page_.root();
    note_mended(page_, reading_);
    site_id_ = root.field("site_ID").name();
    const bool holds = root.is_list() ? entries(root) : object(root);
    if (!holds || (entries_ != 0 && reading_.items.empty())) return nothing_here(root);
    if (entries_ != reading_.items.size())
      reading_.remarks.push_back(base::so_many(
          entries_ - reading_.items.size(),
          "entry of the page was left out: it is no post or comment, or nothing identifies it",
          "entries of the page were left out: they are no posts or comments, or nothing identifies them"));
    if (after_asked_ != 0)
      reading_.remarks.push_back(
          base::so_many(after_asked_, "entry names itself", "entries name themselves") +
          " after another site than the one that gave them; the name was made with " + excerpt(site_));
    return std::move(reading_);
  }

 private:
  // WordPress.com v1.1 wraps its lists.
  bool object(Json root) {
    bool holds = false;
    for (JsonFields fields(root); fields; fields.next())
      if (fields.value().is_list() && (fields.key() == "posts" || fields.key() == "comments"))
        holds = entries(fields.value());
    return holds || entry(root);
  }

  bool entries(Json list) {
    for (JsonList one(list); one; one.next()) entry(one.value());
    return true;
  }

  bool entry(Json object) {
    ++entries_;
    const auto kind = wordpress_item(object);
    if (kind == WordPressItem::kNone) return false;
    auto item = item_at(page_.slice(object));
    const auto naming = read_wordpress_item(kind, object, site_, site_id_, item);
    if (naming == WordPressNaming::kNothing) return false;
    after_asked_ += naming == WordPressNaming::kAfterAsked ? 1U : 0U;
    reading_.items.push_back(std::move(item));
    return true;
  }

  static Result<Reading> nothing_here(Json root) {
    if (const auto code = wordpress_error(root); !code.empty())
      return Error{Code::kInvalid, "the site answered with an error: " + excerpt(code)};
    if (const auto said = root.field("error").text(); !said.empty())
      return Error{Code::kInvalid, "the site answered with an error: " + excerpt(said)};
    return Error{Code::kInvalid, "the page is JSON, but there are no posts or comments in it",
                 "Save a list of posts, pages or comments (/wp-json/wp/v2/posts)."};
  }

  JsonPage& page_;
  std::string site_;
  std::string site_id_;
  Reading reading_;
  std::size_t entries_ = 0;
  std::size_t after_asked_ = 0;
};

}  // namespace

Result<Reading> read_wordpress(JsonPage& page, std::string_view origin) {
  return Page(page, origin).read();
}

Result<Reading> read_wordpress(std::string_view bytes, std::string_view origin) {
  auto page = JsonPage::parse(bytes);
  if (!page) return std::move(page).error();
  return read_wordpress(*page, origin);
}

std::string wordpress_error(Json root) {
  return root.field("message").is_text() ? root.field("code").name() : std::string();
}

bool is_one_host(std::string_view site, std::string_view other) {
  const auto host = [](std::string_view name) {
    name = name.substr(0, name.find('/'));
    return name.starts_with("www.") ? name.substr(4) : name;
  };
  return host(site) == host(other);
}

std::string wordpress_site(std::string_view url) {
  auto site = server_of(url);
  if (site.empty()) return {};
  auto path = path_of(url);
  const bool is_api = path.find("/wp-json") != std::string_view::npos;
  if (is_api) path = path.substr(0, path.find("/wp-json"));
  if (path.ends_with("/index.php")) path.remove_suffix(10);
  // A permalink says nothing about where the site begins; an address of the API or of the front page does.
  const bool is_front = url.find("?rest_route=") != std::string_view::npos ||
                        url.find("?p=") != std::string_view::npos ||
                        url.find("?page_id=") != std::string_view::npos;
  if (!is_api && !is_front) return site;
  while (path.ends_with('/')) path.remove_suffix(1);
  return site.append(path);
}

}  // namespace muniment::sources
