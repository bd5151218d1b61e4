// Text of a page, written out so that an XML parser reads it as it was meant: HTML's named characters are
// written out, a stray & is text, control characters and forbidden references become U+FFFD.
#pragma once

#include <string>
#include <string_view>

#include "sources/markup_faults.hpp"

namespace muniment::sources {

class MarkupText {
 public:
  MarkupText(std::string& out, MarkupFaults& faults) : out_(out), faults_(faults) {}

  // The page defines entities of its own: an & that begins none of ours is no fault, and stays as it is.
  void expect_own_entities() { own_entities_ = true; }

  // As it is; there are no references in it.
  void copy(std::string_view text);
  void content(std::string_view text) { with_references(text, "&"); }
  // To stand between "".
  void attribute(std::string_view text) { with_references(text, "&<\""); }

 private:
  void with_references(std::string_view text, std::string_view special);
  std::size_t reference(std::string_view text);
  bool numbered(std::string_view name);

  std::string& out_;
  MarkupFaults& faults_;
  bool own_entities_ = false;
};

}  // namespace muniment::sources
