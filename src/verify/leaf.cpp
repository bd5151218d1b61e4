#include "verify/leaf.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstring>
#include <utility>

#include "base/time.hpp"
#include "base/utf8.hpp"

namespace muniment::verify {
namespace {

constexpr std::string_view kVersion = "muniment-entry/v1";
constexpr std::int64_t kDay = 86'400'000;
constexpr std::int64_t kFirstTime = -62'167'219'200'000;  // 0000-01-01T00:00:00.000Z
constexpr std::int64_t kLastTime = 253'402'300'799'999;   // 9999-12-31T23:59:59.999Z

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

void digits(char* out, int count, std::int64_t value) {
  for (int i = count - 1; i >= 0; --i, value /= 10) out[i] = static_cast<char>('0' + value % 10);
}

// Fowler's civil_from_days would do; the library's calendar is read once a day of the ledger instead.
void write_date(char* out, std::int64_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  digits(out, 4, static_cast<int>(date.year()));
  out[4] = '-';
  digits(out + 5, 2, static_cast<unsigned>(date.month()));
  out[7] = '-';
  digits(out + 8, 2, static_cast<unsigned>(date.day()));
  out[10] = 'T';
}

// Cuts off the next line; nullopt when no LF is left.
std::optional<std::string_view> next_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

}  // namespace

bool is_origin(std::string_view text) {
  if (text.empty() || text.size() > kLongestOrigin || !base::is_utf8(text)) return false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = base::next_code_point(text, at);
    if (c <= 0x20 || c == '+' || (c >= 0x7F && c <= 0xA0) || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
        c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000)
      return false;
  }
  return true;
}

bool is_kind(std::string_view text) {
  if (text.empty() || text.size() > 32 || text[0] < 'a' || text[0] > 'z') return false;
  for (const char c : text)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
  return true;
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  if (text.empty() || text.size() > 19 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value >> 63 != 0) return std::nullopt;
  return value;
}

bool is_leaf_time(std::int64_t milliseconds) {
  return milliseconds >= kFirstTime && milliseconds <= kLastTime;
}

std::optional<Leaf> parse_leaf(std::string_view text, std::string& why) {
  std::array<std::string_view, 7> lines;
  std::string_view rest = text;
  for (auto& line : lines) {
    const auto next = next_line(rest);
    if (!next) return why = "it has fewer than seven lines", std::nullopt;
    line = *next;
  }
  if (!rest.empty()) return why = "something follows its seventh line", std::nullopt;
  if (lines[0] != kVersion) return why = "its first line is not " + std::string(kVersion), std::nullopt;
  if (!is_origin(lines[1])) return why = "its second line is not the name of a log", std::nullopt;
  const auto seq = parse_number(lines[2]);
  if (!seq) return why = "its third line is not an entry number", std::nullopt;
  const auto time = base::from_leaf_time(lines[3]);
  if (!time) return why = "its fourth line is not a time", std::nullopt;
  if (!is_kind(lines[4])) return why = "its fifth line is not a kind of entry", std::nullopt;
  const auto root = base::hash_from_base64(lines[5]);
  const auto commitment = base::hash_from_base64(lines[6]);
  if (!root || !commitment) return why = "its last two lines are not base64 of 32 bytes", std::nullopt;
  return Leaf{std::string(lines[1]), *seq,  time->time_since_epoch().count(),
              std::string(lines[4]), *root, *commitment};
}

LeafWriter::LeafWriter(std::string origin) : text_(std::string(kVersion) + "\n" + std::move(origin) + "\n") {
  head_ = text_.size();
  text_.reserve(head_ + 192);
}

std::string_view LeafWriter::write(std::uint64_t seq, std::int64_t time, std::string_view kind,
                                   const base::Hash& root, const base::Hash& commitment) {
  const std::int64_t day = floor_div(time, kDay);
  if (day != day_) {
    write_date(date_, day);
    day_ = day;
  }
  const std::int64_t ms = time - day * kDay;
  char stamp[26];
  std::memcpy(stamp, date_, 11);
  digits(stamp + 11, 2, ms / 3'600'000);
  stamp[13] = ':';
  digits(stamp + 14, 2, ms / 60'000 % 60);
  stamp[16] = ':';
  digits(stamp + 17, 2, ms / 1000 % 60);
  stamp[19] = '.';
  digits(stamp + 20, 3, ms % 1000);
  stamp[23] = 'Z';
  stamp[24] = '\n';
  char number[24];
  const auto end = std::to_chars(number, number + sizeof number, seq).ptr;
  text_.resize(head_);
  text_.append(number, static_cast<std::size_t>(end - number));
  text_ += '\n';
  text_.append(stamp, 25);
  text_.append(kind);
  text_ += '\n';
  base::append_base64(text_, base::view(root));
  text_ += '\n';
  base::append_base64(text_, base::view(commitment));
  text_ += '\n';
  return text_;
}

}  // namespace muniment::verify
