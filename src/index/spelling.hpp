// Letters that are written in more than one way, as the index reads them: in one.  The engine's own tokenizer
// takes away case, and the accents of Latin letters; this is what it leaves.
#pragma once

#include <bitset>
#include <string>

namespace muniment::index {

// Quick, and false for nearly all that is written.  Never true below U+0080.
bool has_other_spelling(char32_t c);

// The same for letters that UTF-8 writes in two bytes, by code point: whole alphabets stand there.
const std::bitset<0x800>& other_spellings();

// What `c` is read as, where has_other_spelling().  Empty: nothing.
//   Greek without tonos and breathings; Cyrillic ё as е, but й as it is: that is another letter;
//   ı as i, for its capital is the same I;
//   strokes and ligatures that Unicode does not take apart: ł as l, ø as o, đ and ð as d, æ as ae, ß as ss;
//   Arabic vowel signs and the tatweel, Hebrew points, combining accents: nothing;
//   letters and digits of compatibility (ligatures, half and full width, presentation forms) as NFKC_Casefold
//   reads them (Unicode Standard Annex 15), and so the case of letters that the engine does not know;
//   what is not shown (soft hyphen, zero width, variation selectors): nothing.
std::u32string plain_spelling(char32_t c);

// The one character that `letter` and the sign behind it make (и and a breve: й), as it is read.  Empty: they
// make none.
std::u32string joined_spelling(char32_t letter, char32_t sign);

}  // namespace muniment::index
