// What a version puts into the columns of the full-text index: see words_0 in schema/index.sql.
#pragma once

#include <string>

#include "index/capture_fields.hpp"

namespace muniment::index {

// Each appends one column's words, as append_words() makes them; of the body, all but the facets.
void append_body(std::string& out, const CaptureFields& fields);
void append_author(std::string& out, const CaptureFields& fields);
void append_tags(std::string& out, const CaptureFields& fields);

}  // namespace muniment::index
