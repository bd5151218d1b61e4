#include "sources/xml_part.hpp"

#include <pugixml.hpp>

#include "base/utf8.hpp"
#include "sources/feed_markup.hpp"
#include "sources/feed_names.hpp"

namespace muniment::sources {

Result<XmlPart> read_xml(std::string_view bytes) {
  XmlPart part;
  std::string mended;
  if (!base::is_utf8(bytes)) {
    mended = base::to_valid_utf8(bytes);
    bytes = mended;
    part.exact = false;
    part.fault = "bytes that are not UTF-8";
  }
  auto markup = tidy_markup(bytes);
  if (!markup) return std::move(markup).error();
  if (!markup->fault.empty()) {
    part.exact = false;
    part.fault = markup->fault;
  }
  part.document = std::make_unique<pugi::xml_document>();
  const auto parsed =
      part.document->load_buffer(markup->xml.data(), markup->xml.size(),
                                 pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  if (!parsed || !part.document->document_element())
    return Error{Code::kInvalid, std::string("the XML cannot be read: ") + parsed.description(),
                 "The bytes are kept as they came; nothing was read from them."};
  return part;
}

std::vector<Slice> elements_named(std::string_view xml, std::string_view name) {
  std::vector<Slice> out;
  const auto close = "</" + std::string(name) + ">";
  std::size_t begin = std::string_view::npos;
  for (auto at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at)) {
    const auto rest = xml.substr(at);
    const bool is_cdata = rest.starts_with("<![CDATA[");
    if (is_cdata || rest.starts_with("<!--")) {
      const auto end = xml.find(is_cdata ? "]]>" : "-->", at + 4);
      if (end == std::string_view::npos) break;
      at = end + 3;
      continue;
    }
    const auto after = rest.size() > name.size() + 1 ? rest[name.size() + 1] : '\0';
    const bool opens = rest.substr(1).starts_with(name) &&
                       (after == '>' || after == ' ' || after == '\n' || after == '\r' || after == '\t');
    if (opens && begin == std::string_view::npos) begin = at;
    if (begin != std::string_view::npos && rest.starts_with(close)) {
      out.push_back({begin, at + close.size() - begin});
      begin = std::string_view::npos;
    }
    ++at;
  }
  return out;
}

pugi::xml_node child_of(const pugi::xml_node& parent, std::string_view local) {
  for (const auto& child : parent.children()) {
    const std::string_view name = child.name();
    const auto colon = name.find(':');
    if (name.substr(colon == std::string_view::npos ? 0 : colon + 1) == local) return child;
  }
  return {};
}

std::string text_of_child(const pugi::xml_node& parent, std::string_view local) {
  const auto child = child_of(parent, local);
  return child ? text_below(child) : std::string();
}

std::string with_paragraphs(std::string_view text) {
  for (const std::string_view mark :
       {"<p>", "<p ", "<div", "<!-- wp:", "<br", "<h1", "<h2", "<ul", "<table", "<blockquote"})
    if (text.find(mark) != std::string_view::npos) return std::string(text);
  std::string out = "<p>";
  std::size_t feeds = 0;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') {
      ++feeds;
      continue;
    }
    if (feeds != 0) out += feeds == 1 ? "<br>" : "</p><p>";
    feeds = 0;
    out.push_back(c);
  }
  return out + "</p>";
}

}  // namespace muniment::sources
