// Whose bytes are whose in a page: what lies inside another item belongs to the inner one.
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sources/source.hpp"

namespace muniment::collect {

// Bytes of the page that belong to one item.
struct Share {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::size_t item = 0;
  bool is_part = false;  // the item has others too: items lie inside it
};

// Are the items in page order, each inside one before it or behind it?  Items without a slice of their own
// have no place in the page.
bool fit(std::span<const sources::Item> items, std::size_t page_size);

class Shares {
 public:
  // Precondition: they fit().  Any other is a bug of the reader, and ends the program.
  explicit Shares(std::span<const sources::Item> items);

  std::span<const Share> in_order() const { return shares_; }
  // Each item's own bytes, one after another; views into the page, or into `joined`.
  std::vector<std::string_view> raws(std::string_view page, std::deque<std::string>& joined) const;

 private:
  struct Open {
    std::size_t item;
    std::size_t at;  // shared out up to here
    std::size_t end;
  };

  void open(std::size_t item, std::size_t begin, std::size_t end);
  void close(std::size_t place);
  void share(Open& open, std::size_t until);

  std::vector<Open> open_;  // the outermost first
  std::vector<Share> shares_;
  std::vector<std::size_t> counts_;  // of each item
};

}  // namespace muniment::collect
