#include "sources/feed_entry.hpp"

#include <algorithm>
#include <charconv>
#include <pugixml.hpp>
#include <utility>

#include "records/made_name.hpp"
#include "sources/feed_address.hpp"
#include "sources/feed_dates.hpp"
#include "sources/feed_markup.hpp"
#include "sources/feed_media.hpp"
#include "sources/feed_names.hpp"
#include "sources/feed_slots.hpp"
#include "sources/feed_wording.hpp"

namespace muniment::sources {
namespace {

using records::Account;
using records::Interaction;

constexpr std::size_t kLongestId = 4096;
using V = Vocabulary;

void add_once(std::vector<std::string>& list, std::string value) {
  if (value.empty() || list.size() >= kFeedLinks) return;
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

bool is_global(std::string_view id) {
  return id.find("://") != std::string_view::npos || id.starts_with("tag:") || id.starts_with("urn:") ||
         id.starts_with("TAG:") || id.starts_with("URN:");
}

// The address of a comment on its page: WordPress and Disqus write #comment-12, Blogger ?showComment=12#c12.
bool is_comment_address(std::string_view address) {
  const auto hash = address.find('#');
  return (hash != std::string_view::npos && address.substr(hash + 1).starts_with("comment")) ||
         address.find("showComment=") != std::string_view::npos;
}

class EntryReader {
 public:
  EntryReader(const pugi::xml_node& entry, const FeedContext& context)
      : entry_(entry), context_(context), base_(base_of(entry, context.page)) {}

  Interaction read() {
    item_.platform = "feed";
    item_.type = "post";
    std::size_t children = 0;
    for (const auto& child : entry_.children())
      if (++children <= kFeedChildren && child.type() == pugi::node_element)
        sort(child, vocabulary_of(child, context_.own_space));
    read_words();
    read_dates();
    read_author();
    read_address();
    read_id();
    item_.media = feed_media(entry_, context_.page, context_.own_space);
    add_shown();
    if (item_.lang.empty()) item_.lang = inherited(entry_, "lang");
    if (item_.lang.empty()) item_.lang = context_.lang;
    if (!item_.reply_to.empty() || is_comment_address(item_.url) || is_comment_address(item_.id))
      item_.type = "comment";
    return std::move(item_);
  }

 private:
  void sort(const pugi::xml_node& child, Vocabulary vocabulary) {
    const std::string name = local_name(child.name());
    slots_.sort_in(child, vocabulary, name);
    if (vocabulary == V::kCore) return sort_core(child, name);
    if ((vocabulary == V::kDublinCore && name == "subject") ||
        (vocabulary == V::kItunes && name == "category")) {
      const std::string text = attribute_of(child, "text");
      add_once(item_.tags, one_line(text.empty() ? text_below(child) : text));
    }
    if ((vocabulary == V::kItunes || vocabulary == V::kMedia) && name == "keywords")
      add_keywords(text_below(child));
    std::size_t inside = 0;
    if (vocabulary == V::kMedia && name == "group" && child.parent() == entry_)
      for (const auto& inner : child.children())
        if (++inside <= kFeedChildren && inner.type() == pugi::node_element)
          sort(inner, vocabulary_of(inner, context_.own_space));
    if (vocabulary == V::kDublinCore && name == "language") item_.lang = text_below(child);
    if (vocabulary == V::kSlash && name == "comments") set_replies(text_below(child));
    if (vocabulary == V::kThread && name == "total") set_replies(text_below(child));
    if (vocabulary == V::kThread && name == "in-reply-to" && item_.reply_to.empty()) {
      const std::string ref = trimmed(attribute_of(child, "ref"));
      item_.reply_to = ref.empty() ? resolve_address(base_, attribute_of(child, "href")) : scoped(ref);
    }
  }

  void sort_core(const pugi::xml_node& child, const std::string& name) {
    if (name == "category") {
      std::string tag = attribute_of(child, "label");
      if (tag.empty()) tag = attribute_of(child, "term");
      add_once(item_.tags, one_line(tag.empty() ? text_below(child) : tag));
    } else if (name == "link") {
      sort_link(child);
    }
  }

  // Where comments are to be found is no link of the author's, and it changes with the first comment.
  // The page for people comes first: rel="alternate" in HTML, then any alternate, then RSS's plain <link>.
  void sort_link(const pugi::xml_node& link) {
    const std::string href = attribute_of(link, "href");
    if (href.empty()) {
      slots_.add(FeedSlot::kLink, 2, link);
      return;
    }
    const std::string rel = attribute_of(link, "rel");
    if (rel.empty() || rel == "alternate") {
      const std::string type = attribute_of(link, "type");
      slots_.add(FeedSlot::kLink,
                 type.empty() || type == "text/html" || type == "application/xhtml+xml" ? 0 : 1, link);
    } else if (rel == "related" || rel == "via") {
      add_once(item_.links, resolve_address(base_of(link, context_.page), href));
    }
    if (const std::string count = attribute_of(link, "count"); rel == "replies" && !count.empty())
      set_replies(count);
  }

  void set_replies(std::string_view text) {
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error == std::errc() && end == text.data() + text.size() && item_.counts.empty())
      item_.counts.emplace_back("replies", count);
  }

  void add_keywords(const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
      const auto end = std::min(text.find(',', at), text.size());
      add_once(item_.tags, one_line(std::string_view(text).substr(at, end - at)));
      at = end + 1;
    }
  }

  bool is_atom(const pugi::xml_node& node) const {
    const std::string space = namespace_of(node);
    return local_name(entry_.name()) == "entry" || space.find("Atom") != std::string::npos ||
           space.find("purl.org/atom/") != std::string::npos;
  }

