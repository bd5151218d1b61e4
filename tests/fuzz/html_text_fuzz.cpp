// The scanner and the HTML5 parser read every text alike, and neither leaves UTF-8.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.hpp"
#include "sources/html_scan.hpp"
#include "sources/html_text.hpp"

using namespace muniment;  // NOLINT

namespace {

// The parser writes U+FFFD for control characters and noncharacters, which HTML5 lets stand.
std::string as_the_parser_writes(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = base::next_code_point(text, at);
    const bool is_control = (c < 0x20 && c != '\n' && c != '\t' && c != '\f') || (c >= 0x7f && c < 0xa0);
    const bool is_noncharacter = (c >= 0xfdd0 && c < 0xfdf0) || (c & 0xfffe) == 0xfffe;
    base::append_utf8(out, is_control || is_noncharacter ? U'\ufffd' : c);
  }
  return out;
}

// Addresses that differ in control characters only are one to the parser.
std::vector<std::string> each_once_as_the_parser_writes(const std::vector<std::string>& links) {
  std::vector<std::string> out;
  for (const auto& link : links) {
    auto written = as_the_parser_writes(link);
    if (std::find(out.begin(), out.end(), written) == out.end()) out.push_back(std::move(written));
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> links;
  if (!base::is_utf8(sources::text_of_html(html, &links))) std::abort();
  if (!base::is_utf8(html)) return 0;
  std::vector<std::string> scan_links;
  sources::HtmlLines strict(&scan_links);
  if (sources::scan_html(html, sources::HtmlScan::kStrict, strict)) {
    std::vector<std::string> tree_links;
    if (as_the_parser_writes(std::move(strict).take()) != sources::text_by_tree(html, &tree_links))
      std::abort();
    if (each_once_as_the_parser_writes(scan_links) != tree_links) std::abort();
  }
  sources::HtmlLines lenient(nullptr);
  sources::scan_html(html, sources::HtmlScan::kLenient, lenient);
  return base::is_utf8(std::move(lenient).take()) ? 0 : (std::abort(), 0);
}
