// Whatever the page: UTF-8 out, an identifier for every entry, and slices that are whole elements apart.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/utf8.hpp"
#include "sources/feed_page.hpp"

using namespace muniment;  // NOLINT

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view page(reinterpret_cast<const char*>(data), size);
  const auto reading = sources::read_feed(page, "https://council.example/feed", "");
  if (!reading) return base::is_utf8(reading.error().what) ? 0 : (std::abort(), 0);
  std::size_t end = 0;
  for (const auto& item : reading->items) {
    const auto& post = item.interaction;
    if (post.id.empty() || !base::is_utf8(post.text) || !base::is_utf8(post.summary)) std::abort();
    if (item.length == 0) continue;
    if (item.offset < end || item.offset + item.length > size) std::abort();
    if (page[item.offset] != '<' || page[item.offset + item.length - 1] != '>') std::abort();
    end = item.offset + item.length;
  }
  return 0;
}
