// The parts that the full-text index stands in; see schema/index.sql.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"

namespace muniment::index {

// A part takes so many documents, or one batch that alone holds more.  Fewer a part make the beginnings of
// words (po*) quicker to find and rare words slower, for these are looked up in every part.
inline constexpr std::int64_t kPartDocuments = 32'768;
// From so many parts on, a new one is larger the more there are: number and size of parts then both grow with
// the square root of the archive.
inline constexpr std::int64_t kPartsOfOneSize = 32;

struct Part {
  std::int64_t number = 0;
  std::int64_t base = 0;                // rowid = base - doc
  std::int64_t documents = 0;           // 0: the other counts say nothing
  std::int64_t writes = 0;              // since its runs were last joined
  std::int64_t oldest = 0, newest = 0;  // docs
};

// Newest documents first.
Result<std::vector<Part>> read_parts(db::Database& database);

// A statement written for the table words_0, for the table of another part.
std::string in_part(std::string_view sql, std::int64_t number);

}  // namespace muniment::index
