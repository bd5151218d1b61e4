#include "sources/feed_slots.hpp"

#include <algorithm>
#include <pugixml.hpp>

namespace muniment::sources {
namespace {

struct Rule {
  Vocabulary vocabulary;
  std::string_view name;
  FeedSlot slot;
  int rank;
};
using V = Vocabulary;
using S = FeedSlot;
constexpr Rule kRules[] = {
    {V::kCore, "title", S::kTitle, 0},
    {V::kDublinCore, "title", S::kTitle, 1},
    {V::kItunes, "title", S::kTitle, 2},
    {V::kMedia, "title", S::kTitle, 3},
    {V::kContent, "encoded", S::kText, 0},
    {V::kCore, "content", S::kText, 1},
    {V::kXhtml, "body", S::kText, 2},
    {V::kXhtml, "div", S::kText, 2},
    {V::kCore, "body", S::kText, 2},
    {V::kCore, "fullitem", S::kText, 2},
    {V::kCore, "description", S::kText, 3},
    {V::kCore, "summary", S::kText, 4},
    {V::kCore, "abstract", S::kText, 4},
    {V::kItunes, "summary", S::kText, 5},
    {V::kDublinCore, "description", S::kText, 6},
    {V::kDublinCoreTerms, "abstract", S::kText, 6},
    {V::kMedia, "description", S::kText, 7},
    {V::kItunes, "subtitle", S::kText, 8},
    {V::kCore, "guid", S::kId, 0},
    {V::kCore, "id", S::kId, 0},
    {V::kCore, "pubdate", S::kPosted, 0},
    {V::kCore, "published", S::kPosted, 0},
    {V::kCore, "issued", S::kPosted, 1},
    {V::kDublinCore, "date", S::kPosted, 2},
    {V::kDublinCoreTerms, "issued", S::kPosted, 2},
    {V::kCore, "created", S::kPosted, 3},
    {V::kDublinCoreTerms, "created", S::kPosted, 3},
    {V::kCore, "updated", S::kEdited, 0},
    {V::kCore, "modified", S::kEdited, 0},
    {V::kDublinCoreTerms, "modified", S::kEdited, 1},
    {V::kCore, "author", S::kAuthor, 0},
    {V::kDublinCore, "creator", S::kAuthor, 1},
    {V::kDublinCore, "author", S::kAuthor, 1},
    {V::kItunes, "author", S::kAuthor, 2},
};

}  // namespace

void FeedSlots::sort_in(const pugi::xml_node& element, Vocabulary vocabulary, std::string_view name) {
  for (const auto& rule : kRules)
    if (rule.vocabulary == vocabulary && rule.name == name) add(rule.slot, rule.rank, element);
}

void FeedSlots::add(FeedSlot slot, int rank, const pugi::xml_node& element) {
  auto& [elements, ranks] = slots_[static_cast<std::size_t>(slot)];
  const auto at = std::ranges::upper_bound(ranks, rank);
  elements.insert(elements.begin() + (at - ranks.begin()), element);
  ranks.insert(at, rank);
}

const std::vector<pugi::xml_node>& FeedSlots::operator[](FeedSlot slot) const {
  return slots_[static_cast<std::size_t>(slot)].elements;
}

}  // namespace muniment::sources
