#include "bundle/views.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace muniment::bundle {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// `digits` hexadecimal digits at `at`; -1 when they are not there.
long hex_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return -1;
  long value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const int digit = hex_digit(text[at + i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

void append_code_point(std::string& out, long value) {
  const bool sound = value >= 0 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
  base::append_utf8(out, sound ? static_cast<char32_t>(value) : U'\uFFFD');
}

// \uD83D\uDE00, \u{1f600}, \x41, \n: how far it goes, 0 when it is no escape.
std::size_t backslash(std::string_view text, std::size_t at, std::string& out) {
  if (at + 1 >= text.size()) return 0;
  const char kind = text[at + 1];
  if (kind == 'u' && at + 2 < text.size() && text[at + 2] == '{') {
    const auto close = text.find('}', at + 3);
    if (close == std::string_view::npos || close == at + 3 || close > at + 9) return 0;
    const long value = hex_at(text, at + 3, close - at - 3);
    if (value < 0) return 0;
    append_code_point(out, value);
    return close + 1 - at;
  }
  if (kind == 'u' || kind == 'x') {
    const std::size_t digits = kind == 'u' ? 4 : 2;
    const long high = hex_at(text, at + 2, digits);
    if (high < 0) return 0;
    if (high >= 0xD800 && high <= 0xDBFF && text.substr(at + 6, 2) == "\\u") {
      const long low = hex_at(text, at + 8, 4);
      if (low >= 0xDC00 && low <= 0xDFFF) {
        append_code_point(out, 0x10000 + (high - 0xD800) * 0x400 + (low - 0xDC00));
        return 12;
      }
    }
    append_code_point(out, high);
    return 2 + digits;
  }
  constexpr std::string_view kFrom = "nrtbfv\"\\/'";
  constexpr std::string_view kTo = "\n\r\t   \"\\/'";
  const auto known = kFrom.find(kind);
  if (known == std::string_view::npos) return 0;
  out.push_back(kTo[known]);
  return 2;
}

// HTML's names for U+00A0 to U+00FF, in order.
constexpr std::array<std::string_view, 96> kLatin1 = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",
    "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",
    "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12",
    "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil",
    "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde",
    "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",
    "Uuml",   "Yacute", "THORN",  "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",
    "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",
    "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

// And those for U+0100 to U+017E; "-": it has none.
constexpr std::array<std::string_view, 127> kExtendedA = {
    "Amacr",  "amacr",  "Abreve", "abreve", "Aogon",  "aogon",  "Cacute", "cacute", "Ccirc",  "ccirc",
    "Cdot",   "cdot",   "Ccaron", "ccaron", "Dcaron", "dcaron", "Dstrok", "dstrok", "Emacr",  "emacr",
    "-",      "-",      "Edot",   "edot",   "Eogon",  "eogon",  "Ecaron", "ecaron", "Gcirc",  "gcirc",
    "Gbreve", "gbreve", "Gdot",   "gdot",   "Gcedil", "-",      "Hcirc",  "hcirc",  "Hstrok", "hstrok",
    "Itilde", "itilde", "Imacr",  "imacr",  "-",      "-",      "Iogon",  "iogon",  "Idot",   "imath",
    "IJlig",  "ijlig",  "Jcirc",  "jcirc",  "Kcedil", "kcedil", "kgreen", "Lacute", "lacute", "Lcedil",
    "lcedil", "Lcaron", "lcaron", "Lmidot", "lmidot", "Lstrok", "lstrok", "Nacute", "nacute", "Ncedil",
    "ncedil", "Ncaron", "ncaron", "napos",  "ENG",    "eng",    "Omacr",  "omacr",  "-",      "-",
    "Odblac", "odblac", "OElig",  "oelig",  "Racute", "racute", "Rcedil", "rcedil", "Rcaron", "rcaron",
    "Sacute", "sacute", "Scirc",  "scirc",  "Scedil", "scedil", "Scaron", "scaron", "Tcedil", "tcedil",
    "Tcaron", "tcaron", "Tstrok", "tstrok", "Utilde", "utilde", "Umacr",  "umacr",  "Ubreve", "ubreve",
    "Uring",  "uring",  "Udblac", "udblac", "Uogon",  "uogon",  "Wcirc",  "wcirc",  "Ycirc",  "ycirc",
    "Yuml",   "Zacute", "zacute", "Zdot",   "zdot",   "Zcaron", "zcaron"};

long named_character(std::string_view name) {
  constexpr std::pair<std::string_view, long> kOthers[] = {
      {"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},     {"apos", '\''},
      {"commat", '@'},   {"period", '.'},   {"sol", '/'},      {"lowbar", '_'},   {"hyphen", 0x2010},
      {"colon", ':'},    {"num", '#'},      {"zwj", 0x200D},   {"zwnj", 0x200C},  {"inodot", 0x131},
      {"rsquo", 0x2019}, {"lsquo", 0x2018}, {"ndash", 0x2013}, {"mdash", 0x2014}, {"dash", 0x2010}};
  for (const auto& [known, value] : kOthers)
    if (known == name) return value;
  const auto at = std::find(kLatin1.begin(), kLatin1.end(), name);
  if (at != kLatin1.end()) return 0xA0 + (at - kLatin1.begin());
  const auto extended = std::find(kExtendedA.begin(), kExtendedA.end(), name);
  return extended == kExtendedA.end() ? -1 : 0x100 + (extended - kExtendedA.begin());
}

// &amp; &#233; &#xE9; and the same without a semicolon.
std::size_t reference(std::string_view text, std::size_t at, std::string& out) {
  std::size_t end = at + 1;
  const bool numeric = end < text.size() && text[end] == '#';
  if (numeric) {
    ++end;
    const bool hex = end < text.size() && (text[end] == 'x' || text[end] == 'X');
    if (hex) ++end;
    const std::size_t first = end;
    long value = 0;
    for (; end < text.size() && end - first < 10; ++end) {
      const int digit = hex_digit(text[end]);
      if (digit < 0 || (!hex && digit > 9)) break;
      value = std::min(value * (hex ? 16 : 10) + digit, 0x110000L);
    }
    if (end == first) return 0;
    append_code_point(out, value);
  } else {
    while (end < text.size() && end - at <= 8 &&
           ((text[end] >= 'a' && text[end] <= 'z') || (text[end] >= 'A' && text[end] <= 'Z') ||
            (text[end] >= '0' && text[end] <= '9')))
      ++end;
    const long value = named_character(text.substr(at + 1, end - at - 1));
    if (value < 0) return 0;
    append_code_point(out, value);
  }
  return (end < text.size() && text[end] == ';' ? end + 1 : end) - at;
}

std::string utf16(std::string_view bytes, std::size_t from, bool big) {
  std::string out;
  const auto unit = [&](std::size_t i) {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    return big ? first * 256L + second : second * 256L + first;
  };
  for (std::size_t i = from; i + 1 < bytes.size(); i += 2) {
    const long high = unit(i);
    if (high >= 0xD800 && high <= 0xDBFF && i + 3 < bytes.size()) {
      const long low = unit(i + 2);
      if (low >= 0xDC00 && low <= 0xDFFF) {
        append_code_point(out, 0x10000 + (high - 0xD800) * 0x400 + (low - 0xDC00));
        i += 2;
        continue;
      }
    }
    append_code_point(out, high);
  }
  return out;
}

}  // namespace

std::string without_escapes(std::string_view text) {
  constexpr auto kEscapes = [] {
    std::array<bool, 256> table{};
    for (const char c : {'\\', '&', '%'}) table[static_cast<unsigned char>(c)] = true;
    return table;
  }();
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    while (at < text.size() && !kEscapes[static_cast<unsigned char>(text[at])]) ++at;
    out.append(text.substr(from, at - from));
    if (at == text.size()) break;
    std::size_t used = 0;
    if (text[at] == '\\') used = backslash(text, at, out);
    if (text[at] == '&') used = reference(text, at, out);
    if (text[at] == '%') {
      const long byte = hex_at(text, at + 1, 2);
      const long unit =
          text.substr(at + 1, 1) == "u" ? hex_at(text, at + 2, 4) : -1;  // JavaScript's escape()
      if (byte >= 0) {
        out.push_back(static_cast<char>(byte));
        used = 3;
      } else if (unit >= 0) {
        append_code_point(out, unit);
        used = 6;
      }
    }
    if (used == 0) {
      out.push_back(text[at]);
      used = 1;
    }
    at += used;
  }
  return out;
}

std::string without_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '=') {
      out.push_back(text[at]);
      continue;
    }
    if (text.substr(at + 1, 1) == "\n") {
      at += 1;
    } else if (text.substr(at + 1, 2) == "\r\n") {
      at += 2;
    } else if (const long byte = hex_at(text, at + 1, 2); byte >= 0) {
      out.push_back(static_cast<char>(byte));
      at += 2;
    } else {
      out.push_back('=');
    }
  }
  return out;
}

