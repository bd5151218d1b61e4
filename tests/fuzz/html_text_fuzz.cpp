// The scanner and the HTML5 parser read every text alike, and neither leaves UTF-8.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/utf8.hpp"
#include "sources/html_scan.hpp"
#include "sources/html_text.hpp"

using namespace muniment;  // NOLINT

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> links;
  if (!base::is_utf8(sources::text_of_html(html, &links))) std::abort();
  if (!base::is_utf8(html)) return 0;
  std::vector<std::string> scan_links;
  sources::HtmlLines strict(&scan_links);
  if (sources::scan_html(html, sources::HtmlScan::kStrict, strict)) {
    std::vector<std::string> tree_links;
    if (std::move(strict).take() != sources::text_by_tree(html, &tree_links)) std::abort();
    if (scan_links != tree_links) std::abort();
  }
  sources::HtmlLines lenient(nullptr);
  sources::scan_html(html, sources::HtmlScan::kLenient, lenient);
  return base::is_utf8(std::move(lenient).take()) ? 0 : (std::abort(), 0);
}
