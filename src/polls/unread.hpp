// What a poll that came to no end has not read of lists that come newest first, so that the next one goes on
// there instead of reading, and paying for, the newest once more.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace muniment::polls {

class Unread {
 public:
  // Ids; of what is posted between them nothing was read yet, neither included.
  struct Range {
    std::string since;  // empty: from the list's beginning
    std::string until;
    std::string newest;  // the newest that was read above it
  };

  // `resume`: what text() said at the end of the poll before; empty when that one was complete.
  explicit Unread(std::string_view resume);

  const Range* of(const std::string& list) const;  // null: nothing of it is
  void set(const std::string& list, Range range) { ranges_[list] = std::move(range); }
  void read(const std::string& list) { ranges_.erase(list); }  // to its end

  std::string text() const;  // empty when nothing is unread

 private:
  std::map<std::string, Range, std::less<>> ranges_;
};

}  // namespace muniment::polls
