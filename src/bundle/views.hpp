// The readings of a text behind which a word may hide.  Pure functions; bad escapes are left as they are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muniment::bundle {

// One pass over JSON and script escapes (\n, \u00e9 with surrogate pairs, \x41), HTML character references
// (numeric, and the named ones of Latin-1, Latin Extended-A and HTML itself) and percent-escapes (%u0159,
// too).
std::string without_escapes(std::string_view text);

// Quoted-printable: =41, and soft line ends.
std::string without_quoted_printable(std::string_view text);

// Tags and comments taken out, so that "Ja<b>ne</b>" reads "Jane".
std::string without_tags(std::string_view text);

// The values of JSON strings, a line each; values whose keys are "v" and stand side by side in an array are
// put together, as the segments of a field are.
std::string json_values(std::string_view json);

// Text in UTF-16, both byte orders, and with the zero bytes taken out (which reads Latin letters in UTF-16
// and UTF-32 at any place).  Empty when `bytes` shows no sign of either.
std::vector<std::string> wide_readings(std::string_view bytes);

// Bytes taken for ISO 8859-1.
std::string from_latin1(std::string_view bytes);

// UTF-8 without control characters other than white space.
bool is_plain_text(std::string_view bytes);

}  // namespace muniment::bundle
