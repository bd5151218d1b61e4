#include <webp/decode.h>

#include <algorithm>

#include "pictures/formats.hpp"

namespace muniment::pictures {

using cage::Answer;

// Of one that moves libwebp reads nothing without its demultiplexer: there is no still picture in it.
Answer read_webp(std::string_view bytes, Pixels& out) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0) return Answer::kDamaged;
  if (WebPGetFeatures(data, bytes.size(), &config.input) != VP8_STATUS_OK) return Answer::kDamaged;
  if (config.input.has_animation != 0) return Answer::kKind;
  const auto width = static_cast<unsigned>(std::max(config.input.width, 0));
  const auto height = static_cast<unsigned>(std::max(config.input.height, 0));
  if (const auto judged = judge_size(width, height); judged != Answer::kDone) return judged;
  out.width = width;
  out.height = height;
  out.rgba.resize(std::size_t{width} * height * 4);
  config.output.colorspace = MODE_RGBA;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = out.rgba.data();
  config.output.u.RGBA.stride = static_cast<int>(width * 4);
  config.output.u.RGBA.size = out.rgba.size();
  const auto status = WebPDecode(data, bytes.size(), &config);
  WebPFreeDecBuffer(&config.output);
  return status == VP8_STATUS_OK              ? Answer::kDone
         : status == VP8_STATUS_OUT_OF_MEMORY ? Answer::kTooLarge
                                              : Answer::kDamaged;
}

}  // namespace muniment::pictures
