// What is broken in a file of JSON of which nobody can tell the kind: broken JSON might have been anything.
#pragma once

#include <string>
#include <string_view>

#include "muniment/result.hpp"

namespace muniment::collect {

// "it is cut short: …", "it is nested more than 256 deep".  `held`: the file, or its beginning, which is only
// looked at for its depth.  Empty: it is no JSON, or nothing is wrong with it; an object a line is no fault.
std::string damage_in(std::string_view held, bool is_whole);

// Of a file that somebody named, whose bytes are kept.
Error damaged(const std::string& fault);

}  // namespace muniment::collect
