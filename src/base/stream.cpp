#include "base/stream.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace muniment::base {
namespace {

Error refused(int code, const std::filesystem::path& path) {
  const auto kind = code == ENOENT || code == ENOTDIR ? Code::kNotFound
                    : code == EACCES || code == EPERM ? Code::kDenied
                                                      : Code::kIo;
  return {kind, "reading " + path.string() + ": " + std::strerror(code)};
}

class FileStream : public ByteStream {
 public:
  FileStream(int fd, std::uint64_t size) : fd_(fd), size_(size) {}
  ~FileStream() override { ::close(fd_); }
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;

  Result<std::size_t> read(std::span<char> into) override {
    for (;;) {
      const auto count = ::read(fd_, into.data(), into.size());
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) return Error{Code::kIo, std::string("reading the file: ") + std::strerror(errno)};
    }
  }
  std::optional<std::uint64_t> size() const override { return size_; }
  Status seek(std::uint64_t to) override {
    if (::lseek(fd_, static_cast<off_t>(to), SEEK_SET) >= 0) return {};
    return Error{Code::kIo, std::string("reading the file: ") + std::strerror(errno)};
  }

 private:
  int fd_;
  std::uint64_t size_;
};

std::size_t take(std::string_view from, std::size_t& at, std::span<char> into) {
  const auto count = std::min(from.size() - at, into.size());
  std::memcpy(into.data(), from.data() + at, count);
  at += count;
  return count;
}

}  // namespace

Status ByteStream::seek(std::uint64_t) {
  return Error{Code::kInternal, "this stream cannot be sought in"};
}

Result<std::size_t> read_fully(ByteStream& stream, std::span<char> into) {
  std::size_t filled = 0;
  while (filled < into.size()) {
    const auto count = stream.read(into.subspan(filled));
    if (!count) return count.error();
    if (*count == 0) break;
    filled += *count;
  }
  return filled;
}

Result<std::unique_ptr<ByteStream>> open_stream(const std::filesystem::path& path) {
  // O_NONBLOCK: a pipe that nobody writes to must not hold the program up.
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return refused(errno, path);
  struct stat facts {};
  if (::fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode)) {
    ::close(fd);
    return Error{Code::kInvalid, path.string() + " is not a plain file"};
  }
  return std::unique_ptr<ByteStream>(
      std::make_unique<FileStream>(fd, static_cast<std::uint64_t>(facts.st_size)));
}

Result<std::size_t> MemoryStream::read(std::span<char> into) {
  return take(bytes_, at_, into);
}

Status MemoryStream::seek(std::uint64_t to) {
  at_ = static_cast<std::size_t>(std::min<std::uint64_t>(to, bytes_.size()));
  return {};
}

Result<std::size_t> RejoinedStream::read(std::span<char> into) {
  if (at_ < beginning_.size()) return take(beginning_, at_, into);
  return rest_.read(into);
}

}  // namespace muniment::base
