// Pages of JSON: whatever is read has a name, stays UTF-8, and is cut out of the page where it stands.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/utf8.hpp"
#include "sources/mastodon_page.hpp"
#include "sources/wordpress_page.hpp"

using namespace muniment;  // NOLINT

namespace {

void check(const Result<sources::Reading>& reading, std::string_view page) {
  if (!reading) {
    if (reading.error().code != Code::kInvalid || reading.error().what.empty()) std::abort();
    return;
  }
  std::size_t end = 0;
  for (const auto& item : reading->items) {
    if (item.interaction.id.empty() || !base::is_utf8(item.interaction.text)) std::abort();
    if (item.offset < end || item.length < 2 || item.offset + item.length > page.size()) std::abort();
    if (page[item.offset] != '{' || page[item.offset + item.length - 1] != '}') std::abort();
    end = item.offset + item.length;
    records::version_content(item.interaction);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view page(reinterpret_cast<const char*>(data), size);
  check(sources::read_mastodon(page, "https://town.example/"), page);
  check(sources::read_wordpress(page, "https://town.example/wp-json/"), page);
  check(sources::read_mastodon(page, ""), page);
  check(sources::read_wordpress(page, ""), page);
  return 0;
}
