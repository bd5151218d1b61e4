// Words that are written in pieces: "S m i t h", "S.m.i.t.h", a word cut by a hyphen, also at the end of a
// line, or by mark-up ("Smi**th**").
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "bundle/words.hpp"

namespace muniment::bundle {

// Calls `each` with every word that `words`, those of `text`, give when pieces are put together; of its
// hashes it has only the `plain` one.
//
// Of letters one by one: all of them from three letters, and every four and more among them, since other
// single letters may stand beside them.  Of pieces with hyphens: up to four pieces, from six letters, so that
// "co-op" is no "coop"; with mark-up, from four.  Bounded: no word of more than 32 letters is put together.
void each_in_pieces(std::string_view text, const std::vector<Word>& words,
                    const std::function<void(const Word&)>& each);

// `words` with those that are cut at the end of a line, or by signs of emphasis, put together, so that rows
// of words go on over it; empty when there are none.
std::vector<Word> over_line_ends(std::string_view text, const std::vector<Word>& words);

}  // namespace muniment::bundle
