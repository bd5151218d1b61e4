// What a poll remembers until the next one: "name value" lines in its cursor.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace muniment::polls {

using MemoryLines = std::map<std::string, std::string, std::less<>>;

// Lines without a blank have an empty value; of two lines of one name the last counts.
MemoryLines memory_lines(std::string_view cursor);

// Values hold no line feed; lines with an empty value are left out.
std::string cursor_of(const MemoryLines& lines);

// One word of a value, which may say anything: what could end it is written as %XX, nothing as "-".
std::string word_of(std::string_view text);

// What the words of a value say.
std::vector<std::string> words_of(std::string_view value);

}  // namespace muniment::polls
