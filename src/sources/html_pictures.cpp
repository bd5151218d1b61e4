#include "sources/html_pictures.hpp"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "base/utf8.hpp"
#include "sources/feed_address.hpp"
#include "sources/html_text.hpp"

namespace muniment::sources {
namespace {

constexpr int kDeepest = 4'000;
constexpr std::array<std::string_view, 4> kMarks = {"<img", "<video", "<audio", "<source"};
constexpr std::array<std::string_view, 4> kAdornments = {"emoji", "smiley", "avatar", "gravatar"};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c;
}

bool may_show(std::string_view html) {
  const auto begins = [&](std::size_t at, std::string_view mark) {
    return html.size() - at >= mark.size() &&
           std::equal(mark.begin(), mark.end(), html.begin() + static_cast<std::ptrdiff_t>(at),
                      [](char a, char b) { return a == lower(b); });
  };
  for (auto at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1))
    if (std::ranges::any_of(kMarks, [&](std::string_view mark) { return begins(at, mark); })) return true;
  return false;
}

class Pictures {
 public:
  Pictures(std::string_view base, std::vector<records::Media>& media) : base_(base), media_(media) {}

  void children(const GumboVector& nodes, int depth) {
    if (depth > kDeepest) return;
    for (unsigned i = 0; i < nodes.length; ++i) {
      const auto& node = *static_cast<const GumboNode*>(nodes.data[i]);
      if (node.type == GUMBO_NODE_ELEMENT) element(node.v.element, depth);
    }
  }

 private:
  static std::string value(const GumboElement& element, const char* name) {
    const auto* found = gumbo_get_attribute(&element.attributes, name);
    return found == nullptr ? std::string() : base::to_valid_utf8(found->value);
  }

  void element(const GumboElement& element, int depth) {
    if (element.tag == GUMBO_TAG_IMG) add(element, "image");
    if (element.tag == GUMBO_TAG_VIDEO) kind_ = "video";
    if (element.tag == GUMBO_TAG_AUDIO) kind_ = "audio";
    const bool plays = element.tag == GUMBO_TAG_VIDEO || element.tag == GUMBO_TAG_AUDIO;
    if (plays || (element.tag == GUMBO_TAG_SOURCE && !kind_.empty())) add(element, kind_);
    children(element.children, depth + 1);
    if (plays) kind_.clear();
  }

  static bool is_adornment(const GumboElement& element) {
    auto names = value(element, "class");
    std::ranges::transform(names, names.begin(), lower);
    const bool adorns =
        std::ranges::any_of(kAdornments, [&](auto word) { return names.find(word) != std::string::npos; });
    const auto is_dot = [](const std::string& size) { return size == "0" || size == "1"; };
    return adorns || is_dot(value(element, "width")) || is_dot(value(element, "height"));
  }

  void add(const GumboElement& element, const std::string& kind) {
    const auto written = value(element, "src");
    if (written.empty() || media_.size() >= kMostPictures || is_adornment(element)) return;
    const auto url = resolve_address(base_, written);
    if (!url.starts_with("http://") && !url.starts_with("https://")) return;
    if (std::ranges::find(media_, url, &records::Media::url) != media_.end()) return;
    media_.push_back({url, kind, value(element, "alt")});
  }

  std::string_view base_;
  std::vector<records::Media>& media_;
  std::string kind_;  // of the player that is being read
};

}  // namespace

void add_pictures(std::string_view html, std::string_view base, std::vector<records::Media>& media) {
  if (!may_show(html)) return;
  if (static_cast<std::size_t>(std::ranges::count(html, '<')) > kTagsForTree) return;
  const auto text = base::to_valid_utf8(html);
  GumboOptions options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_BODY;
  options.max_errors = 0;
  const auto destroy = [&](GumboOutput* output) { gumbo_destroy_output(&options, output); };
  const std::unique_ptr<GumboOutput, decltype(destroy)> output(
      gumbo_parse_with_options(&options, text.data(), text.size()), destroy);
  Pictures(base, media).children(output->root->v.element.children, 0);
}

}  // namespace muniment::sources
