#include "sources/feed_page.hpp"

#include <pugixml.hpp>
#include <unordered_set>
#include <utility>

#include "base/utf8.hpp"
#include "sources/feed_address.hpp"
#include "sources/feed_encoding.hpp"
#include "sources/feed_entry.hpp"
#include "sources/feed_json.hpp"
#include "sources/feed_markup.hpp"
#include "sources/feed_names.hpp"
#include "sources/feed_scope.hpp"

namespace muniment::sources {
namespace {

bool is_feed_root(std::string_view root) {
  return root == "rss" || root == "rdf" || root == "feed" || root == "entry" || root == "channel";
}

Error not_a_feed(const FeedMarkup& markup) {
  const std::string& root = markup.root;
  std::string what =
      "the page is XML with the root <" + base::to_valid_utf8(root.substr(0, 40)) + ">, not a feed";
  std::string hint = "check the address";
  if (root.empty()) {
    what = "the page holds no mark-up, so it is not a feed";
    if (!markup.fault.empty()) what += " (" + markup.fault + ")";
  } else if (root == "html" || root == "head" || root == "body" || root == "title" || root == "meta") {
    what = "the page is HTML, not a feed";
    hint = "give the address of the feed; pages often name it as RSS or Atom";
  } else if (root == "opml") {
    what = "the page is a list of feeds (OPML), not a feed";
    hint = "add the feeds it lists one by one";
  } else if (root == "urlset" || root == "sitemapindex") {
    what = "the page is a sitemap, not a feed";
  }
  return Error{Code::kInvalid, what, hint};
}

// The element that holds the feed's own title, link and language.
pugi::xml_node head_of(const pugi::xml_node& root) {
  const auto channel =
      root.find_child([](const pugi::xml_node& child) { return local_name(child.name()) == "channel"; });
  return channel ? channel : root;
}

// In document order, by the same rule as feed_markup.hpp.
std::vector<pugi::xml_node> entries_of(const pugi::xml_node& root) {
  if (is_entry_name(local_name(root.name()))) return {root};
  std::vector<pugi::xml_node> out;
  for (const auto& child : root.children()) {
    const std::string name = local_name(child.name());
    if (is_entry_name(name)) out.push_back(child);
    if (name != "channel") continue;
    for (const auto& inner : child.children())
      if (is_entry_name(local_name(inner.name()))) out.push_back(inner);
  }
  return out;
}

struct Addresses {
  std::string self;
  std::string site;
  std::string older;
};

Addresses addresses_of(const pugi::xml_node& head, const std::string& page) {
  Addresses out;
  std::string archive;
  for (const auto& child : head.children()) {
    if (local_name(child.name()) != "link") continue;
    const std::string rel = attribute_of(child, "rel");
    const std::string href = attribute_of(child, "href");
    const std::string address =
        resolve_address(base_of(child, page), href.empty() ? text_below(child) : href);
    if (address.empty()) continue;
    if (rel == "self" && out.self.empty()) out.self = address;
    if ((rel.empty() || rel == "alternate") && out.site.empty()) out.site = address;
    if (rel == "next" && out.older.empty()) out.older = address;
    if (rel == "prev-archive" && archive.empty()) archive = address;
  }
  if (!archive.empty()) out.older = archive;
  return out;
}

std::string language_of(const pugi::xml_node& head) {
  std::string lang = inherited(head, "lang");
  for (const auto& child : head.children())
    if (lang.empty() && local_name(child.name()) == "language") lang = text_below(child);
  return lang;
}

std::string id_of(const pugi::xml_node& head) {
  for (const auto& child : head.children())
    if (local_name(child.name()) == "id") return text_below(child);
  return attribute_of(head, "about");
}

FeedContext context_of(const pugi::xml_node& root, const pugi::xml_node& first, std::string_view origin,
                       std::string_view address, std::string& older) {
  FeedContext out;
  const auto head = head_of(root);
  out.page = address.empty() ? origin : address;
  const auto addresses = addresses_of(head, out.page);
  older = addresses.older;
  out.scope = origin;
  for (const auto& other : {addresses.self, addresses.site, id_of(head)})
    if (out.scope.empty()) out.scope = other;
  out.scope = out.scope.substr(0, out.scope.find('#'));
  out.own_space = first ? namespace_of(first) : "";
  out.lang = language_of(head);
  if (local_name(root.name()) == "feed") out.author = atom_author(root, out.page);
  return out;
}

void add_remarks(Reading& reading, const FeedText& text, const FeedMarkup& markup, std::size_t found) {
  if (!text.remark.empty()) reading.remarks.push_back(text.remark);
  if (!markup.fault.empty())
    reading.remarks.push_back("the page is not well-formed and was read as far as it made sense: " +
                              markup.fault);
  if (markup.own_entities)
    reading.remarks.push_back("the page defines entities of its own, which were not expanded");
  if (found > kFeedEntries)
    reading.remarks.push_back("the page has " + std::to_string(found) +
                              " entries; the first 50,000 were read");
  std::unordered_set<std::string_view> seen;
  std::size_t again = 0;
  for (const auto& item : reading.items) again += seen.insert(item.interaction.id).second ? 0U : 1U;
  if (again != 0)
    reading.remarks.push_back((again == 1 ? "1 entry has" : std::to_string(again) + " entries have") +
                              std::string(" the identifier of another on the page; an entry with a link of "
                                          "its own is an item of its own"));
}

}  // namespace

Result<Reading> read_feed(std::string_view bytes, std::string_view origin, std::string_view content_type,
                          std::string_view address) {
  if (looks_like_json(bytes)) return read_json_feed(bytes, origin, address);
  const auto text = feed_text(bytes, content_type);
  if (!text) return text.error();
  auto markup = tidy_markup(text->text());
  if (!markup) return markup.error();
  if (!is_feed_root(markup->root)) return not_a_feed(*markup);
  pugi::xml_document document;
  const auto parsed =
      document.load_buffer_inplace(markup->xml.data(), markup->xml.size(),
                                   pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  if (!parsed)
    return Error{Code::kInvalid, std::string("the feed's XML cannot be read: ") + parsed.description(),
                 "the page itself is kept; ask the publisher to mend the feed"};
  const auto root = document.document_element();
  const auto entries = entries_of(root);
  std::string older;
  const auto context =
      context_of(root, entries.empty() ? pugi::xml_node() : entries.front(), origin, address, older);
  Reading reading;
  reading.recovered = text->recovered || !markup->fault.empty();
  const bool sliced = text->exact && !markup->misnested && markup->entries.size() == entries.size();
  for (std::size_t i = 0; i < entries.size() && i < kFeedEntries; ++i) {
    Item item;
    item.interaction = feed_interaction(entries[i], context);
    item.second_name = name_beside(item.interaction);
    item.own_scope = scope_beside(item.interaction, context.scope);
    if (sliced) {
      item.offset = text->offset + markup->entries[i].offset;
      item.length = markup->entries[i].length;
    }
    reading.items.push_back(std::move(item));
  }
  if (markup->breaks_off)
    reading.faults.emplace_back(
        "the feed breaks off before its end: what stood behind that place did not come");
  if (is_web_address(older)) reading.next.push_back({older, "", "", false, true});
  add_remarks(reading, *text, *markup, entries.size());
  return reading;
}

}  // namespace muniment::sources
