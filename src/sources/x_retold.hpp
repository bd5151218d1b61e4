// One post of X as its interfaces and archives tell it: cut short or whole, with addresses shortened or not,
// with more or fewer of its fields.
#pragma once

#include <string>

#include "records/interaction.hpp"

namespace muniment::sources {

enum class Retold {
  kNo,    // other words, or another post: somebody edited it, or these are two
  kLess,  // the same post, of which less is told
  kSame,  // the same, and as much of it
  kMore,
};

// What `item` tells, beside what `held` tells.  Every edit of a post has a number of its own, so that only
// those of one number may be the same.  Of tellings of one post it does not matter in which order they are
// compared: the fullest is kMore than each other.
Retold x_retold(const records::Interaction& item, const records::Interaction& held);

// Adds the words that all tellings of one post have in common: where two add others, x_retold is kNo.  False:
// the text is cut short, and its words say nothing of those of another telling; something may be added.
bool append_common_words(std::string& out, const records::Interaction& item);

}  // namespace muniment::sources
