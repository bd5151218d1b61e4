// Tables as text (RFC 4180): a first row with names, then a row a record; a cell in quotes may hold anything.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sources/cut.hpp"

namespace muniment::sources {

inline constexpr std::size_t kMostCells = 1'000;           // of a row; more are left out
inline constexpr std::string_view kWideMark = "\xff\xfe";  // of UTF-16, little end first

std::vector<std::string> csv_cells(std::string_view row, char separator = ',');

// Of a line "sep=;", which Excel reads and writes before the first row.
std::optional<char> separator_said(std::string_view line);

// A row whose cells are asked for by the names of the first row.
class CsvRow {
 public:
  CsvRow(std::string_view names, std::string_view row) : names_(csv_cells(names)), cells_(csv_cells(row)) {}
  // Empty when there is no such cell.
  std::string operator[](std::string_view name) const;
  std::size_t size() const { return cells_.size(); }
  std::size_t columns() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
  std::vector<std::string> cells_;
};

// The first row is the head, with a line before it that says what separates; empty lines are no records.  A
// file that begins with kWideMark is cut between its units of two bytes.
class RowCutter : public Cutter {
 public:
  void look(std::string_view held, bool last, std::vector<Slice>& records) override;
  void drop(std::size_t count) override;
  std::size_t head() const override { return head_; }

 private:
  void take(std::string_view held, std::size_t end, std::vector<Slice>& records);
  bool is_separator_line(std::string_view row) const;
  bool is_in_word(std::string_view held) const;

  std::size_t at_ = 0;
  std::size_t row_ = 0;
  std::size_t head_ = 0;
  bool quoted_ = false;
  bool looked_ = false;
  bool wide_ = false;
};

}  // namespace muniment::sources
