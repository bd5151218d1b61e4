// One post of X as its interfaces and archives tell it: cut short or whole, with addresses shortened or not,
// with more or fewer of its fields.
#pragma once

#include <string>

#include "sources/retold.hpp"

namespace muniment::sources {

// As retold().  Every edit of a post has a number of its own, so that only those of one number may be the
// same.  Of tellings of one post it does not matter in which order they are compared: the fullest is kMore
// than each other.
Retold x_retold(const records::Interaction& item, const records::Interaction& held);

// Adds the words that all tellings of one post have in common: where two add others, x_retold is kNo.  False:
// the text is cut short, and its words say nothing of those of another telling; something may be added.
bool append_common_words(std::string& out, const records::Interaction& item);

}  // namespace muniment::sources
