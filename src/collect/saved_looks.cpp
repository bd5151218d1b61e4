#include "collect/saved_looks.hpp"

#include <algorithm>

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

}  // namespace muniment::collect
