// Which vocabulary an element of a feed belongs to.  Namespaces are found by their address; a prefix that
// the page forgot to declare means what it commonly means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pugi {
class xml_node;
}

namespace muniment::sources {

enum class Vocabulary {
  kCore,  // RSS and Atom, or whatever namespace the feed's own entries are in
  kContent,
  kDublinCore,
  kDublinCoreTerms,
  kSlash,
  kThread,
  kMedia,
  kItunes,
  kXhtml,
  kOther,
};

// The namespace in force for the element; empty when there is none.  An undeclared prefix is given back
// with a colon: "dc:".
std::string namespace_of(const pugi::xml_node& element);

// `own`: the namespace of the feed's entries.
Vocabulary vocabulary_of(const pugi::xml_node& element, std::string_view own);

// An attribute by its name without prefix, in any case; empty when absent.
std::string attribute_of(const pugi::xml_node& element, std::string_view name);

// The nearest value of an attribute of the xml namespace (base, lang), from the element outwards.
std::string inherited(const pugi::xml_node& element, std::string_view name);

// The address that relative addresses inside the element are seen from: every xml:base on the way down.
std::string base_of(const pugi::xml_node& element, std::string_view page);

// All text below the element, blanks around it cut off.
std::string text_below(const pugi::xml_node& element);

// What stands inside the element, written as HTML: names without prefixes, text escaped.
std::string html_inside(const pugi::xml_node& element);
bool has_elements(const pugi::xml_node& element);

std::string trimmed(std::string_view text);

}  // namespace muniment::sources
