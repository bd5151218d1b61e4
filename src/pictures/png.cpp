// libpng's simplified interface: it keeps its own errors, and hands on no chunk but the picture's.
#include <png.h>

#include "pictures/formats.hpp"

namespace muniment::pictures {

namespace {

using cage::Answer;

constexpr std::size_t kWidthAt = 16, kHeightAt = 20, kHeadEnds = 24;

std::uint64_t number(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
  return value;
}

}  // namespace

Answer read_png(std::string_view bytes, Pixels& out) {
  if (bytes.size() < kHeadEnds) return Answer::kDamaged;
  // Read by ourselves, for libpng's own limit tells a large picture and a damaged one not apart.
  const auto judged = judge_size(number(bytes, kWidthAt), number(bytes, kHeightAt));
  if (judged != Answer::kDone) return judged;
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) return Answer::kDamaged;
  image.format = PNG_FORMAT_RGBA;
  out.width = image.width;
  out.height = image.height;
  try {
    out.rgba.resize(PNG_IMAGE_SIZE(image));
  } catch (...) {
    png_image_free(&image);
    throw;
  }
  return png_image_finish_read(&image, nullptr, out.rgba.data(), 0, nullptr) != 0 ? Answer::kDone
                                                                                  : Answer::kDamaged;
}

}  // namespace muniment::pictures
