#include "records/made_name.hpp"

#include <algorithm>

#include "base/sha256.hpp"

namespace muniment::records {
namespace {

constexpr std::string_view kMark = "sha256-";
constexpr std::size_t kMadeDigits = 16;
constexpr std::size_t kAllDigits = 64;

bool only(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

bool is_hex(std::string_view text, std::size_t length) {
  return text.size() == length && only(text, "0123456789abcdef");
}

// KIND/DIGITS or KIND/WHEN/DIGITS.
bool is_made_name(std::string_view name) {
  const auto kind = name.find('/');
  const auto last = name.rfind('/');
  if (kind == std::string_view::npos || !only(name.substr(0, kind), "abcdefghijklmnopqrstuvwxyz"))
    return false;
  const auto when = last == kind ? std::string_view() : name.substr(kind + 1, last - kind - 1);
  return is_hex(name.substr(last + 1), kMadeDigits) && when.find('/') == std::string_view::npos;
}

bool is_made_mark(std::string_view name) {
  if (!name.starts_with(kMark)) return false;
  name.remove_prefix(kMark.size());
  return is_hex(name, kMadeDigits) || is_hex(name, kAllDigits);
}

// The second of two items alike is NAME-2.
std::string_view without_number(std::string_view name) {
  constexpr std::size_t kMostDigits = 8;
  const auto dash = name.rfind('-');
  const bool numbered = dash != std::string_view::npos && only(name.substr(dash + 1), "0123456789") &&
                        name.size() - dash - 1 <= kMostDigits;
  return numbered ? name.substr(0, dash) : name;
}

// Version 1 in base 32, as every tool writes them; version 0 in base 58.
bool is_cid(std::string_view name) {
  constexpr std::size_t kShortest = 50;
  constexpr std::size_t kVersion0 = 46;
  if (name.starts_with("Qm"))
    return name.size() == kVersion0 && std::ranges::all_of(name, [](char c) {
             return std::string_view("0OIl").find(c) == std::string_view::npos &&
                    ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
           });
  return name.starts_with('b') && name.size() >= kShortest && only(name, "abcdefghijklmnopqrstuvwxyz234567");
}

}  // namespace

std::string made_name(std::string_view kind, std::string_view when,
                      std::initializer_list<std::string_view> parts) {
  std::string whole;
  for (const auto part : parts) whole.append(std::to_string(part.size())).append(":").append(part);
  std::string out(kind);
  if (!when.empty()) out.append("/").append(when);
  return out.append("/").append(base::to_hex(base::sha256(whole)).substr(0, kMadeDigits));
}

std::string made_feed_name(std::string_view whole) {
  return std::string(kMark) + base::to_hex(base::sha256(whole));
}

std::string made_mark(std::string_view whole) {
  return made_feed_name(whole).substr(0, kMark.size() + kMadeDigits);
}

bool is_made_from_content(std::string_view name) {
  while (true) {
    const auto end = name.find('#');
    const auto part = without_number(name.substr(0, end));
    if (is_made_name(part) || is_made_mark(part) || is_cid(part)) return true;
    if (end == std::string_view::npos) return false;
    name.remove_prefix(end + 1);
  }
}

}  // namespace muniment::records
