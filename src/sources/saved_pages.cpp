// Pages of the interfaces that are also asked live, and feeds, as they lie in a folder.
#include <algorithm>
#include <iterator>

#include "sources/beginning.hpp"
#include "sources/feed_page.hpp"
#include "sources/mastodon_page.hpp"
#include "sources/saved_formats.hpp"
#include "sources/wordpress_page.hpp"

namespace muniment::sources {
namespace {

bool is_mastodon(const Beginning& it) {
  return it.has({"account", "content", "created_at"}) || it.has({"account", "uri"}) ||
         it.has({"account", "type", "created_at"}) || it.has({"last_status", "unread"}) ||
         it.has({"ancestors", "descendants"}) || it.has({"statuses.account"}) ||
         (it.has({"statuses", "hashtags"})) || (it.has({"error"}) && it.top_names() <= 2);
}

bool is_wordpress(const Beginning& it) {
  return it.has({"content", "date_gmt"}) || it.has({"author_name", "post"}) ||
         it.has({"id", "link", "title", "type"}) || it.has({"namespaces", "routes"}) ||
         it.has({"code", "message", "data"}) || it.has({"ID", "site_ID"}) ||
         it.has({"ID", "content", "short_URL"}) || it.has({"found", "comments"}) ||
         it.has({"found", "posts"}) || it.has({"next_page_handle", "posts"});
}

constexpr std::string_view kFeedMarks[] = {"<rss", "<feed", "<rdf:RDF", "<RDF", "<channel"};

bool is_web_page(std::string_view bytes) {
  std::string head(bytes.substr(0, 1'024));
  for (auto& c : head)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return head.find("<!doctype html") != std::string::npos || head.find("<html") != std::string::npos;
}

// An element of a feed within the first bytes, whatever prefix it carries.  UTF-16 and UTF-32 are for the
// feed reader, which knows encodings.
bool is_feed(const Beginning& it) {
  if (it.is_wide()) return true;
  if (it.is_json()) return it.value("version").find("//jsonfeed.org/version/") != std::string_view::npos;
  if (it.is_empty()) return false;
  if (is_web_page(it.text()) && !it.text().starts_with("<?xml")) return false;
  for (const auto mark : kFeedMarks)
    if (it.mentions(mark)) return true;
  return it.mentions(":feed") && it.mentions("xmlns:");
}

Status take(Result<Reading> page, Reading& out) {
  if (!page) return std::move(page).error();
  if (out.items.empty())
    out.items = std::move(page->items);
  else
    std::ranges::move(page->items, std::back_inserter(out.items));
  std::ranges::move(page->asides, std::back_inserter(out.asides));
  for (auto* lines : {&page->remarks, &page->faults})
    for (auto& line : *lines) out.remarks.push_back(std::move(line));
  out.recovered = out.recovered || page->recovered;
  out.mended += page->mended;
  return {};
}

Status mastodon(std::string_view record, const SavedContext& context, Reading& out) {
  return take(read_mastodon(record, context.origin), out);
}
Status wordpress(std::string_view record, const SavedContext& context, Reading& out) {
  return take(read_wordpress(record, context.origin), out);
}
Status feed(std::string_view record, const SavedContext& context, Reading& out) {
  return take(read_feed(record, context.origin, ""), out);
}

}  // namespace

const SavedFormat kSavedMastodon = {"mastodon", "statuses as Mastodon's API gives them", is_mastodon,
                                    mastodon};
const SavedFormat kSavedWordPress = {"wordpress", "posts and comments as WordPress's API gives them",
                                     is_wordpress, wordpress};
const SavedFormat kSavedFeed = {"feed", "RSS, Atom and JSON feeds", is_feed, feed};

}  // namespace muniment::sources
