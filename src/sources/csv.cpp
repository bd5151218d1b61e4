#include "sources/csv.hpp"

#include <algorithm>

namespace muniment::sources {

std::vector<std::string> csv_cells(std::string_view row) {
  if (row.starts_with("\xef\xbb\xbf")) row.remove_prefix(3);
  while (row.ends_with('\n') || row.ends_with('\r')) row.remove_suffix(1);
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const char c = row[i];
    if (quoted && c == '"' && i + 1 < row.size() && row[i + 1] == '"') {
      cells.back().push_back('"');
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      if (cells.size() >= kMostCells) break;
      cells.emplace_back();
    } else {
      cells.back().push_back(c);
    }
  }
  return cells;
}

std::string CsvRow::operator[](std::string_view name) const {
  for (std::size_t i = 0; i < names_.size() && i < cells_.size(); ++i)
    if (names_[i] == name) return cells_[i];
  return {};
}

void RowCutter::look(std::string_view held, bool last, std::vector<Slice>& records) {
  const auto take = [&](std::size_t end) {
    const auto row = held.substr(row_, end - row_);
    if (row.find_first_not_of("\r\n") != std::string_view::npos) {
      if (head_ == 0)
        head_ = end;
      else
        records.push_back({row_, end - row_});
    }
    row_ = end;
  };
  for (; at_ < held.size(); ++at_) {
    if (held[at_] == '"') quoted_ = !quoted_;
    if (held[at_] == '\n' && !quoted_) take(at_ + 1);
  }
  if (last && row_ < held.size()) take(held.size());
}

void RowCutter::drop(std::size_t count) {
  at_ -= count;
  row_ -= std::min(count, row_);
}

}  // namespace muniment::sources
