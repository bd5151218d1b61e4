// A word as it looks to a reader in a hurry: without accents, in plain letters and digits.
//
// For comparing only, never for showing.  Our own tables and not ICU's spoof skeletons: those take 0 for O, 1
// for l and rn for m, which makes numbers and English words the same, and know nothing of dropped accents.
#pragma once

#include <string>
#include <string_view>

namespace muniment::bundle {

// The code points of `word` after decomposition (NFKD) and full case folding, without invisible characters,
// accents, Hebrew points and Arabic vowel signs; strokes and ligatures undone (ł l, ø o, æ ae, ß ss); decimal
// digits of every script as ASCII; small capitals and letters in coloured boxes as letters.
//
// Cyrillic and Greek letters that look Latin become Latin in a word that also has Latin letters, and in a
// word of four letters and more that is made of nothing else: "тор" is a Russian word, and stays one.
std::u32string plain_letters(std::string_view word);

}  // namespace muniment::bundle
