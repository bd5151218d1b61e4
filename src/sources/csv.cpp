#include "sources/csv.hpp"

#include <algorithm>

namespace muniment::sources {

namespace {

constexpr std::string_view kMark = "\xef\xbb\xbf";
constexpr std::string_view kSeparatorSaid = "sep=";

// Behind a letter or a digit a quote opens nothing: a pipe of 12".
bool is_of_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string_view without_mark(std::string_view text) {
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  return text;
}

}  // namespace

std::vector<std::string> csv_cells(std::string_view row, char separator) {
  row = without_mark(row);
  while (row.ends_with('\n') || row.ends_with('\r')) row.remove_suffix(1);
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const char c = row[i];
    if (quoted && c == '"' && i + 1 < row.size() && row[i + 1] == '"') {
      cells.back().push_back('"');
      ++i;
    } else if (c == '"' && (quoted || i == 0 || !is_of_word(row[i - 1]))) {
      quoted = !quoted;
    } else if (c == separator && !quoted) {
      if (cells.size() >= kMostCells) break;
      cells.emplace_back();
    } else {
      cells.back().push_back(c);
    }
  }
  return cells;
}

std::optional<char> separator_said(std::string_view line) {
  line = without_mark(line);
  if (!line.starts_with(kSeparatorSaid)) return std::nullopt;
  line.remove_prefix(kSeparatorSaid.size());
  const bool is_all = line.size() == 1 || (line.size() > 1 && (line[1] == '\r' || line[1] == '\n'));
  return is_all ? std::optional(line.front()) : std::nullopt;
}

std::string CsvRow::operator[](std::string_view name) const {
  for (std::size_t i = 0; i < names_.size() && i < cells_.size(); ++i)
    if (names_[i] == name) return cells_[i];
  return {};
}

void RowCutter::look(std::string_view held, bool last, std::vector<Slice>& records) {
  if (!looked_ && held.size() < kWideMark.size() && !last) return;
  if (!looked_) wide_ = held.starts_with(kWideMark);
  looked_ = true;
  const std::size_t width = wide_ ? 2 : 1;
  for (; at_ + width <= held.size(); at_ += width) {
    if (wide_ && held[at_ + 1] != '\0') continue;
    if (held[at_] == '"' && (quoted_ || !is_in_word(held))) quoted_ = !quoted_;
    if (held[at_] == '\n' && !quoted_) take(held, at_ + width, records);
  }
  if (last && row_ < held.size()) take(held, held.size(), records);
}

void RowCutter::take(std::string_view held, std::size_t end, std::vector<Slice>& records) {
  const auto row = held.substr(row_, end - row_);
  const auto blanks = wide_ ? std::string_view("\r\n\0", 3) : std::string_view("\r\n");
  if (row.find_first_not_of(blanks) != std::string_view::npos && (head_ != 0 || !is_separator_line(row))) {
    if (head_ == 0)
      head_ = end;
    else
      records.push_back({row_, end - row_});
  }
  row_ = end;
}

bool RowCutter::is_in_word(std::string_view held) const {
  const std::size_t width = wide_ ? 2 : 1;
  if (at_ < row_ + width || without_mark(held.substr(row_)).data() == held.data() + at_) return false;
  return (wide_ && held[at_ - 1] != '\0') ? held.substr(row_, at_ - row_) != kWideMark
                                          : is_of_word(held[at_ - width]);
}

bool RowCutter::is_separator_line(std::string_view row) const {
  if (!wide_) return separator_said(row).has_value();
  std::string narrow;
  for (std::size_t i = row.starts_with(kWideMark) ? 2 : 0; i < row.size() && narrow.size() < 8; i += 2)
    narrow.push_back(row[i]);
  return separator_said(narrow).has_value();
}

void RowCutter::drop(std::size_t count) {
  at_ -= count;
  row_ -= std::min(count, row_);
}

}  // namespace muniment::sources
