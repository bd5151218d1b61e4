// Values that a platform has for everybody's items: "post", "public", "en", "image/png".
#pragma once

#include "records/body.hpp"

namespace muniment::foi {

// A word of such a value is nobody's name.  In a field that whoever posts may fill as he likes (type,
// visibility, language, type of a file) only what is known counts; what stands there else is looked through
// like any words.
bool is_vocabulary(const records::Field& field);

// Of a field that may hold such a value: it holds something else.
bool is_free_value(const records::Field& field);

}  // namespace muniment::foi
