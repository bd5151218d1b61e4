// What an entry of a feed may say in more than one way: its title, its words, its dates …  Of several that
// say one thing, those of the lowest rank come first, in the order of the page.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "sources/feed_names.hpp"

namespace muniment::sources {

enum class FeedSlot : std::size_t { kTitle, kText, kId, kLink, kPosted, kEdited, kAuthor };

class FeedSlots {
 public:
  // Where the element belongs by its vocabulary and its local name, in lower case; perhaps nowhere.
  void sort_in(const pugi::xml_node& element, Vocabulary vocabulary, std::string_view name);
  void add(FeedSlot slot, int rank, const pugi::xml_node& element);
  const std::vector<pugi::xml_node>& operator[](FeedSlot slot) const;

 private:
  struct Slot {
    std::vector<pugi::xml_node> elements;
    std::vector<int> ranks;  // of each element
  };
  std::array<Slot, 7> slots_;
};

}  // namespace muniment::sources
