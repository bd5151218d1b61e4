// One disclosed entry, as the page shows it.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "muniment/disclosure.hpp"

namespace muniment::exporters {

std::string_view decision_words(Decision decision);

// The exemptions used in it, each once.
std::set<std::string> codes_of(const DisclosedEntry& entry);  // but for kOutOfScope

const DisclosedField* find_field(const DisclosedEntry& entry, std::string_view name);
// The value of a field that is shown whole; empty when it is not.
std::string plain_value(const DisclosedEntry& entry, std::string_view name);

// The mark of something withheld; the only thing on the page that looks like it.
std::string withheld_mark(std::string_view code);

// A field's content as HTML, gaps marked; a text that was spread over NAME.0000, NAME.0001, … is put
// together. Empty when the entry has no such field.
std::string field_html(const DisclosedEntry& entry, std::string_view name);
std::string content_html(const DisclosedField& field);

// "First captured version", "Deletion reported", …
std::string_view kind_words(std::string_view kind);

}  // namespace muniment::exporters
