// libjpeg reports errors by a call that must not return; nothing with a destructor lives between it and
// setjmp.
#include <csetjmp>
#include <cstddef>
#include <cstdio>
// libjpeg's headers need <cstdio> before them.
#include <jerror.h>
#include <jpeglib.h>

#include <algorithm>
#include <utility>

#include "pictures/formats.hpp"
#include "pictures/orientation.hpp"
#include "pictures/shrink.hpp"

namespace muniment::pictures {
namespace {

using cage::Answer;

constexpr int kExifMarker = JPEG_APP0 + 1;
constexpr unsigned kEighths = 8;

struct Decoder {
  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  ~Decoder() { jpeg_destroy_decompress(&head); }
  jpeg_decompress_struct head{};
  jpeg_error_mgr errors{};
  std::jmp_buf away{};
  bool ends_early = false;
};

[[noreturn]] void give_up(j_common_ptr common) {
  std::longjmp(static_cast<Decoder*>(common->client_data)->away, 1);
}

// libjpeg goes on where a file ends too early, and paints the rest grey.
void take_note(j_common_ptr common, int level) {
  if (level >= 0) return;
  const auto code = common->err->msg_code;
  if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER)
    static_cast<Decoder*>(common->client_data)->ends_early = true;
}

void say_nothing(j_common_ptr) {}

void begin(Decoder& decoder, std::string_view bytes) {
  decoder.head.err = jpeg_std_error(&decoder.errors);
  decoder.head.client_data = &decoder;
  decoder.errors.error_exit = give_up;
  decoder.errors.emit_message = take_note;
  decoder.errors.output_message = say_nothing;
  jpeg_create_decompress(&decoder.head);
  decoder.head.client_data = &decoder;
  jpeg_save_markers(&decoder.head, kExifMarker, 0xFFFF);
  jpeg_mem_src(&decoder.head, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

// As small as will still be shrunk: much is then never computed.
unsigned eighths_for(unsigned longer) {
  for (unsigned eighths : {1U, 2U, 4U})
    if (longer / kEighths * eighths >= 2 * cage::kThumbnailSide) return eighths;
  return kEighths;
}

void choose_output(jpeg_decompress_struct& head) {
  head.scale_num = eighths_for(std::max(head.image_width, head.image_height));
  head.scale_denom = kEighths;
  head.dct_method = JDCT_ISLOW;
  head.out_color_space = head.num_components == 4 ? JCS_CMYK : JCS_EXT_RGBA;
}

// Adobe writes its four inks the other way round.
void inks_to_light(std::uint8_t* row, std::size_t pixels, bool is_adobe) {
  for (auto* pixel = row; pixels-- > 0; pixel += 4) {
    const unsigned black = is_adobe ? pixel[3] : 255U - pixel[3];
    for (std::size_t i = 0; i < 3; ++i)
      pixel[i] = static_cast<std::uint8_t>((is_adobe ? pixel[i] : 255U - pixel[i]) * black / 255U);
    pixel[3] = 255;
  }
}

void read_rows(jpeg_decompress_struct& head, Pixels& out) {
  const bool is_ink = head.out_color_space == JCS_CMYK, is_adobe = head.saw_Adobe_marker != 0;
  while (head.output_scanline < head.output_height) {
    auto* row = &out.rgba[std::size_t{head.output_scanline} * out.width * 4];
    jpeg_read_scanlines(&head, &row, 1);
    if (is_ink) inks_to_light(row, out.width, is_adobe);
  }
}

unsigned orientation_of(const jpeg_decompress_struct& head) {
  for (const auto* marker = head.marker_list; marker != nullptr; marker = marker->next) {
    const auto said =
        orientation_in({reinterpret_cast<const char*>(marker->data), std::size_t{marker->data_length}});
    if (said != 1) return said;
  }
  return 1;
}

Answer decode(Decoder& decoder, std::string_view bytes, Pixels& out, unsigned& orientation) {
  if (setjmp(decoder.away) != 0)
    return decoder.errors.msg_code == JERR_OUT_OF_MEMORY ? Answer::kTooLarge : Answer::kDamaged;
  begin(decoder, bytes);
  auto& head = decoder.head;
  if (jpeg_read_header(&head, TRUE) != JPEG_HEADER_OK) return Answer::kDamaged;
  if (const auto judged = judge_size(head.image_width, head.image_height); judged != Answer::kDone)
    return judged;
  orientation = orientation_of(head);
  choose_output(head);
  jpeg_start_decompress(&head);
  out.width = head.output_width;
  out.height = head.output_height;
  out.rgba.resize(std::size_t{out.width} * out.height * 4);
  read_rows(head, out);
  jpeg_finish_decompress(&head);
  return decoder.ends_early ? Answer::kDamaged : Answer::kDone;
}

}  // namespace

cage::Answer read_jpeg(std::string_view bytes, Pixels& out) {
  Decoder decoder;
  unsigned orientation = 1;
  const auto answer = decode(decoder, bytes, out, orientation);
  if (answer == Answer::kDone) out = turned(shrunk(std::move(out), cage::kThumbnailSide), orientation);
  return answer;
}

}  // namespace muniment::pictures
