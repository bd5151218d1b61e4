// What a poll remembers until the next one: "name value" lines in its cursor.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace muniment::polls {

using MemoryLines = std::map<std::string, std::string, std::less<>>;

// Lines without a blank have an empty value; of two lines of one name the last counts.
MemoryLines memory_lines(std::string_view cursor);

// Values hold no line feed; lines with an empty value are left out.
std::string cursor_of(const MemoryLines& lines);

}  // namespace muniment::polls
