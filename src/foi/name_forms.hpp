// The other ways in which people write a name of several words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bundle/needles.hpp"

namespace muniment::foi {

// "Dr Tobias J. Achterberg" is also "Tobias Achterberg" and "Achterberg, Tobias": without its title, without
// what stands in the middle, the last word first; where a field says that it is a person's, also without what
// people put behind it ("(she/her)", "| Plumber", an emoji, "MP").  Nothing for what is no name of two words
// and more: with numbers or everyday words in it ("Wexcombe Town Council") or, unless a field says that it is
// a person's, with a small letter at the beginning of a word.
void add_name_forms(std::string_view name, bool person, const std::string& from,
                    std::vector<bundle::Needle>& out);

// "Müller" is also "Mueller", and the other way round; without the accents alone the gate finds it anyhow.
// What has no such letters has no other form.
std::vector<std::string> umlaut_forms(std::string_view name);

// "Mrs", "Cllr"; any case.
bool is_title(std::string_view word);

// The word right before that place, with a blank or ". " between at the most; empty when there is none.
std::string_view word_before(std::string_view text, std::size_t at);

// With a small letter of any script that has such.  `word` is not empty.
bool begins_small(std::string_view word);

// Fields that hold a person's name, whatever it looks like.
bool is_person_field(std::string_view name);

}  // namespace muniment::foi
