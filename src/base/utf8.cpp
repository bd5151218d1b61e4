#include "base/utf8.hpp"

#include <simdjson.h>

#include <cstdint>
#include <cstdio>

namespace muniment::base {
namespace {

constexpr char32_t kBad = 0xFFFFFFFF;

// The code point at `at`, or kBad; `length` is how many bytes to step over.
char32_t decode(std::string_view text, std::size_t at, std::size_t& length) {
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const std::uint32_t b = byte(0);
  length = 1;
  if (b < 0x80) return b;
  if (b >= 0xC2 && b <= 0xDF && tail(1)) {
    length = 2;
    return ((b & 0x1F) << 6) | (byte(1) & 0x3F);
  }
  if ((b & 0xF0) == 0xE0 && tail(1) && tail(2)) {
    const char32_t c = ((b & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F);
    if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF)) return kBad;
    length = 3;
    return c;
  }
  if (b >= 0xF0 && b <= 0xF4 && tail(1) && tail(2) && tail(3)) {
    const char32_t c =
        ((b & 0x07) << 18) | ((byte(1) & 0x3F) << 12) | ((byte(2) & 0x3F) << 6) | (byte(3) & 0x3F);
    if (c < 0x10000 || c > 0x10FFFF) return kBad;
    length = 4;
    return c;
  }
  return kBad;
}

bool reorders_text(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

void append_escape(std::string& out, const char* format, unsigned value) {
  char text[16];
  const int n = std::snprintf(text, sizeof text, format, value);
  out.append(text, static_cast<std::size_t>(n));
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  return simdjson::validate_utf8(bytes.data(), bytes.size());
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
  std::size_t length = 0;
  const char32_t c = decode(text, at, length);
  at += length;
  return c == kBad ? U'\uFFFD' : c;
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (c >> 6)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | (c >> 12)));
    out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | (c >> 18)));
    out.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

bool looks_like_utf16(std::string_view bytes) {
  if (bytes.size() < 4) return false;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return true;
  const auto is_ascii = [](char c) { return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t'; };
  const bool little = is_ascii(bytes[0]) && bytes[1] == '\0' && is_ascii(bytes[2]) && bytes[3] == '\0';
  const bool big = bytes[0] == '\0' && is_ascii(bytes[1]) && bytes[2] == '\0' && is_ascii(bytes[3]);
  return little || big;
}

std::string to_valid_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) append_utf8(out, next_code_point(bytes, at));
  return out;
}

std::string for_terminal(std::string_view text, bool keep_lines) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 0;
    const char32_t c = decode(text, at, length);
    if (c == '\n' || c == '\t') {
      out.push_back(keep_lines ? static_cast<char>(c) : ' ');
    } else if (c == kBad) {
      append_escape(out, "\\x%02x", static_cast<unsigned char>(text[at]));
    } else if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) {
      append_escape(out, "\\x%02x", static_cast<unsigned>(c));
    } else if (reorders_text(c)) {
      append_escape(out, "\\u%04x", static_cast<unsigned>(c));
    } else {
      out.append(text.substr(at, length));
    }
    at += length;
  }
  return out;
}

}  // namespace muniment::base
