#include "sources/feed_media.hpp"

#include <algorithm>
#include <pugixml.hpp>

#include "sources/feed_address.hpp"
#include "sources/feed_entry.hpp"
#include "sources/feed_markup.hpp"
#include "sources/feed_names.hpp"
#include "sources/feed_wording.hpp"

namespace muniment::sources {
namespace {

using records::Media;

constexpr int kGroups = 3;  // a group of contents within a group; deeper is not Media RSS

class MediaReader {
 public:
  MediaReader(const std::string& page, std::string_view own) : page_(page), own_(own) {}

  void read(const pugi::xml_node& parent, int depth) {
    const std::string words = description_in(parent);
    std::size_t children = 0;
    for (const auto& child : parent.children()) {
      if (media_.size() >= kFeedMedia || ++children > kFeedChildren) return;
      if (child.type() != pugi::node_element) continue;
      const std::string name = local_name(child.name());
      if (name != "enclosure" && name != "link" && name != "content" && name != "group" &&
          name != "thumbnail")
        continue;
      const auto vocabulary = vocabulary_of(child, own_);
      if (vocabulary == Vocabulary::kMedia) {
        if (name == "content") add(child, "url", described(child, words));
        if (name == "thumbnail" && depth == 0) add(child, "url", {}, "image");
        if ((name == "group" || name == "content") && depth < kGroups) read(child, depth + 1);
      } else if (vocabulary == Vocabulary::kCore && depth == 0) {
        if (name == "enclosure") add(child, child.attribute("url") ? "url" : "href", {});
        if (name == "link" && attribute_of(child, "rel") == "enclosure")
          add(child, "href", one_line(attribute_of(child, "title")));
        if (name == "content" && child.attribute("src")) add(child, "src", {});
      }
    }
  }

  std::vector<Media> take() && { return std::move(media_); }

 private:
  // Of the content itself, else of the group around it.
  std::string described(const pugi::xml_node& content, const std::string& group) const {
    std::string own = description_in(content);
    return own.empty() ? group : own;
  }

  std::string description_in(const pugi::xml_node& parent) const {
    for (const auto* name : {"description", "title"})
      for (const auto& child : parent.children())
        if (local_name(child.name()) == name && vocabulary_of(child, own_) == Vocabulary::kMedia)
          if (auto words = rss_title(child); !words.empty()) return words;
    return {};
  }

  void add(const pugi::xml_node& from, std::string_view attribute, std::string alt, std::string type = {}) {
    const std::string url = resolve_address(base_of(from, page_), attribute_of(from, attribute));
    if (url.empty()) return;
    if (std::any_of(media_.begin(), media_.end(), [&](const Media& media) { return media.url == url; }))
      return;
    for (const auto* name : {"type", "medium"})
      if (type.empty()) type = attribute_of(from, name);
    media_.push_back({url, std::move(type), std::move(alt)});
  }

  const std::string& page_;
  std::string_view own_;
  std::vector<Media> media_;
};

}  // namespace

std::vector<Media> feed_media(const pugi::xml_node& entry, const std::string& page,
                              std::string_view own_space) {
  MediaReader reader(page, own_space);
  reader.read(entry, 0);
  return std::move(reader).take();
}

}  // namespace muniment::sources
