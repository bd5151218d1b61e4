#include "ledger/ledger_end.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <thread>
#include <utility>

namespace muniment::ledger {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Far beyond the file's own bytes, and those of app/turn.hpp.
constexpr off_t kFirstByte = off_t{1} << 58U;
enum Byte : int { kEnd = 0, kWanted = 1 };

constexpr milliseconds kBetweenTries{2};
// Who was waiting has several entries, often: they come in within this time.
constexpr milliseconds kForOthers{50};

struct flock lock_of(int byte, short type) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = kFirstByte + byte;
  lock.l_len = 1;
  return lock;
}

}  // namespace

LedgerEnd::LedgerEnd(const std::filesystem::path& file, milliseconds longest)
    : longest_(longest), file_(file.empty() ? -1 : ::open(file.c_str(), O_RDWR | O_CLOEXEC)) {}
LedgerEnd::LedgerEnd(LedgerEnd&& other) noexcept
    : longest_(other.longest_),
      file_(std::exchange(other.file_, -1)),
      held_(std::exchange(other.held_, Held::kNot)) {}
LedgerEnd::~LedgerEnd() {
  if (file_ >= 0) ::close(file_);
}

// False: somebody else has it.  Where there are no locks everything is granted.
bool LedgerEnd::lock(int byte, short type) const {
  auto wanted = lock_of(byte, type);
  return ::fcntl(file_, F_OFD_SETLK, &wanted) == 0 || (errno != EAGAIN && errno != EACCES);
}

bool LedgerEnd::is_wanted() const {
  if (file_ < 0) return false;
  auto others = lock_of(kWanted, F_WRLCK);
  return ::fcntl(file_, F_OFD_GETLK, &others) == 0 && others.l_type != F_UNLCK;
}

void LedgerEnd::take() {
  if (file_ < 0 || held_ == Held::kTaken) return;
  if (is_wanted()) std::this_thread::sleep_for(kForOthers);
  wait_for(F_WRLCK, Held::kTaken);
}

void LedgerEnd::enter() {
  if (file_ >= 0 && held_ == Held::kNot) wait_for(F_RDLCK, Held::kEntered);
}

void LedgerEnd::leave() {
  if (held_ == Held::kEntered) give_up();
}

void LedgerEnd::give_up() {
  if (held_ != Held::kNot) (void)lock(kEnd, F_UNLCK);
  held_ = Held::kNot;
}

void LedgerEnd::wait_for(short type, Held as) {
  const auto until = steady_clock::now() + longest_;
  bool is_seen = false;
  while (!lock(kEnd, type)) {
    if (steady_clock::now() >= until) break;
    if (!is_seen) is_seen = lock(kWanted, F_RDLCK);
    std::this_thread::sleep_for(kBetweenTries);
  }
  if (is_seen) (void)lock(kWanted, F_UNLCK);
  held_ = as;
}

}  // namespace muniment::ledger
