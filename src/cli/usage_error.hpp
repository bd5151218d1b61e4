// What was wrong with the words typed, in a sentence; the library's own are for programmers.
#pragma once

#include <string>
#include <string_view>

namespace muniment::cli {

enum class Fault { kNone, kTooMuch, kCount, kValue, kOther };

// `said`: the library's sentence.  `taker`: the command, as it is typed; empty: none was named.
std::string usage_sentence(Fault fault, std::string_view said, std::string_view taker);

// "`source` is followed by one of add, list, …"
std::string group_sentence(std::string_view group);

}  // namespace muniment::cli
