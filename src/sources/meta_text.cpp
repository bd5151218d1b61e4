#include "sources/meta_text.hpp"

#include "base/utf8.hpp"

namespace muniment::sources {

std::string meta_text(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  bool beyond_ascii = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      bytes.push_back(text[i]);
    } else if ((c == 0xc2 || c == 0xc3) && i + 1 < text.size()) {
      beyond_ascii = true;
      const auto low = static_cast<unsigned char>(text[++i]) & 0x3fU;
      bytes.push_back(static_cast<char>((c & 0x03U) << 6 | low));
    } else {
      return std::string(text);
    }
  }
  return beyond_ascii && base::is_utf8(bytes) ? bytes : std::string(text);
}

}  // namespace muniment::sources
