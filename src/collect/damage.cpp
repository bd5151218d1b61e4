#include "collect/damage.hpp"

#include <vector>

#include "collect/json_check.hpp"
#include "sources/beginning.hpp"
#include "sources/json_page.hpp"

namespace muniment::collect {
namespace {

constexpr std::size_t kChunk = 256U << 10;

// From the first value on; empty: it is no JSON.
std::string_view json_in(std::string_view held) {
  const sources::Beginning beginning(held);
  if (!beginning.is_json()) return {};
  const auto text = beginning.text();  // no more than the beginning's
  return held.substr(static_cast<std::size_t>(text.data() - held.data()) + text.find_first_of("{["));
}

JsonCheck check_of(std::string_view held, std::string_view json) {
  JsonCheck out(held.substr(0, held.size() - json.size()));
  out.take(json);
  return out;
}

}  // namespace

std::string damage_in(std::string_view whole) {
  auto json = json_in(whole);
  if (json.empty()) return {};
  const auto check = check_of(whole, json);
  while (json.ends_with(';') || json.ends_with('\n') || json.ends_with('\r')) json.remove_suffix(1);
  if (auto fault = check.fault(true); !fault.empty()) return fault;
  if (check.has_several()) return {};
  const auto parsed = sources::JsonPage::parse(json);
  return parsed ? std::string() : parsed.error().what;
}

std::string damage_in(std::string_view beginning, base::ByteStream& rest) {
  const auto json = json_in(beginning);
  if (json.empty()) return {};
  auto check = check_of(beginning, json);
  std::vector<char> chunk(kChunk);
  bool is_whole = false;
  for (auto read = std::uint64_t{beginning.size()};
       !is_whole && !check.is_decided() && read < kMostChecked;) {
    const auto count = rest.read(chunk);
    if (!count) return {};  // whoever holds the stream is told
    is_whole = *count == 0;
    read += *count;
    check.take(std::string_view(chunk.data(), *count));
  }
  // A text in brackets is none.
  return check.looked_like_json() ? check.fault(is_whole) : std::string();
}

Error damaged(const std::string& fault) {
  return {Code::kInvalid, "the file is JSON that cannot be read (" + fault + ")",
          "Have the export made, or copied, again.  The bytes are kept as they came, unless they seem to be "
          "private."};
}

}  // namespace muniment::collect
