#include "sources/table_head.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "sources/csv.hpp"
#include "sources/feed_encoding.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kSeparators = ",;\t";

// Without what is in quotes.
std::ptrdiff_t count_outside(std::string_view row, char wanted) {
  std::ptrdiff_t count = 0;
  bool quoted = false;
  for (const char c : row) {
    quoted = quoted != (c == '"');
    if (c == wanted && !quoted) ++count;
  }
  return count;
}

char most_frequent(std::string_view row) {
  return *std::ranges::max_element(kSeparators, {}, [&](char c) { return count_outside(row, c); });
}

// Half a pair of surrogates becomes U+FFFD.
std::string from_utf16(std::string_view bytes) {
  constexpr char32_t kNoCharacter = 0xfffd;
  const auto unit = [&](std::size_t at) {
    return static_cast<char32_t>(static_cast<unsigned char>(bytes[at]) |
                                 static_cast<unsigned char>(bytes[at + 1]) << 8U);
  };
  const auto is_high = [](char32_t c) { return c >= 0xd800 && c < 0xdc00; };
  const auto is_low = [](char32_t c) { return c >= 0xdc00 && c < 0xe000; };
  std::string out;
  for (std::size_t at = bytes.starts_with(kWideMark) ? 2 : 0; at + 1 < bytes.size(); at += 2) {
    const auto first = unit(at);
    const auto second = at + 3 < bytes.size() ? unit(at + 2) : 0;
    if (is_high(first) && is_low(second)) {
      base::append_utf8(out, 0x10000 + ((first - 0xd800) << 10U) + (second - 0xdc00));
      at += 2;
    } else {
      base::append_utf8(out, is_high(first) || is_low(first) ? kNoCharacter : first);
    }
  }
  return out;
}

}  // namespace

std::string plain_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool is_gap = c == ' ' || c == '_' || c == '-' || c == '\t';
    if (!is_gap)
      out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c);
    else if (!out.empty() && out.back() != ' ')
      out.push_back(' ');
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

TableHead table_head(std::string_view bytes) {
  TableHead out;
  out.is_wide = bytes.starts_with(kWideMark);
  RowCutter cutter;
  std::vector<Slice> rows;
  cutter.look(bytes, true, rows);
  bool guessed = false;
  const auto text = table_row(bytes.substr(0, cutter.head()), out, guessed);
  if (!text) return out;
  std::string_view names = *text;
  if (const auto said = separator_said(names)) {
    out.separator = *said;
    names.remove_prefix(std::min(names.find('\n') + 1, names.size()));
  } else {
    out.separator = most_frequent(names);
  }
  out.names = csv_cells(names, out.separator);
  for (auto& name : out.names) name = plain_name(name);
  return out;
}

FirstRows first_rows(std::string_view bytes, const TableHead& head) {
  // Of a file that goes on, the last row may be cut through.
  constexpr std::size_t kWhole = 128U << 10;
  FirstRows out;
  RowCutter cutter;
  std::vector<Slice> rows;
  cutter.look(bytes, bytes.size() < kWhole, rows);
  for (const auto& [offset, length] : rows) {
    if (out.count == kTableRowsLookedAt) break;
    bool guessed = false;
    const auto row = table_row(bytes.substr(offset, length), head, guessed);
    if (!row) continue;
    auto cells = csv_cells(*row, head.separator);
    while (cells.size() > head.names.size() && cells.back().empty()) cells.pop_back();
    ++out.count;
    if (cells.size() == head.names.size()) ++out.fit;
  }
  return out;
}

bool has_names_of_columns(std::string_view bytes, const TableHead& head) {
  constexpr std::size_t kLongest = 40;
  constexpr std::ptrdiff_t kMostBlanks = 3;
  const auto line = bytes.substr(0, bytes.find('\n'));
  const auto is_spaced = [&] {
    for (auto at = line.find(head.separator); at != std::string_view::npos;
         at = line.find(head.separator, at + 1))
      if (at + 1 >= line.size() || line[at + 1] != ' ') return false;
    return true;
  };
  if (head.separator == ',' && is_spaced()) return false;
  return std::ranges::all_of(head.names, [](const auto& name) {
    return !name.empty() && name.size() <= kLongest && std::ranges::count(name, ' ') <= kMostBlanks &&
           std::string_view(".!?:").find(name.back()) == std::string_view::npos;
  });
}

Result<std::string> table_row(std::string_view row, const TableHead& head, bool& guessed) {
  guessed = !head.is_wide && !base::is_utf8(row);
  if (head.is_wide) return from_utf16(row);
  if (!guessed) return std::string(row);
  const auto text = feed_text(row, "text/csv; charset=windows-1252");
  if (!text) return text.error();
  return std::string(text->text());
}

}  // namespace muniment::sources
