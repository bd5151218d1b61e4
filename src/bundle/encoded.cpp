#include "bundle/encoded.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace muniment::bundle {
namespace {

// What a character is worth in either alphabet; -1: it is none of it.  Every byte of a bundle is looked up,
// several times over.
struct Values {
  std::array<signed char, 256> base64{};
  std::array<signed char, 256> hex{};
};

constexpr Values kValues = [] {
  Values out;
  out.base64.fill(-1);
  out.hex.fill(-1);
  const auto put = [](std::array<signed char, 256>& table, char c, int value) {
    table[static_cast<unsigned char>(c)] = static_cast<signed char>(value);
  };
  for (int i = 0; i < 26; ++i) {
    put(out.base64, static_cast<char>('A' + i), i);
    put(out.base64, static_cast<char>('a' + i), 26 + i);
  }
  for (int i = 0; i < 10; ++i) put(out.base64, static_cast<char>('0' + i), 52 + i);
  for (const char c : {'+', '-'}) put(out.base64, c, 62);
  for (const char c : {'/', '_'}) put(out.base64, c, 63);
  for (int i = 0; i < 10; ++i) put(out.hex, static_cast<char>('0' + i), i);
  for (int i = 0; i < 6; ++i) {
    put(out.hex, static_cast<char>('a' + i), 10 + i);
    put(out.hex, static_cast<char>('A' + i), 10 + i);
  }
  return out;
}();

bool is_hex_digit(char c) {
  return kValues.hex[static_cast<unsigned char>(c)] >= 0;
}

bool is_base64_letter(char c) {
  return kValues.base64[static_cast<unsigned char>(c)] >= 0;
}

constexpr std::size_t kShortest = 8;

bool is_hex(std::string_view text) {
  return std::ranges::all_of(text, is_hex_digit);
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
    while (at < token.end && is_hex_digit(text[at])) ++at;
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
    bool lines = false;
    for (; at < text.size(); ++at) {
      const char c = text[at];
      if (is_base64_letter(c)) {
        token.hex = token.hex && is_hex_digit(c);
        continue;
      }
      // A line end between two long lines is how base64 is wrapped in mail and in certificates.
      const bool wrapped = (c == '\n' || c == '\r') && at - token.begin >= 40 && at + 1 < text.size() &&
                           (is_base64_letter(text[at + 1]) || text[at + 1] == '\n');
      if (!wrapped) break;
      lines = true;
    }
    token.end = at;
    while (at < text.size() && text[at] == '=') ++at;
    const std::size_t letters = token.end - token.begin;
    if (letters >= kShortest || (letters >= 4 && at > token.end)) out.push_back(token);
    if (lines) add_lines(text, token, out);
    if (!token.hex && letters >= kShortest) add_hex_within(text, token, out);
  }
  return out;
}

std::vector<std::string> decodings(std::string_view token, bool hex) {
  const auto& values = hex ? kValues.hex : kValues.base64;
  const unsigned width = hex ? 4 : 6;
  std::string digits;
  digits.reserve(token.size());
  for (const char c : token)
    if (c != '\n' && c != '\r') digits.push_back(static_cast<char>(values[static_cast<unsigned char>(c)]));
  std::vector<std::string> out;
  const std::size_t group = hex ? 2 : 4;
  for (std::size_t from = 0; from < (digits.size() >= 16 || hex ? group : 1); ++from) {
    auto& decoded = out.emplace_back();
    decoded.reserve(digits.size());
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (std::size_t i = from; i < digits.size(); ++i) {
      bits = (bits << width) | static_cast<unsigned char>(digits[i]);
      held += width;
      if (held < 8) continue;
      held -= 8;
      decoded.push_back(static_cast<char>((bits >> held) & 0xFFU));
    }
  }
  return out;
}

std::string without_opaque(std::string_view text, const Opaque& opaque, std::vector<std::string>& taken) {
  std::string out(text);
  if (opaque.empty()) return out;
  for (const Encoded& token : encoded_tokens(text)) {
    std::size_t begin = token.begin;
    std::size_t end = token.end;
    while (end < text.size() && text[end] == '=') ++end;
    // In JSON the line end before a hash in a leaf is spelled \n, whose n looks like base64.
    if (begin > 0 && text[begin - 1] == '\\' && !opaque.contains(text.substr(begin, end - begin))) ++begin;
    const auto spelled = text.substr(begin, end - begin);
    if (!opaque.contains(spelled)) continue;
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(begin),
              out.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    taken.emplace_back(spelled);
  }
  return out;
}

}  // namespace muniment::bundle
