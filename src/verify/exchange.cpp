#include "verify/exchange.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "verify/leaf.hpp"

namespace muniment::verify {
namespace {

// "offset seq", or "offset seq from length".
bool read_item(std::string_view line, FrameItem& out) {
  std::vector<std::uint64_t> numbers;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    const auto number = parse_number(line.substr(0, end));
    if (!number) return false;
    numbers.push_back(*number);
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  if (numbers.size() != 2 && numbers.size() != 4) return false;
  out.offset = numbers[0];
  out.seq = numbers[1];
  if (numbers.size() == 4) {
    out.from = numbers[2];
    out.length = numbers[3];
  }
  return true;
}

bool read_items(std::string_view text, std::vector<FrameItem>& out) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    FrameItem item;
    if (!read_item(line, item) || (!out.empty() && item.offset < out.back().offset)) return false;
    out.push_back(item);
  }
  return true;
}

}  // namespace

std::optional<std::string> bytes_of(const OpenBody& body, std::string_view name) {
  if (const auto whole = body.value(name)) return std::string(*whole);
  if (const auto coded = body.value(std::string(name) + ".b64")) return base::from_base64(*coded);
  std::string out;
  for (int part = 0; part < 10'000; ++part) {
    const std::string digits = std::to_string(part);
    const auto piece = body.value(std::string(name) + "." + std::string(4 - digits.size(), '0') + digits);
    if (!piece) return part == 0 ? std::nullopt : std::optional(out);
    out += *piece;
  }
  return out;
}

std::optional<Exchange> read_exchange(std::uint64_t seq, const OpenBody& body, std::string& why) {
  why.clear();
  const auto sha256 = body.value("payload.sha256");
  if (!sha256) return std::nullopt;
  auto frame = bytes_of(body, "frame");
  Exchange out{seq, std::move(frame).value_or(std::string()), {}, std::string(*sha256), std::nullopt};
  const auto items = bytes_of(body, "frame.items");
  if (items && !read_items(*items, out.items)) return why = "its list of items is not readable", std::nullopt;
  if (const auto size = body.value("payload.size")) {
    out.size = parse_number(*size);
    if (!out.size) return why = "the size of its page is not a number", std::nullopt;
  }
  if (!out.items.empty() && out.items.back().offset > out.frame.size())
    return why = "an item lies outside of its page", std::nullopt;
  return out;
}

bool put_together(const Exchange& exchange, const RawOf& raw, std::string& page) {
  page.clear();
  std::size_t at = 0;
  const std::string_view frame = exchange.frame;
  for (const auto& item : exchange.items) {
    const auto* bytes = raw(item.seq);
    if (bytes == nullptr) return false;
    const auto part =
        std::string_view(*bytes).substr(std::min<std::uint64_t>(item.from, bytes->size()), item.length);
    page.append(frame.substr(at, item.offset - at)).append(part);
    at = item.offset;
  }
  page.append(frame.substr(at));
  return true;
}

bool is_page_of(const Exchange& exchange, std::string_view page, const base::Hash& sha256) {
  return (!exchange.size || *exchange.size == page.size()) && base::to_hex(sha256) == exchange.sha256;
}

}  // namespace muniment::verify