std::string without_tags(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    const bool tag = text[at] == '<' && ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') ||
                                         next == '/' || next == '!' || next == '?');
    const auto close = tag ? text.find('>', at) : std::string_view::npos;
    if (close == std::string_view::npos) {
      out.push_back(text[at]);
    } else {
      at = close;
    }
  }
  return out;
}

std::string json_values(std::string_view json) {
  std::string out;
  std::string_view key;
  bool together = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    if (json[at] == '[') together = false;
    if (json[at] != '"') continue;
    std::size_t end = at + 1;
    while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2U : 1U;
    end = std::min(end, json.size());
    const auto value = json.substr(at + 1, end - at - 1);
    std::size_t after = end + 1;
    while (after < json.size() && (json[after] == ' ' || json[after] == '\n')) ++after;
    at = end;
    if (after < json.size() && json[after] == ':') {
      key = value;
      continue;
    }
    if (key == "salt") continue;
    if (key != "v" || !together) out.push_back('\n');
    out += value;
    together = key == "v";
  }
  return out;
}

std::vector<std::string> wide_readings(std::string_view bytes) {
  const bool zero = bytes.find('\0') != std::string_view::npos;
  const bool mark = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  if (!zero && !mark && base::is_utf8(bytes)) return {};
  std::vector<std::string> out;
  for (const bool big : {false, true})
    for (const std::size_t from : {std::size_t{0}, std::size_t{1}}) out.push_back(utf16(bytes, from, big));
  if (zero) {
    std::string narrow(bytes);
    std::erase(narrow, '\0');
    out.push_back(std::move(narrow));
  }
  return out;
}

std::string from_latin1(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) base::append_utf8(out, static_cast<unsigned char>(c));
  return out;
}

bool is_plain_text(std::string_view bytes) {
  const bool controls = std::any_of(bytes.begin(), bytes.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7F;
  });
  return !controls && base::is_utf8(bytes);
}

}  // namespace muniment::bundle
