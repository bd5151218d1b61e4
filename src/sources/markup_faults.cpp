#include "sources/markup_faults.hpp"

#include "sources/feed_markup.hpp"

namespace muniment::sources {

void MarkupFaults::note(std::string_view what) {
  if (first_.empty()) first_ = cursor_.line() + ": " + std::string(what);
  if (++count_ > kFeedFaults) refuse("more than 10,000 places are not well-formed");
}

void MarkupFaults::refuse(const std::string& what) {
  if (!refusal_)
    refusal_ = Error{Code::kInvalid, "the feed cannot be read, " + cursor_.line() + ": " + what,
                     "the page itself is kept; ask the publisher to mend the feed"};
}

}  // namespace muniment::sources
