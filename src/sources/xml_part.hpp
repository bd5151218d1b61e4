// XML of exports: made safe like a feed (feed_markup.hpp), then read as a tree; and where elements stand in
// it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "muniment/result.hpp"
#include "sources/slice.hpp"

namespace pugi {
class xml_document;
class xml_node;
}  // namespace pugi

namespace muniment::sources {

// A piece of XML with one element at its top.  Bytes that are not UTF-8 become U+FFFD.  kInvalid: a limit of
// feed_markup.hpp is passed, or there is no element; the sentence names the line.
struct XmlPart {
  std::unique_ptr<pugi::xml_document> document;
  bool exact = true;  // nothing had to be mended: slices of elements mean what they say
  std::string fault;  // the first thing that was mended
};
Result<XmlPart> read_xml(std::string_view bytes);

// Elements of that qualified name, outside of CDATA sections and comments, that end; they hold none of their
// name.
std::vector<Slice> elements_named(std::string_view xml, std::string_view name);

// The first child by its name without prefix; null when there is none.
pugi::xml_node child_of(const pugi::xml_node& parent, std::string_view local);
// Its text, blanks around it cut off; empty when absent.
std::string text_of_child(const pugi::xml_node& parent, std::string_view local);

// Text in which a line feed means a new line, as HTML; text that has paragraphs already stays as it is.
std::string with_paragraphs(std::string_view text);

}  // namespace muniment::sources
