#include "bundle/punycode.hpp"

#include <unicode/idna.h>

#include <cstdint>
#include <memory>

#include "base/check.hpp"

namespace muniment::bundle {
namespace {

constexpr std::size_t kLongest = 63;  // RFC 1035, a label

bool is_of_label(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

bool begins_label(std::string_view text, std::size_t at) {
  const auto mark = text.substr(at, 4);
  return mark.size() == 4 && (mark[0] == 'x' || mark[0] == 'X') && (mark[1] == 'n' || mark[1] == 'N') &&
         mark.substr(2) == "--" && (at == 0 || !is_of_label(text[at - 1]));
}

const icu::IDNA& idna() {
  static const std::unique_ptr<const icu::IDNA> made = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<const icu::IDNA> idna(
        icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_UNICODE, status));
    MUNIMENT_CHECK(U_SUCCESS(status) && idna != nullptr, "ICU's data of host names is installed");
    return idna;
  }();
  return *made;
}

// Empty when it stands for nothing.
std::string decoded(std::string_view label) {
  icu::UnicodeString out;
  icu::IDNAInfo info;
  UErrorCode status = U_ZERO_ERROR;
  idna().labelToUnicode(
      icu::UnicodeString::fromUTF8(icu::StringPiece(label.data(), static_cast<std::int32_t>(label.size()))),
      out, info, status);
  std::string text;
  if (U_SUCCESS(status)) out.toUTF8String(text);
  return begins_label(text, 0) ? std::string() : text;  // as it was, and marked as wrong
}

}  // namespace

std::string without_punycode(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (!begins_label(text, at)) {
      out.push_back(text[at++]);
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_of_label(text[end])) ++end;
    const auto label = text.substr(at, end - at);
    const auto plain = label.size() <= kLongest ? decoded(label) : std::string();
    out.append(plain.empty() ? label : std::string_view(plain));
    at = end;
  }
  return out;
}

}  // namespace muniment::bundle
