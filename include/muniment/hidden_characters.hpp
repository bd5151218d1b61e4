// Characters that nobody sees and that may yet say or change something: what a page has to name.
//
// They are the controls; Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties, version 15), which
// has the joiners, the bidirectional marks, the tags, and more; the separators of lines and paragraphs; and
// the interlinear marks.  Left alone are line feed and tab, and where emoji need them to be seen as one
// picture: the joiner and the variation selectors (UTS #51), and the tags of the three flags that have any.
#pragma once

#include <cstddef>
#include <string_view>

namespace muniment::markup {

struct CodePoint {
  char32_t code = 0;
  std::size_t bytes = 0;  // 0: there is none
};

// UTF-8 that is not sound gives single bytes, which are no character that is hidden.
inline CodePoint code_point_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC0 || at + bytes > text.size()) return {0xFFFD, 1};
  char32_t code = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {0xFFFD, 1};
    code = code << 6U | (byte(i) & 0x3FU);
  }
  return {code, bytes};
}

// `ends`: the first and the last of each range, in turn.
template <std::size_t N>
constexpr bool is_in(const char32_t (&ends)[N], char32_t code) {
  for (std::size_t i = 0; i + 1 < N; i += 2)
    if (code >= ends[i] && code <= ends[i + 1]) return true;
  return false;
}

constexpr bool is_hidden(char32_t code) {
  constexpr char32_t kHidden[] = {
      0x7F,   0x9F,   0xAD,   0xAD,   0x034F, 0x034F, 0x061C,  0x061C,  0x115F,  0x1160,  0x17B4,  0x17B5,
      0x180B, 0x180F, 0x200B, 0x200F, 0x2028, 0x202E, 0x2060,  0x206F,  0x3164,  0x3164,  0xFE00,  0xFE0F,
      0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0, 0xFFFB, 0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF};
  return code >= 0x7F ? is_in(kHidden, code) : code < 0x20 && code != '\n' && code != '\t';
}

// Pictures, and signs that may be shown as one.
constexpr bool is_pictograph(char32_t code) {
  constexpr char32_t kPictures[] = {0xA9,   0xA9,   0xAE,   0xAE,   0x203C, 0x203C, 0x2049,  0x2049,
                                    0x2122, 0x2122, 0x2139, 0x2139, 0x2190, 0x21FF, 0x2300,  0x23FF,
                                    0x24C2, 0x24C2, 0x25A0, 0x27BF, 0x2934, 0x2935, 0x2B00,  0x2BFF,
                                    0x3030, 0x3030, 0x303D, 0x303D, 0x3297, 0x3299, 0x1F000, 0x1FAFF};
  return is_in(kPictures, code);
}

constexpr char32_t kJoiner = 0x200D, kTextShape = 0xFE0E, kPictureShape = 0xFE0F, kKeycap = 0x20E3;

// Reads a text from its start, and says of each character whether it is to be named.
class HiddenCharacters {
 public:
  explicit HiddenCharacters(std::string_view text) : text_(text) {}

  struct Next {
    CodePoint character;
    bool hidden = false;
  };
  // Bytes 0 at the end.
  Next next() {
    const auto now = code_point_at(text_, at_);
    if (now.bytes == 0) return {};
    const bool hidden = is_hidden(now.code) && !belongs_to_a_picture(now);
    if (flag_left_ > 0) --flag_left_;
    if (now.code == kFlag) flag_left_ = tags_of_a_flag(at_ + now.bytes);
    before_ = hidden ? 0 : now.code;
    picture_ = is_pictograph(now.code) || (picture_ && !hidden && now.code == kPictureShape);
    at_ += now.bytes;
    return {now, hidden};
  }

 private:
  static constexpr char32_t kFlag = 0x1F3F4;

  bool belongs_to_a_picture(const CodePoint& now) const {
    const char32_t after = code_point_at(text_, at_ + now.bytes).code;
    if (now.code == kTextShape || now.code == kPictureShape) {
      const bool key = (before_ >= '0' && before_ <= '9') || before_ == '#' || before_ == '*';
      return is_pictograph(before_) || (key && after == kKeycap);
    }
    if (now.code == kJoiner) return picture_ && is_pictograph(after);
    return flag_left_ > 0;
  }

  // England, Scotland, Wales: the letters as tags, and the tag that ends them.
  std::size_t tags_of_a_flag(std::size_t at) const {
    for (const std::string_view region : {"gbeng", "gbsct", "gbwls"}) {
      std::size_t place = at;
      bool same = true;
      for (const char letter : region) {
        const auto tag = code_point_at(text_, place);
        same = same && tag.code == 0xE0000U + static_cast<unsigned char>(letter);
        place += tag.bytes;
      }
      if (same && code_point_at(text_, place).code == 0xE007F) return region.size() + 1;
    }
    return 0;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t flag_left_ = 0;  // tags that are still part of a flag
  char32_t before_ = 0;
  bool picture_ = false;  // what came before is a picture, in its shape
};

inline bool holds_hidden(std::string_view text) {
  HiddenCharacters characters(text);
  for (auto next = characters.next(); next.character.bytes > 0; next = characters.next())
    if (next.hidden) return true;
  return false;
}

}  // namespace muniment::markup
