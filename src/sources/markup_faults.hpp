// What is wrong with a page's mark-up: the first fault is told, a reader gives up after too many.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "muniment/result.hpp"
#include "sources/markup_cursor.hpp"

namespace muniment::sources {

class MarkupFaults {
 public:
  // Lines are told from where the cursor then stands.
  explicit MarkupFaults(const MarkupCursor& cursor) : cursor_(cursor) {}

  void note(std::string_view what);
  void refuse(const std::string& what);

  bool refused() const { return refusal_.has_value(); }
  Error refusal() const { return *refusal_; }
  // The first, with its line; empty: none.
  const std::string& first() const { return first_; }

 private:
  const MarkupCursor& cursor_;
  std::string first_;
  std::size_t count_ = 0;
  std::optional<Error> refusal_;
};

}  // namespace muniment::sources
