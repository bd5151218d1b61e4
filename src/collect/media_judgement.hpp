// Is what came the file that an item names, may it be kept, and if not, is it worth another try?
#pragma once

#include <string>
#include <string_view>

#include "base/seams.hpp"
#include "net/transport.hpp"

namespace muniment::collect {

// What is kept: pictures, sound, moving pictures, and documents; never web pages, programs or packed files.
bool is_kept_type(std::string_view type);

// Why a file is not there.  `reason` is one of a fixed list (docs/formats/capture.md), stored for ever;
// empty: it is there.
struct MediaFault {
  std::string_view reason = {};
  std::string words = {};  // a sentence for people
  explicit operator bool() const { return !reason.empty(); }
};

// `named`: as the item names the file.  `type`: found from the content of the answer's body.
MediaFault media_fault(const Result<net::Response>& answer, std::string_view named, std::string_view type);
// There is no address to ask at.
MediaFault no_media_address();

// How often a file is asked for that could not be had for this reason; what cannot change is asked for once.
int media_tries(std::string_view reason);
// How long to leave it after try number `attempt`, from 1: an hour or a day, four times as long each time.
std::chrono::milliseconds media_pause(std::string_view reason, int attempt);

}  // namespace muniment::collect
