// The first row of a table: what its columns are called, what stands between them, and how its bytes are
// spelled.  Found from the bytes: spreadsheets write commas, semicolons or tabs, UTF-8, Windows-1252 or
// UTF-16, as the machine's language has it, and Excel may say so in a line of its own ("sep=;").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "muniment/result.hpp"

namespace muniment::sources {

struct TableHead {
  char separator = ',';
  bool is_wide = false;            // UTF-16, little end first
  std::vector<std::string> names;  // "Created_At " is "created at"
};

// `bytes`: the file, or as much of its beginning as holds its first row.
TableHead table_head(std::string_view bytes);

// A row in UTF-8.  `guessed`: it said nothing of its character set, and was taken for Windows-1252. kInvalid:
// too long.
Result<std::string> table_row(std::string_view row, const TableHead& head, bool& guessed);

// What the first rows say, kTableRowsLookedAt at most.
struct FirstRows {
  std::size_t count = 0;  // without the head
  std::size_t fit = 0;    // those with as many cells as there are names; empty ones may follow
};
inline constexpr std::size_t kTableRowsLookedAt = 20;
FirstRows first_rows(std::string_view bytes, const TableHead& head);

// Are the names such as columns have?  Prose with commas in it has longer ones, ends them with full stops,
// and writes a blank after each comma.
bool has_names_of_columns(std::string_view bytes, const TableHead& head);

// In small letters, one space between words.
std::string plain_name(std::string_view name);

}  // namespace muniment::sources
