// Text from outside, made safe and honest for a page that people read.
#pragma once

#include <array>
#include <string>
#include <string_view>

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

// How many bytes of `text`, from `at`, are a character that cannot be seen and changes what is: a control, or
// one that reorders text.  0 when it is none; `name` is set to what it is called.
inline std::size_t hidden_character(std::string_view text, std::size_t at, std::string& name) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto named = [&](unsigned code) {
    name = "U+";
    for (int shift = 12; shift >= 0; shift -= 4)
      name.push_back(kHex[(code >> static_cast<unsigned>(shift)) & 15U]);
  };
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  if ((byte(0) < 0x20 && byte(0) != '\n' && byte(0) != '\t') || byte(0) == 0x7F) return named(byte(0)), 1U;
  if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) < 0xA0) return named(byte(1)), 2U;
  if (byte(0) == 0xD8 && byte(1) == 0x9C) return named(0x61C), 2U;
  if (byte(0) == 0xE2 && byte(1) == 0x80 &&
      ((byte(2) >= 0xAA && byte(2) <= 0xAE) || byte(2) == 0x8E || byte(2) == 0x8F))
    return named(0x2000U + (byte(2) & 0x3FU)), 3U;
  if (byte(0) == 0xE2 && byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9)
    return named(0x2040U + (byte(2) & 0x3FU)), 3U;
  return 0;
}

// For text that somebody else wrote: mark-up is shown as it was typed, and what would be invisible is named.
inline std::string shown(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (std::size_t at = 0; at < text.size();) {
    std::string name;
    const std::size_t hidden = hidden_character(text, at, name);
    if (hidden == 0) {
      append_escaped(out, text[at++]);
      continue;
    }
    out += "<span class=\"hidden-character\" title=\"an invisible character\">" + name + "</span>";
    at += hidden;
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
  const auto month = static_cast<std::size_t>((time[5] - '0') * 10 + (time[6] - '0'));
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
