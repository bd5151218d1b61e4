#include "bundle/encoded.hpp"

#include <algorithm>
#include <cstdint>

namespace muniment::bundle {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool is_base64_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
         c == '-' || c == '_';
}

constexpr std::size_t kShortest = 8;

bool is_hex(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return hex_digit(c) >= 0; });
}

// The lines of a token that goes over several: they may be tokens of their own.
void add_lines(std::string_view text, const Encoded& token, std::vector<Encoded>& out) {
  text = text.substr(0, token.end);
  for (std::size_t at = token.begin; at < token.end;) {
    const auto end = std::min(text.find_first_of("\r\n", at), token.end);
    if (at == token.begin && end == token.end) return;
    if (end - at >= kShortest) out.push_back({at, end, is_hex(text.substr(at, end - at))});
    at = end + 1;
  }
}

// What else of a token could be hexadecimal: "img_4f6c77656e" is none as a whole.
void add_hex_within(std::string_view text, const Encoded& token, std::vector<Encoded>& out) {
  for (std::size_t at = token.begin; at < token.end; ++at) {
    const auto begin = at;
    while (at < token.end && hex_digit(text[at]) >= 0) ++at;
    if (at - begin >= kShortest) out.push_back({begin, at, true});
  }
}

}  // namespace

std::vector<Encoded> encoded_tokens(std::string_view text) {
  std::vector<Encoded> out;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_base64_letter(text[at])) {
      ++at;
      continue;
    }
    Encoded token{at, at, true};
    for (; at < text.size(); ++at) {
      const char c = text[at];
      // A line end between two long lines is how base64 is wrapped in mail and in certificates.
      const bool wrapped = (c == '\n' || c == '\r') && at - token.begin >= 40 && at + 1 < text.size() &&
                           (is_base64_letter(text[at + 1]) || text[at + 1] == '\n');
      if (!is_base64_letter(c) && !wrapped) break;
      token.hex = token.hex && (hex_digit(c) >= 0 || wrapped);
    }
    token.end = at;
    while (at < text.size() && text[at] == '=') ++at;
    const std::size_t letters = token.end - token.begin;
    if (letters >= kShortest || (letters >= 4 && at > token.end)) out.push_back(token);
    add_lines(text, token, out);
    if (!token.hex) add_hex_within(text, token, out);
  }
  return out;
}

std::vector<std::string> decodings(std::string_view token, bool hex) {
  std::string letters;
  for (const char c : token)
    if (c != '\n' && c != '\r') letters.push_back(c == '-' ? '+' : c == '_' ? '/' : c);
  std::vector<std::string> out;
  const std::size_t group = hex ? 2 : 4;
  for (std::size_t from = 0; from < (letters.size() >= 16 || hex ? group : 1); ++from) {
    std::string decoded;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (std::size_t i = from; i < letters.size(); ++i) {
      const char c = letters[i];
      const int six = c >= 'A' && c <= 'Z'   ? c - 'A'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 26
                      : c >= '0' && c <= '9' ? c - '0' + 52
                      : c == '+'             ? 62
                                             : 63;
      bits = hex ? (bits << 4U) | static_cast<std::uint32_t>(hex_digit(c))
                 : (bits << 6U) | static_cast<std::uint32_t>(six);
      held += hex ? 4 : 6;
      if (held < 8) continue;
      held -= 8;
      decoded.push_back(static_cast<char>((bits >> held) & 0xFFU));
    }
    out.push_back(std::move(decoded));
  }
  return out;
}

std::string without_opaque(std::string_view text, const std::unordered_set<std::string>& opaque,
                           std::vector<std::string>& taken) {
  std::string out(text);
  if (opaque.empty()) return out;
  for (const Encoded& token : encoded_tokens(text)) {
    std::size_t begin = token.begin;
    std::size_t end = token.end;
    while (end < text.size() && text[end] == '=') ++end;
    // In JSON the line end before a hash in a leaf is spelled \n, whose n looks like base64.
    if (begin > 0 && text[begin - 1] == '\\' &&
        !opaque.contains(std::string(text.substr(begin, end - begin))))
      ++begin;
    std::string spelled(text.substr(begin, end - begin));
    if (!opaque.contains(spelled)) continue;
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(begin),
              out.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    taken.push_back(std::move(spelled));
  }
  return out;
}

}  // namespace muniment::bundle
