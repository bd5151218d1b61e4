#include "collect/damage.hpp"

#include <algorithm>

#include "sources/beginning.hpp"
#include "sources/json_page.hpp"

namespace muniment::collect {
namespace {

struct Nesting {
  std::size_t deepest = 0;
  bool is_open = false;  // at the end, in a string, a list or an object
};

Nesting nesting_of(std::string_view json) {
  Nesting out;
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string && c == '\\')
      ++i;
    else if (c == '"')
      in_string = !in_string;
    else if (!in_string && (c == '{' || c == '['))
      out.deepest = std::max(out.deepest, ++depth);
    else if (!in_string && (c == '}' || c == ']') && depth > 0)
      --depth;
  }
  out.is_open = in_string || depth > 0;
  return out;
}

std::string_view json_in(std::string_view held) {
  const sources::Beginning beginning(held);
  if (!beginning.is_json()) return {};
  auto json = beginning.text();
  json.remove_prefix(json.find_first_of("{["));
  while (json.ends_with(';') || json.ends_with('\n') || json.ends_with('\r')) json.remove_suffix(1);
  return json;
}

}  // namespace

std::string damage_in(std::string_view held, bool is_whole) {
  const auto json = json_in(held);
  if (json.empty()) return {};
  const auto nesting = nesting_of(json);
  if (nesting.deepest > sources::kMostJsonDepth)
    return "it is nested more than " + std::to_string(sources::kMostJsonDepth) + " deep";
  if (!is_whole) return {};
  const auto parsed = sources::JsonPage::parse(json);
  if (parsed || sources::JsonPage::parse(json.substr(0, json.find('\n')))) return {};
  return nesting.is_open ? "it is cut short: it ends before all that it opens is closed"
                         : parsed.error().what;
}

Error damaged(const std::string& fault) {
  return {Code::kInvalid, "the file is JSON that cannot be read (" + fault + ")",
          "Have the export made, or copied, again.  The bytes are kept as they came, unless they seem to be "
          "private."};
}

}  // namespace muniment::collect
