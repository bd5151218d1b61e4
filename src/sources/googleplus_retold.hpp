// One post or comment of Google+ as Takeout tells it in JSON and in HTML.
//
// HTML has the place, and the words of what is shared, as lines at the end, and pictures as files of the
// export; JSON has none of these, and their addresses, where nothing is any more.
#pragma once

#include "sources/retold.hpp"

namespace muniment::sources {

// As retold().  Both say when they were last changed, to the second: so where these times are equal, and the
// words of one begin those of the other, nobody edited anything.
Retold googleplus_retold(const records::Interaction& item, const records::Interaction& held);

}  // namespace muniment::sources
