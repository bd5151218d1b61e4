// Text from outside, made safe and honest for a page that people read.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "muniment/hidden_characters.hpp"

namespace muniment::markup {

inline void append_escaped(std::string& out, char c) {
  switch (c) {
    case '&':
      out += "&amp;";
      return;
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '"':
      out += "&quot;";
      return;
    case '\'':
      out += "&#39;";
      return;
    default:
      out.push_back(c);
  }
}

// For attribute values and for words of our own.
inline std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) append_escaped(out, c);
  return out;
}

// "U+200B"
inline std::string code_point_name(char32_t code) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string digits;
  for (; code > 0 || digits.size() < 4; code >>= 4U) digits.insert(digits.begin(), kHex[code & 15U]);
  return "U+" + digits;
}

// For text that somebody else wrote: mark-up is shown as it was typed, and what would be invisible is named.
inline std::string shown(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  HiddenCharacters characters(text);
  for (auto next = characters.next(); next.character.bytes > 0; next = characters.next()) {
    const auto character = text.substr(0, next.character.bytes);
    text.remove_prefix(character.size());
    if (next.hidden)
      out += "<span class=\"hidden-character\" title=\"an invisible character\">" +
             code_point_name(next.character.code) + "</span>";
    else
      for (const char c : character) append_escaped(out, c);
  }
  return out;
}

// "2026-11-22T02:45:57.123Z" as "22 November 2026 at 02:45:57 UTC"; anything else as it is.
inline std::string date(std::string_view time) {
  constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                        "May",       "June",     "July",     "August",
                                                        "September", "October",  "November", "December"};
  constexpr std::string_view kShape = "0000-00-00T00:00:00";
  if (time.size() < kShape.size() || time.back() != 'Z') return escaped(time);
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool digit = time[i] >= '0' && time[i] <= '9';
    if (kShape[i] == '0' ? !digit : time[i] != kShape[i]) return escaped(time);
  }
  const auto month = static_cast<std::size_t>(time[5] - '0') * 10 + static_cast<std::size_t>(time[6] - '0');
  if (month < 1 || month > 12) return escaped(time);
  std::string out(time.substr(time[8] == '0' ? 9 : 8, time[8] == '0' ? 1 : 2));
  return out.append(" ")
             .append(kMonths[month - 1])
             .append(" ")
             .append(time.substr(0, 4))
             .append(" at ")
             .append(time.substr(11, 8)) +
         " UTC";
}

// <time>, with the exact value for machines.
inline std::string time_element(std::string_view time) {
  return "<time datetime=\"" + escaped(time) + "\">" + date(time) + "</time>";
}

}  // namespace muniment::markup
