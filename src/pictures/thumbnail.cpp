#include "pictures/thumbnail.hpp"

#include <png.h>

#include <array>
#include <new>
#include <utility>

#include "pictures/formats.hpp"
#include "pictures/shrink.hpp"

namespace muniment::pictures {
namespace {

using cage::Answer;
using namespace std::string_view_literals;

struct Kind {
  std::string_view begins;
  std::string_view goes_on;  // from its ninth byte
  Answer (*read)(std::string_view, Pixels&);
};
constexpr std::array kKinds = {
    Kind{"\xFF\xD8\xFF"sv, "", read_jpeg}, Kind{"\x89PNG\r\n\x1A\n"sv, "", read_png},
    Kind{"GIF87a"sv, "", read_gif},        Kind{"GIF89a"sv, "", read_gif},
    Kind{"RIFF"sv, "WEBP"sv, read_webp},
};

Answer decode(std::string_view picture, Pixels& out) {
  for (const auto& kind : kKinds)
    if (picture.starts_with(kind.begins) &&
        (kind.goes_on.empty() || (picture.size() > 8 && picture.substr(8).starts_with(kind.goes_on))))
      return kind.read(picture, out);
  return Answer::kKind;
}

bool is_opaque(const Pixels& picture) {
  for (std::size_t i = 3; i < picture.rgba.size(); i += 4)
    if (picture.rgba[i] != 255) return false;
  return true;
}

void without_alpha(Pixels& picture) {
  std::size_t to = 0;
  for (std::size_t i = 0; i < picture.rgba.size(); ++i)
    if (i % 4 != 3) picture.rgba[to++] = picture.rgba[i];
  picture.rgba.resize(to);
}

Answer write_png(Pixels picture, std::string& png) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = picture.width;
  image.height = picture.height;
  image.format = is_opaque(picture) ? PNG_FORMAT_RGB : PNG_FORMAT_RGBA;
  if (image.format == PNG_FORMAT_RGB) without_alpha(picture);
  png_alloc_size_t size = cage::kMostThumbnailBytes;
  png.resize(size);
  if (png_image_write_to_memory(&image, png.data(), &size, 0, picture.rgba.data(), 0, nullptr) == 0) {
    png.clear();
    return Answer::kTooLarge;
  }
  png.resize(size);
  return Answer::kDone;
}

}  // namespace

cage::Answer thumbnail(std::string_view picture, std::string& png) try {
  png.clear();
  if (picture.size() > cage::kMostPictureBytes) return Answer::kTooLarge;
  Pixels pixels;
  const auto answer = decode(picture, pixels);
  if (answer != Answer::kDone) return answer;
  return write_png(shrunk(std::move(pixels), cage::kThumbnailSide), png);
} catch (const std::bad_alloc&) {
  png.clear();
  return Answer::kTooLarge;
}

}  // namespace muniment::pictures
