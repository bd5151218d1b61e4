// muniment-thumbnail, asked for a small picture.  It decodes hostile bytes in a process that holds nothing,
// and is believed nothing: what it answers is looked at before anybody is shown it.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "muniment/result.hpp"

namespace muniment::app {

struct ThumbnailProgram {
  std::filesystem::path path;
  std::chrono::milliseconds within{10'000};  // then it is killed
};

// Beside the running program, where both are installed.
ThumbnailProgram installed_thumbnail_program();

// A PNG of at most 256 pixels either way that holds nothing but its pixels.  kInvalid: no picture, of no kind
// that is read, too large, damaged, or such that the program was ended; kUnavailable: it took too long, or
// this system does not shut programs in; kNotFound: the program is not there.
Result<std::string> make_thumbnail(const ThumbnailProgram& program, std::string_view picture);

// Whether it is a PNG as muniment-thumbnail writes it: its size in bounds, and no chunk that could carry
// words.
bool is_plain_thumbnail(std::string_view png);

}  // namespace muniment::app
