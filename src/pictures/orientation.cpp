#include "pictures/orientation.hpp"

#include <algorithm>
#include <utility>

namespace muniment::pictures {
namespace {

constexpr std::string_view kExif("Exif\0\0", 6);
constexpr unsigned kAsItStands = 1;
constexpr std::uint32_t kOrientation = 0x0112, kShort = 3, kEntryBytes = 12;

// A TIFF's numbers, in its own order of bytes; 0 beyond its end.
struct Tiff {
  std::string_view bytes;
  bool is_big = false;
  std::uint32_t number(std::size_t at, std::size_t size) const {
    if (at > bytes.size() || bytes.size() - at < size) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
      value = value << 8 | static_cast<std::uint8_t>(bytes[at + (is_big ? i : size - 1 - i)]);
    return value;
  }
};

}  // namespace

unsigned orientation_in(std::string_view segment) {
  if (!segment.starts_with(kExif)) return kAsItStands;
  const Tiff tiff{segment.substr(kExif.size()), segment.substr(kExif.size()).starts_with("MM")};
  if (!tiff.is_big && !tiff.bytes.starts_with("II")) return kAsItStands;
  const std::size_t directory = tiff.number(4, 4);
  const auto entries = tiff.number(directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const auto at = directory + 2 + i * kEntryBytes;
    if (at >= tiff.bytes.size()) break;
    if (tiff.number(at, 2) != kOrientation || tiff.number(at + 2, 2) != kShort) continue;
    const auto said = tiff.number(at + 8, 2);
    return said >= 1 && said <= 8 ? said : kAsItStands;
  }
  return kAsItStands;
}

Pixels turned(Pixels picture, unsigned orientation) {
  if (orientation < 2 || orientation > 8) return picture;
  const bool lies = orientation >= 5;  // its rows are columns
  Pixels out{lies ? picture.height : picture.width, lies ? picture.width : picture.height, {}};
  out.rgba.resize(picture.rgba.size());
  const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_below = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  for (unsigned y = 0; y < out.height; ++y)
    for (unsigned x = 0; x < out.width; ++x) {
      auto column = lies ? y : x, row = lies ? x : y;
      if (from_right) column = picture.width - 1 - column;
      if (from_below) row = picture.height - 1 - row;
      const auto from = (std::size_t{row} * picture.width + column) * 4;
      std::copy_n(picture.rgba.begin() + static_cast<std::ptrdiff_t>(from), 4,
                  out.rgba.begin() + static_cast<std::ptrdiff_t>((std::size_t{y} * out.width + x) * 4));
    }
  return out;
}

}  // namespace muniment::pictures
