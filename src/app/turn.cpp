#include "app/turn.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

#include "base/sha256.hpp"

namespace muniment::app {

Turn::Turn(Turn&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

Turn::~Turn() {
  if (file_ >= 0) ::close(file_);
}

std::optional<Turn> Turn::to_follow(const Layout& layout) {
  return take(layout, 0);
}

std::optional<Turn> Turn::to_compare(const Layout& layout) {
  return take(layout, std::uint64_t{1} << 57U);  // beyond all sources
}

std::optional<Turn> Turn::to_poll(const Layout& layout, const std::string& source) {
  const auto hash = base::sha256(source);
  std::uint64_t place = 0;
  for (std::size_t i = 0; i < 7; ++i) place = place << 8U | hash[i];
  return take(layout, place + 1);
}

// An open file description's lock: it also keeps two turns of one process apart.
std::optional<Turn> Turn::take(const Layout& layout, std::uint64_t place) {
  Turn turn(::open(layout.settings().c_str(), O_RDWR | O_CLOEXEC));
  if (turn.file_ < 0) return turn;
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = static_cast<off_t>(place);
  lock.l_len = 1;
  if (::fcntl(turn.file_, F_OFD_SETLK, &lock) == 0) return turn;
  return std::nullopt;
}

}  // namespace muniment::app
