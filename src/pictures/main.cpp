// muniment-thumbnail: a picture on its input, a small PNG on its output.  It shuts itself in before it reads,
// and holds nothing that is worth taking: cage/thumbnail_answer.hpp says how it ends.
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "cage/shut_in.hpp"
#include "pictures/thumbnail.hpp"

namespace {

using muniment::cage::Answer;

constexpr muniment::cage::Bounds kBounds{1U << 30, 10, muniment::cage::kMostThumbnailBytes};
constexpr std::size_t kPiece = 1U << 20;

// One byte more than may be read tells that there is more.
bool read_all(std::string& into) {
  std::string piece(kPiece, '\0');
  while (into.size() <= muniment::cage::kMostPictureBytes) {
    const auto got = ::read(STDIN_FILENO, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) return true;
    into.append(piece, 0, static_cast<std::size_t>(got));
  }
  return true;
}

bool write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Answer work() {
  if (!muniment::cage::shut_in(kBounds)) return Answer::kNoCage;
  std::string picture, png;
  if (!read_all(picture)) return Answer::kDamaged;
  const auto answer = muniment::pictures::thumbnail(picture, png);
  return answer == Answer::kDone && !write_all(png) ? Answer::kNotSaid : answer;
}

}  // namespace

// Past everything that libraries, and sanitizers, would do at the end: little of it is allowed.
int main() {
  ::syscall(SYS_exit_group, static_cast<int>(work()));
}
