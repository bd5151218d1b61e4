// One item as a platform's several interfaces and exports tell it: with more or fewer of its fields, cut
// short or whole.  What differs so is no edit.
#pragma once

#include "records/interaction.hpp"

namespace muniment::sources {

enum class Retold {
  kNo,    // other words, or another item: somebody edited it, or these are two
  kLess,  // the same item, of which less is told
  kSame,  // the same, and as much of it
  kMore,
};

// What `item` tells, beside what `held` tells, by the rules of their platform (x_retold.hpp,
// googleplus_retold.hpp); kNo of platforms that have none.
Retold retold(const records::Interaction& item, const records::Interaction& held);

}  // namespace muniment::sources
