// A picture from anywhere: what is made of it is a small PNG that holds nothing but pixels, or nothing.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "app/thumbnail_program.hpp"
#include "pictures/thumbnail.hpp"

using namespace muniment;  // NOLINT

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string png;
  const auto answer = pictures::thumbnail({reinterpret_cast<const char*>(data), size}, png);
  if (answer == cage::Answer::kDone ? !app::is_plain_thumbnail(png) : !png.empty()) std::abort();
  return 0;
}
