#include "support/made_pictures.hpp"

#include <cstdio>
// libjpeg's header needs <cstdio> before it.
#include <gif_lib.h>
#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>
#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "base/bytes.hpp"

namespace muniment::support {
namespace {

using Colour = std::array<std::uint8_t, 3>;
constexpr std::array<Colour, 4> kFields = {Colour{255, 0, 0}, Colour{0, 255, 0}, Colour{0, 0, 255},
                                           Colour{255, 255, 255}};

std::size_t field_at(const pictures::Pixels& picture, unsigned x, unsigned y) {
  return (y * 2 >= picture.height ? 2U : 0U) + (x * 2 >= picture.width ? 1U : 0U);
}

std::string without_alpha(const pictures::Pixels& picture) {
  std::string out;
  for (std::size_t i = 0; i < picture.rgba.size(); ++i)
    if (i % 4 != 3) out.push_back(static_cast<char>(picture.rgba[i]));
  return out;
}

int take_bytes(GifFileType* file, const GifByteType* bytes, int size) {
  static_cast<std::string*>(file->UserData)
      ->append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  return size;
}

std::string chunk(const std::string& name, const std::string& inside) {
  std::string out;
  base::append_u32(out, static_cast<std::uint32_t>(inside.size()));
  const auto said = name + inside;
  out += said;
  const auto sum = crc32(0, reinterpret_cast<const Bytef*>(said.data()), static_cast<uInt>(said.size()));
  base::append_u32(out, static_cast<std::uint32_t>(sum));
  return out;
}

}  // namespace

pictures::Pixels four_fields(unsigned width, unsigned height) {
  pictures::Pixels out{width, height, {}};
  for (unsigned y = 0; y < height; ++y)
    for (unsigned x = 0; x < width; ++x) {
      const auto& colour = kFields[field_at(out, x, y)];
      out.rgba.insert(out.rgba.end(), colour.begin(), colour.end());
      out.rgba.push_back(255);
    }
  return out;
}

std::string made_png(const pictures::Pixels& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = picture.width;
  image.height = picture.height;
  image.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = picture.rgba.size() * 2 + 4096;
  std::string out(size, '\0');
  if (png_image_write_to_memory(&image, out.data(), &size, 0, picture.rgba.data(), 0, nullptr) == 0)
    std::abort();
  out.resize(size);
  return out;
}

std::string made_webp(const pictures::Pixels& picture) {
  std::uint8_t* bytes = nullptr;
  const auto size =
      WebPEncodeLosslessRGBA(picture.rgba.data(), static_cast<int>(picture.width),
                             static_cast<int>(picture.height), static_cast<int>(picture.width * 4), &bytes);
  std::string out(reinterpret_cast<const char*>(bytes), size);
  WebPFree(bytes);
  return out;
}

std::string made_jpeg(const pictures::Pixels& picture, std::string_view exif, std::string_view comment) {
  jpeg_compress_struct head{};
  jpeg_error_mgr errors{};
  head.err = jpeg_std_error(&errors);
  jpeg_create_compress(&head);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&head, &bytes, &size);
  head.image_width = picture.width;
  head.image_height = picture.height;
  head.input_components = 3;
  head.in_color_space = JCS_RGB;
  jpeg_set_defaults(&head);
  jpeg_set_quality(&head, 95, TRUE);
  jpeg_start_compress(&head, TRUE);
  const auto add = [&](int marker, std::string_view text) {
    if (!text.empty())
      jpeg_write_marker(&head, marker, base::span_of(text).data(), static_cast<unsigned>(text.size()));
  };
  add(JPEG_APP0 + 1, exif);
  add(JPEG_COM, comment);
  auto rows = without_alpha(picture);
  while (head.next_scanline < head.image_height) {
    auto* row =
        reinterpret_cast<unsigned char*>(rows.data()) + std::size_t{head.next_scanline} * picture.width * 3;
    jpeg_write_scanlines(&head, &row, 1);
  }
  jpeg_finish_compress(&head);
  jpeg_destroy_compress(&head);
  std::string out(reinterpret_cast<const char*>(bytes), size);
  std::free(bytes);  // libjpeg took it with malloc
  return out;
}

std::string made_gif(unsigned width, unsigned height, int frames) {
  std::string out;
  auto* file = EGifOpen(&out, take_bytes, nullptr);
  std::array<GifColorType, 8> colours{};
  for (std::size_t i = 0; i < kFields.size(); ++i) colours[i] = {kFields[i][0], kFields[i][1], kFields[i][2]};
  auto* map = GifMakeMapObject(static_cast<int>(colours.size()), colours.data());
  EGifSetGifVersion(file, true);
  EGifPutScreenDesc(file, static_cast<int>(width), static_cast<int>(height), 8, 0, map);
  const pictures::Pixels shape{width, height, {}};
  for (int frame = 0; frame < frames; ++frame) {
    EGifPutImageDesc(file, 0, 0, static_cast<int>(width), static_cast<int>(height), false, nullptr);
    for (unsigned y = 0; y < height; ++y) {
      std::vector<GifPixelType> line;
      for (unsigned x = 0; x < width; ++x)
        line.push_back(frame == 0 ? static_cast<GifPixelType>(field_at(shape, x, y)) : GifPixelType{7});
      EGifPutLine(file, line.data(), static_cast<int>(width));
    }
  }
  EGifCloseFile(file, nullptr);
  GifFreeMapObject(map);
  return out;
}

std::string camera_note(unsigned orientation, std::string_view place) {
  std::string out("Exif\0\0MM\0\x2A", 10);
  base::append_u32(out, 8);  // where the directory begins
  base::append_u16(out, 2);
  base::append_u16(out, 0x0112);  // Orientation, one SHORT
  base::append_u16(out, 3);
  base::append_u32(out, 1);
  base::append_u16(out, static_cast<std::uint16_t>(orientation));
  base::append_u16(out, 0);
  base::append_u16(out, 0x8825);  // where GPS begins
  base::append_u16(out, 4);
  base::append_u32(out, 1);
  base::append_u32(out, 38);
  base::append_u32(out, 0);  // no further directory
  base::append_u16(out, 1);
  base::append_u16(out, 0x001D);  // a text of GPS's
  base::append_u16(out, 2);
  base::append_u32(out, static_cast<std::uint32_t>(place.size()));
  base::append_u32(out, 56);
  base::append_u32(out, 0);
  return out.append(place);
}

std::string png_that_says(std::uint32_t width, std::uint32_t height) {
  std::string head;
  base::append_u32(head, width);
  base::append_u32(head, height);
  head.append("\x08\x02\0\0\0", 5);
  return "\x89PNG\r\n\x1A\n" + chunk("IHDR", head) +
         chunk("IDAT", std::string("\x78\x9C\x63\0\0\0\1\0\1", 9)) + chunk("IEND", "");
}

std::array<int, 4> field_colour(const pictures::Pixels& picture, unsigned right, unsigned below) {
  const auto x = picture.width * (1 + 2 * right) / 4, y = picture.height * (1 + 2 * below) / 4;
  std::array<int, 4> out{};
  std::copy_n(&picture.rgba[(std::size_t{y} * picture.width + x) * 4], 4, out.begin());
  return out;
}

}  // namespace muniment::support