  void read_words() {
    for (const auto& node : slots_[FeedSlot::kTitle]) {
      item_.summary = is_atom(node) ? one_line(atom_wording(node, base_).text) : rss_title(node);
      if (!item_.summary.empty()) break;
    }
    for (const auto& node : slots_[FeedSlot::kText]) {
      const bool typed = node.attribute("type") || node.attribute("mode") || is_atom(node);
      const bool escaped_html = vocabulary_of(node, context_.own_space) != V::kCore;
      const std::string base = base_of(node, context_.page);
      auto wording = typed && !escaped_html ? atom_wording(node, base) : rss_wording(node, base);
      if (shown_.empty()) shown_ = std::move(wording.pictures);
      if (wording.text.empty()) continue;
      item_.text = std::move(wording.text);
      item_.lang = node.attribute("xml:lang") ? inherited(node, "lang") : item_.lang;
      for (auto& link : wording.links) add_once(item_.links, std::move(link));
      break;
    }
  }

  // What the text shows, after what the entry encloses.
  void add_shown() {
    for (auto& one : shown_)
      if (std::ranges::find(item_.media, one.url, &records::Media::url) == item_.media.end())
        item_.media.push_back(std::move(one));
  }

  std::string first_date(FeedSlot slot) const {
    for (const auto& node : slots_[slot])
      if (auto date = feed_date(text_below(node)); !date.empty()) return date;
    return {};
  }

  void read_dates() {
    item_.posted = first_date(FeedSlot::kPosted);
    item_.edited = first_date(FeedSlot::kEdited);
    if (item_.posted.empty()) item_.posted = std::exchange(item_.edited, {});
    if (item_.posted.empty()) item_.posted = feed_date(attribute_of(entry_, "lastmod"));
    // Equal spelling and length, so the order of text is the order of time.
    if (item_.edited <= item_.posted) item_.edited.clear();
  }

  void read_author() {
    item_.author = atom_author(entry_, context_.page);
    if (item_.author.name.empty() && item_.author.handle.empty()) {
      for (const auto& node : slots_[FeedSlot::kAuthor]) {
        if (has_elements(node)) continue;
        auto person = person_in(text_below(node));
        if (person.name.empty() && person.address.empty()) continue;
        item_.author.name = std::move(person.name);
        item_.author.handle = std::move(person.address);
        break;
      }
    }
    const auto& author = item_.author;
    if (author.name.empty() && author.handle.empty() && author.url.empty())
      item_.author = atom_author(
          entry_.find_child([](const auto& child) { return local_name(child.name()) == "source"; }),
          context_.page);
    if (author.name.empty() && author.handle.empty() && author.url.empty()) item_.author = context_.author;
  }

  void read_address() {
    for (const auto& node : slots_[FeedSlot::kLink]) {
      std::string link = attribute_of(node, "href");
      if (link.empty()) link = text_below(node);
      if (link.empty()) continue;
      link = resolve_address(base_of(node, context_.page), link);
      if (item_.url.empty())
        item_.url = std::move(link);
      else if (link != item_.url)
        add_once(item_.links, std::move(link));
    }
    const auto& ids = slots_[FeedSlot::kId];
    const auto guid = ids.empty() ? pugi::xml_node() : ids.front();
    if (item_.url.empty() && local_name(guid.name()) == "guid" &&
        attribute_of(guid, "ispermalink") != "false" && is_web_address(text_below(guid)))
      item_.url = text_below(guid);
    // RSS 1.0 names an item by its address; CDF links with an attribute.
    for (const auto* name : {"about", "href"})
      if (const auto link = attribute_of(entry_, name); item_.url.empty() && !link.empty())
        item_.url = resolve_address(base_, link);
  }

  std::string scoped(const std::string& id) const {
    return id.empty() || is_global(id) || context_.scope.empty() ? id : context_.scope + "#" + id;
  }

  void read_id() {
    for (const auto& node : slots_[FeedSlot::kId]) {
      if (const auto id = text_below(node); !id.empty() && id.size() <= kLongestId) item_.id = scoped(id);
      if (!item_.id.empty()) return;
    }
    item_.id = scoped(attribute_of(entry_, "about"));
    if (item_.id.empty() || item_.id.size() > kLongestId)
      item_.id = item_.url.size() <= kLongestId ? item_.url : "";
    if (!item_.id.empty()) return;
    std::string whole;
    for (const auto* part : {&item_.summary, &item_.posted, &item_.text})
      whole += std::to_string(part->size()) + ":" + *part;
    item_.id = scoped(records::made_feed_name(whole));
  }

  pugi::xml_node entry_;
  const FeedContext& context_;
  std::string base_;
  Interaction item_;
  std::vector<records::Media> shown_;  // in the text
  FeedSlots slots_;
};

}  // namespace

Interaction feed_interaction(const pugi::xml_node& entry, const FeedContext& context) {
  return EntryReader(entry, context).read();
}

Account atom_author(const pugi::xml_node& parent, const std::string& page) {
  Account out;
  for (const auto& person : parent.children()) {
    if (local_name(person.name()) != "author" || !has_elements(person)) continue;
    for (const auto& part : person.children()) {
      const std::string name = local_name(part.name());
      const std::string value = one_line(text_below(part));
      if (name == "name" && !value.empty()) out.name += (out.name.empty() ? "" : ", ") + value;
      if (name == "email" && out.handle.empty()) out.handle = value;
      if ((name == "uri" || name == "url" || name == "homepage") && out.url.empty())
        out.url = resolve_address(base_of(part, page), value);
    }
  }
  if (out.handle.empty())
    if (auto person = person_in(out.name); !person.address.empty()) {
      out.name = std::move(person.name);
      out.handle = std::move(person.address);
    }
  return out;
}

}  // namespace muniment::sources
