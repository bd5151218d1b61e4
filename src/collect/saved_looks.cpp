#include "collect/saved_looks.hpp"

#include <algorithm>

#include "sources/beginning.hpp"
#include "sources/json_page.hpp"

namespace muniment::collect {

Result<std::string> beginning_of(base::ByteStream& stream, std::size_t most) {
  std::string bytes(std::min<std::uint64_t>(most, stream.size().value_or(most) + 1), '\0');
  for (std::size_t at = 0;; bytes.resize(most)) {
    const auto count = base::read_fully(stream, std::span(bytes).subspan(at));
    if (!count) return count.error();
    at += *count;
    if (at < bytes.size() || at == most) {
      bytes.resize(at);
      return bytes;
    }
  }
}

bool learn_from(base::ByteStream& stream, sources::SavedContext& context) {
  auto bytes = beginning_of(stream, sources::kOwnerMarkBytes);
  if (!bytes) return false;
  if (!sources::may_tell_owner(*bytes)) return true;
  const auto rest = beginning_of(stream, kMostOwnerBytes);
  if (!rest) return false;
  if (rest->size() < kMostOwnerBytes) sources::learn(bytes->append(*rest), context);
  return true;
}

std::string json_damage(std::string_view bytes) {
  const sources::Beginning beginning(bytes);
  if (!beginning.is_json()) return {};
  auto json = beginning.text();
  json.remove_prefix(json.find_first_of("{["));
  while (json.ends_with(';') || json.ends_with('\n') || json.ends_with('\r')) json.remove_suffix(1);
  const auto whole = sources::JsonPage::parse(json);
  // One object a line is no fault.
  if (whole || sources::JsonPage::parse(json.substr(0, json.find('\n')))) return {};
  return whole.error().what;
}

}  // namespace muniment::collect
