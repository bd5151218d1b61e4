#include "pictures/orientation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support/made_pictures.hpp"

namespace muniment::pictures {
namespace {

using namespace std::string_literals;

// A picture of three by two, each pixel a letter.
Pixels letters() {
  Pixels out{3, 2, {}};
  for (const char letter : "abcdef"s) out.rgba.insert(out.rgba.end(), 4, static_cast<std::uint8_t>(letter));
  return out;
}
std::string rows(const Pixels& picture) {
  std::string out;
  for (std::size_t i = 0; i < picture.rgba.size(); i += 4) {
    if (i != 0 && i / 4 % picture.width == 0) out.push_back('/');
    out.push_back(static_cast<char>(picture.rgba[i]));
  }
  return out;
}

TEST(Orientation, TurnsAndMirrorsAsExifSays) {
  const std::array<std::string, 9> expected = {"abc/def",  "abc/def",  "cba/fed",  "fed/cba", "def/abc",
                                               "ad/be/cf", "da/eb/fc", "fc/eb/da", "cf/be/ad"};
  for (unsigned orientation = 0; orientation < expected.size(); ++orientation)
    EXPECT_EQ(rows(turned(letters(), orientation)), expected[orientation]) << orientation;
  EXPECT_EQ(rows(turned(letters(), 9)), "abc/def");
}

TEST(Orientation, IsReadInEitherOrderOfBytes) {
  for (unsigned orientation = 1; orientation <= 8; ++orientation)
    EXPECT_EQ(orientation_in(support::camera_note(orientation, "here")), orientation);
  EXPECT_EQ(orientation_in("Exif\0\0II\x2A\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\x08\0\0\0"s), 8U);
}

TEST(Orientation, ThatCannotBeReadIsNone) {
  const auto note = support::camera_note(6, "here");
  for (const auto& said :
       {""s, "Exif\0\0"s, "Exif\0\0MM"s, "http://ns.adobe.com/xap/1.0/"s, "Exif\0\0XX"s + note.substr(8),
        support::camera_note(0, "here"), support::camera_note(9, "here"),
        "Exif\0\0MM\0\x2A\xFF\xFF\xFF\xFF\xFF\xFF"s, "Exif\0\0MM\0\x2A\0\0\0\x08\xFF\xFF"s})
    EXPECT_EQ(orientation_in(said), 1U);
  for (std::size_t size = 0; size < 28; ++size) EXPECT_LE(orientation_in(note.substr(0, size)), 8U);
}

}  // namespace
}  // namespace muniment::pictures
