// Where a text may be cut for redaction.
//
// A segment is a word together with the white space after it.  Cuts lie at Unicode word boundaries (UAX #29),
// and so never inside a grapheme cluster; an ideograph is a word.  Scripts of South East Asia, whose words
// only a dictionary knows, are cut by ICU's.  White space stays with its word because nobody withholds a
// blank alone: half the commitments, and nothing less can be said.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace muniment::records {

inline constexpr std::size_t kSegmentsPerField = 256;  // longer text goes to name.0000, name.0001, …

// The offsets at which segments after the first begin.  `text` must be UTF-8.
std::vector<std::uint32_t> word_cuts(std::string_view text);

}  // namespace muniment::records
