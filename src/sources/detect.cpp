// Which format a saved page is in, from the first kilobytes and the first item; the whole is read, and
// checked, by the format's own file.
#include <algorithm>
#include <set>
#include <string>

#include "sources/json_peek.hpp"
#include "sources/source.hpp"

namespace muniment::sources {
namespace {

using Names = std::set<std::string, std::less<>>;

bool has(const Names& names, std::initializer_list<std::string_view> wanted) {
  return std::ranges::all_of(wanted, [&](std::string_view name) { return names.contains(name); });
}

bool is_mastodon(const Names& names) {
  return has(names, {"account", "content", "created_at"}) || has(names, {"account", "uri"}) ||
         has(names, {"account", "type", "created_at"}) || has(names, {"last_status", "unread"}) ||
         has(names, {"ancestors", "descendants"}) || has(names, {"statuses"});
}

bool is_wordpress(const Names& names) {
  return has(names, {"content", "date_gmt"}) || has(names, {"author_name", "post"}) ||
         has(names, {"id", "link", "title", "type"}) || has(names, {"namespaces", "routes"}) ||
         has(names, {"code", "message", "data"}) || has(names, {"ID", "site_ID"}) ||
         has(names, {"ID", "content", "short_URL"}) || has(names, {"found", "comments"}) ||
         has(names, {"found", "posts"}) || has(names, {"next_page_handle", "posts"});
}

constexpr std::string_view kFeedMarks[] = {"<rss", "<feed", "<rdf:RDF", "<RDF", "<channel", "<?xml"};

// An element of a feed within the first bytes, whatever prefix it carries.
bool looks_like_feed(std::string_view bytes) {
  const auto head = bytes.substr(0, 4'096);
  if (std::ranges::any_of(kFeedMarks, [&](auto mark) { return head.find(mark) != std::string_view::npos; }))
    return true;
  return head.find(":feed") != std::string_view::npos && head.find("xmlns:") != std::string_view::npos;
}

bool is_web_page(std::string_view bytes) {
  std::string head(bytes.substr(0, 1'024));
  for (auto& c : head)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return head.find("<!doctype html") != std::string::npos || head.find("<html") != std::string::npos;
}

Error unknown(std::string what) {
  return {Code::kInvalid, std::move(what),
          "Statuses of Mastodon, posts or comments of WordPress, and RSS or Atom feeds can be read; "
          "--format names the format where it cannot be found from the content."};
}

}  // namespace

Result<Format> detect(std::string_view bytes) {
  // UTF-16 and UTF-32 are for the feed reader, which knows encodings.
  const bool is_wide = bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff") ||
                       bytes.substr(0, 4).find('\0') != std::string_view::npos;
  if (is_wide && bytes.size() > 4) return Format::kFeed;
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  const auto first = bytes.find_first_not_of(" \t\r\n\f\v");
  if (first == std::string_view::npos) return unknown("the file is empty");
  bytes.remove_prefix(first);
  if (bytes.front() == '{' || bytes.front() == '[') {
    const auto names = names_at_the_top(bytes);
    if (is_wordpress(names)) return Format::kWordPress;
    if (is_mastodon(names) || (has(names, {"error"}) && names.size() <= 2)) return Format::kMastodon;
    return unknown(names.empty() ? "the file is JSON without any item in it"
                                 : "the file is JSON, but of no platform known here");
  }
  if (is_web_page(bytes) && !bytes.starts_with("<?xml")) return unknown("the file is a web page (HTML)");
  if (bytes.front() == '<' || looks_like_feed(bytes))
    return looks_like_feed(bytes) ? Result<Format>(Format::kFeed)
                                  : unknown("the file is XML, but not a feed");
  return unknown("the file is neither JSON nor XML");
}

std::string_view format_name(Format format) {
  switch (format) {
    case Format::kMastodon:
      return "mastodon";
    case Format::kWordPress:
      return "wordpress";
    case Format::kFeed:
      return "feed";
  }
  return {};
}

Result<Format> format_named(std::string_view name) {
  for (const auto format : {Format::kMastodon, Format::kWordPress, Format::kFeed})
    if (format_name(format) == name) return format;
  return Error{Code::kInvalid, "there is no format of that name", "Formats: mastodon, wordpress, feed."};
}

}  // namespace muniment::sources
