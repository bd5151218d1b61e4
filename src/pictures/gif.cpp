// The first frame only: a file may announce any number of them.
#include <gif_lib.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "pictures/formats.hpp"

namespace muniment::pictures {
namespace {

using cage::Answer;

int give_bytes(GifFileType* file, GifByteType* into, int wanted) {
  auto& left = *static_cast<std::string_view*>(file->UserData);
  const auto given = std::min(static_cast<std::size_t>(std::max(wanted, 0)), left.size());
  if (given != 0) std::memcpy(into, left.data(), given);
  left.remove_prefix(given);
  return static_cast<int>(given);
}

struct Close {
  void operator()(GifFileType* file) const { DGifCloseFile(file, nullptr); }
};
using File = std::unique_ptr<GifFileType, Close>;

// Leaves the reader at the first frame; `clear`: the colour that is seen through, -1: none.
bool find_frame(GifFileType* file, int& clear) {
  for (;;) {
    GifRecordType record{};
    if (DGifGetRecordType(file, &record) == GIF_ERROR) return false;
    if (record == IMAGE_DESC_RECORD_TYPE) return DGifGetImageDesc(file) != GIF_ERROR;
    if (record != EXTENSION_RECORD_TYPE) return false;
    int code = 0;
    GifByteType* block = nullptr;
    if (DGifGetExtension(file, &code, &block) == GIF_ERROR) return false;
    while (block != nullptr) {
      GraphicsControlBlock control{};
      if (code == GRAPHICS_EXT_FUNC_CODE && DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK)
        clear = control.TransparentColor;
      if (DGifGetExtensionNext(file, &block) == GIF_ERROR) return false;
    }
  }
}

struct Frame {
  const ColorMapObject* colours;
  int clear;
  std::size_t left, top, width, height;
};

// What stands outside the screen is not seen.
void paint(const Frame& frame, std::size_t row, const std::vector<GifPixelType>& line, Pixels& out) {
  const auto y = frame.top + row;
  if (y >= out.height) return;
  for (std::size_t i = 0; i < frame.width && frame.left + i < out.width; ++i) {
    const int index = line[i];
    if (index == frame.clear || index >= frame.colours->ColorCount) continue;
    const auto& colour = frame.colours->Colors[index];
    auto* pixel = &out.rgba[(y * out.width + frame.left + i) * 4];
    pixel[0] = colour.Red;
    pixel[1] = colour.Green;
    pixel[2] = colour.Blue;
    pixel[3] = 255;
  }
}

Answer paint_all(GifFileType* file, const Frame& frame, bool is_laced, Pixels& out) {
  struct Pass {
    std::size_t first, step;
  };
  constexpr Pass kPlain[] = {{0, 1}};
  constexpr Pass kLaced[] = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
  std::vector<GifPixelType> line(frame.width);
  for (std::size_t pass = 0; pass < (is_laced ? 4U : 1U); ++pass) {
    const auto [first, step] = is_laced ? kLaced[pass] : kPlain[pass];
    for (auto row = first; row < frame.height; row += step) {
      if (DGifGetLine(file, line.data(), static_cast<int>(frame.width)) == GIF_ERROR) return Answer::kDamaged;
      paint(frame, row, line, out);
    }
  }
  return Answer::kDone;
}

std::size_t length(GifWord said) {
  return static_cast<std::size_t>(std::max(said, 0));
}

}  // namespace

cage::Answer read_gif(std::string_view bytes, Pixels& out) {
  const File file(DGifOpen(&bytes, give_bytes, nullptr));
  int clear = NO_TRANSPARENT_COLOR;
  if (!file || !find_frame(file.get(), clear)) return Answer::kDamaged;
  const auto& image = file->Image;
  for (const auto& [width, height] :
       {std::pair(file->SWidth, file->SHeight), std::pair(image.Width, image.Height)})
    if (const auto judged = judge_size(length(width), length(height)); judged != Answer::kDone) return judged;
  const auto* colours = image.ColorMap != nullptr ? image.ColorMap : file->SColorMap;
  if (colours == nullptr) return Answer::kDamaged;
  out.width = static_cast<unsigned>(file->SWidth);
  out.height = static_cast<unsigned>(file->SHeight);
  out.rgba.assign(std::size_t{out.width} * out.height * 4, 0);
  return paint_all(
      file.get(),
      {colours, clear, length(image.Left), length(image.Top), length(image.Width), length(image.Height)},
      image.Interlace, out);
}

}  // namespace muniment::pictures
