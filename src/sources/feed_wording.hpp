// The words of a feed's elements: which of them are HTML, and what a person reads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "records/interaction.hpp"

namespace pugi {
class xml_node;
}

namespace muniment::sources {

struct Wording {
  std::string text;
  std::vector<std::string> links;  // absolute
  std::vector<records::Media> pictures = {};
};

// An Atom text construct or content (RFC 4287 sections 3.1 and 4.1; type and mode of Atom 0.3).  Mark-up
// inside the element is always read as mark-up.  Content in base64 that is not text gives nothing.
Wording atom_wording(const pugi::xml_node& element, const std::string& base);

// The body of an RSS item: HTML, escaped or not.
Wording rss_wording(const pugi::xml_node& element, const std::string& base);

// A title in RSS may be plain or HTML, and nothing says which.  It is read as HTML when it holds a reference
// or a tag that HTML knows; "<entities>" is not such a tag and stays.
std::string rss_title(const pugi::xml_node& element);

// One line: blanks and line feeds become one blank.
std::string one_line(std::string_view text);

// "name (address)", "address (name)", "name <address>", or either alone.
struct Person {
  std::string name;
  std::string address;
};
Person person_in(std::string_view text);

}  // namespace muniment::sources
