// Everything the archive holds about one item: its versions, what happened to it, and its thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "index/item_event.hpp"
#include "index/search.hpp"
#include "ledger/reader.hpp"

namespace muniment::index {

inline constexpr std::size_t kMostAncestors = 64;
inline constexpr std::size_t kMostDescendants = 1000;

struct ItemEvent {
  ledger::Seq seq = 0;
  What what = What::kVersion;
  base::Time sealed{};
  base::Hash leaf{};
};

struct ThreadItem {
  ledger::Seq seq = 0;     // newest version of an item
  ledger::Seq parent = 0;  // the item it answers, newest version; the same as seq where that is not held
  DocumentState state = DocumentState::kCurrent;
};

struct ItemStory {
  std::string platform, id;
  DocumentState state = DocumentState::kCurrent;  // of the newest version
  ledger::Seq newest = 0;
  std::vector<ItemEvent> events;  // versions and all else, in the ledger's order; versions are What::kVersion
  std::vector<ThreadItem> ancestors;    // the item that began the thread first; not this item
  std::vector<ThreadItem> descendants;  // a reply before its own replies; not this item
  std::vector<ThreadItem> forms;        // former versions that are items of their own, oldest first
  bool ancestor_missing =
      false;  // the first of them (or this item) answers something the archive does not hold
  bool descendants_cut = false;  // there are more than kMostDescendants
};

// By the number of any of its entries.  kNotFound: no such entry, or one that is about no item (an exchange,
// for example), or whose body was disposed of.  kUnavailable: the index does not have its item yet.
Result<ItemStory> story_of(Searcher& index, ledger::Reader& ledger, ledger::Seq seq);

// The newest version of the item with this platform identifier or local name, also behind the platform's name
// and a colon.  kNotFound.  kConflict: items of more than one platform are called so.
Result<ledger::Seq> item_named(Searcher& index, ledger::Reader& ledger, std::string_view id);

}  // namespace muniment::index
