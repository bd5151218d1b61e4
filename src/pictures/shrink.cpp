#include "pictures/shrink.hpp"

#include <algorithm>
#include <array>

namespace muniment::pictures {
namespace {

struct Box {
  std::size_t left, right, top, bottom;
};

// Colours count as much as they can be seen.
std::array<std::uint8_t, 4> mean(const Pixels& picture, const Box& box) {
  std::array<std::uint64_t, 3> colours{};
  std::uint64_t alpha = 0;
  for (auto y = box.top; y < box.bottom; ++y)
    for (auto x = box.left; x < box.right; ++x) {
      const auto* pixel = &picture.rgba[(y * picture.width + x) * 4];
      for (std::size_t i = 0; i < 3; ++i) colours[i] += std::uint64_t{pixel[i]} * pixel[3];
      alpha += pixel[3];
    }
  const auto covered = (box.right - box.left) * (box.bottom - box.top);
  std::array<std::uint8_t, 4> out{};
  if (alpha == 0) return out;
  for (std::size_t i = 0; i < 3; ++i) out[i] = static_cast<std::uint8_t>((colours[i] + alpha / 2) / alpha);
  out[3] = static_cast<std::uint8_t>((alpha + covered / 2) / covered);
  return out;
}

unsigned scaled(unsigned length, unsigned side, unsigned longer) {
  return std::max(1U, static_cast<unsigned>((std::uint64_t{length} * side + longer / 2) / longer));
}

}  // namespace

Pixels shrunk(Pixels picture, unsigned side) {
  const auto longer = std::max(picture.width, picture.height);
  if (longer <= side) return picture;
  Pixels out{scaled(picture.width, side, longer), scaled(picture.height, side, longer), {}};
  out.rgba.reserve(std::size_t{out.width} * out.height * 4);
  for (std::size_t y = 0; y < out.height; ++y)
    for (std::size_t x = 0; x < out.width; ++x) {
      const auto pixel =
          mean(picture, {x * picture.width / out.width, (x + 1) * picture.width / out.width,
                         y * picture.height / out.height, (y + 1) * picture.height / out.height});
      out.rgba.insert(out.rgba.end(), pixel.begin(), pixel.end());
    }
  return out;
}

}  // namespace muniment::pictures
