// UTF-8: is it, and can it be shown safely.
#pragma once

#include <string>
#include <string_view>

namespace muniment::base {

// Strict: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view bytes);

// UTF-16 by its byte order mark, or by the zero bytes of two first characters that are ASCII.
bool looks_like_utf16(std::string_view bytes);

// Every byte that is not part of valid UTF-8 becomes U+FFFD.
std::string to_valid_utf8(std::string_view bytes);

// For a terminal: control characters (C0, DEL, C1), bidirectional embeddings, overrides and isolates,
// and invalid bytes are spelled out as \x1b or \u202e, so that text from outside cannot move the
// cursor, change colours or reorder what a person reads.  Tab and line feed become a space unless
// `keep_lines`.
std::string for_terminal(std::string_view text, bool keep_lines = false);

// One code point read at `at` (must be < text.size()); advances `at`.  Invalid bytes give U+FFFD, one each.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t code_point);

}  // namespace muniment::base
