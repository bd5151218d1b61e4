#include "base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace muniment::base {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { (void)close_now(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }
  bool close_now() {
    const int fd = fd_;
    fd_ = -1;
    return fd < 0 || ::close(fd) == 0;
  }

 private:
  int fd_;
};

Error system_error(const std::string& doing, const fs::path& path) {
  const int number = errno;
  Error error{Code::kIo, doing + " " + path.string() + ": " + std::strerror(number), {}};
  if (number == ENOENT || number == ENOTDIR) error.code = Code::kNotFound;
  if (number == EACCES || number == EPERM || number == EROFS) error.code = Code::kDenied;
  if (number == EEXIST) error.code = Code::kConflict;
  if (number == ENOSPC || number == EDQUOT) error.hint = "free some space and run the same command again";
  return error;
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

// What has another name is somebody's who put it there.
void give(int fd, const fs::path& folder) {
  if (::geteuid() != 0) return;
  struct stat made {
  }, within{};
  if (::fstat(fd, &made) != 0 || ::stat(folder.c_str(), &within) != 0) return;
  if (made.st_uid != 0 || within.st_uid == 0 || (!S_ISDIR(made.st_mode) && made.st_nlink != 1)) return;
  (void)!::fchown(fd, within.st_uid, within.st_gid);
}

}  // namespace

Result<std::string> read_file(const fs::path& path, std::uint64_t most) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.ok()) return system_error("reading", path);
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return system_error("reading", path);
  if (!S_ISREG(info.st_mode)) return Error{Code::kInvalid, path.string() + " is not a plain file"};
  const auto size = static_cast<std::uint64_t>(info.st_size);
  if (size > most)
    return Error{Code::kInvalid, path.string() + " has " + std::to_string(size) + " bytes, more than the " +
                                     std::to_string(most) + " allowed here; nothing of it was read"};
  std::string out(size, '\0');
  std::size_t have = 0;
  while (have < out.size()) {
    const ssize_t n = ::read(file.get(), out.data() + have, out.size() - have);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return system_error("reading", path);
    if (n == 0) break;
    have += static_cast<std::size_t>(n);
  }
  out.resize(have);
  return out;
}

Status write_durably(const fs::path& path, std::string_view bytes, Mode mode, Owner owner) {
  const fs::path temporary = path.string() + ".part" + std::to_string(::getpid());
  Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
                         static_cast<mode_t>(mode)));
  if (!file.ok()) return system_error("writing", temporary);
  if (owner == Owner::kOfTheFolder) give(file.get(), folder_of(path));
  if (!write_all(file.get(), bytes) || ::fsync(file.get()) != 0 || !file.close_now() ||
      ::rename(temporary.c_str(), path.c_str()) != 0) {
    Error error = system_error("writing", path);
    ::unlink(temporary.c_str());
    return error;
  }
  return sync_folder(folder_of(path));
}

Status create_folder(const fs::path& path, Mode mode, Owner owner) {
  if (::mkdir(path.c_str(), mode == Mode::kPrivate ? 0700 : 0755) != 0) return system_error("creating", path);
  if (owner == Owner::kOfTheFolder) give_to_owner_of_folder(path);
  return sync_folder(folder_of(path));
}

void give_to_owner_of_folder(const fs::path& path) {
  const Descriptor made(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (made.ok()) give(made.get(), folder_of(path));
}

bool can_be_written(const std::filesystem::path& folder) {
  return ::faccessat(AT_FDCWD, folder.c_str(), W_OK, AT_EACCESS) == 0;
}

Status sync_folder(const fs::path& path) {
  const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.ok() || ::fsync(folder.get()) != 0) return system_error("syncing", path);
  return {};
}

}  // namespace muniment::base
