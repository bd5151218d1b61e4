// Objects of JSON whose fields, as they stand together, are those of private items.
#pragma once

#include <string_view>

namespace muniment::sources {

// Why, as in Item::why_private; empty: none is there.  Text that is JSON is looked through object by object,
// and so is JSON in its texts (answers in a batch, messages in a queue); of damaged text, or of lines, it is
// enough that the fields of a shape stand anywhere.
std::string_view private_shape_in(std::string_view text);

}  // namespace muniment::sources
