// The readable text of a post's HTML.
//
// What a person sees, in reading order: paragraphs are separated by an empty line, other blocks and
// <br> by a line feed, white space collapses as in a browser (not in <pre>), links and mentions keep
// their visible text, an image leaves its alternative text; scripts, styles and comments leave nothing.
//
// Three ways, one result.  Nearly all posts consist of <p>, <br>, <a>, <span> and a handful of
// entities: a scanner reads them without building a tree.  Whatever is beyond it goes through an HTML5
// parser (gumbo).  Text with more than kTagsForTree tags is read by the scanner as well as it can be,
// because a tree of hostile HTML may grow quadratically and as deep as its author likes.  The ways differ in
// one thing: the parser writes U+FFFD for control characters and noncharacters, the scanner lets them stand.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace muniment::sources {

inline constexpr std::size_t kTagsForTree = 1'000;

// Never fails.  Bytes that are not UTF-8 become U+FFFD.  `links`, when given, receives the targets of
// <a href>, each once, in order of appearance, as written (not made absolute).
std::string text_of_html(std::string_view html, std::vector<std::string>* links);

// The parser's way alone, whatever the text; the measure that the tests hold the scanner against.
// The caller has made sure that `html` is UTF-8 of at most kTagsForTree tags.
std::string text_by_tree(std::string_view html, std::vector<std::string>* links);

}  // namespace muniment::sources
