#include "base/spool.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

namespace muniment::base {
namespace {

constexpr std::size_t kChunk = 256U << 10;

Error system_error(const std::string& doing) {
  return {Code::kIo, doing + ": " + std::strerror(errno)};
}

// Where a file cannot be made without a name (some network disks), it loses its name at once.
int file_without_name(const std::filesystem::path& folder) {
  const int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return file;
  auto name = (folder / ".spool-XXXXXX").string();
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

bool write_all(int file, std::span<const char> bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

class SpoolStream : public ByteStream {
 public:
  SpoolStream(int file, std::uint64_t size) : file_(file), size_(size) {}

  Result<std::size_t> read(std::span<char> into) override {
    for (;;) {
      const auto count = ::pread(file_, into.data(), into.size(), static_cast<off_t>(at_));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return system_error("reading what was spooled");
      at_ += static_cast<std::uint64_t>(count);
      return static_cast<std::size_t>(count);
    }
  }
  std::optional<std::uint64_t> size() const override { return size_; }
  Status seek(std::uint64_t to) override {
    at_ = to;
    return {};
  }

 private:
  int file_;
  std::uint64_t size_;
  std::uint64_t at_ = 0;
};

}  // namespace

Result<std::shared_ptr<const Spool>> Spool::take(int descriptor, const std::filesystem::path& folder,
                                                 std::uint64_t most, const std::atomic<bool>* stop) {
  const int file = file_without_name(folder);
  if (file < 0) return system_error("making a file in " + folder.string());
  const std::shared_ptr<Spool> spool(new Spool(file, 0));
  std::array<char, kChunk> chunk{};
  for (;;) {
    if (stop != nullptr && stop->load())
      return Error{Code::kUnavailable, "stopped while reading; nothing of it was kept", "run it again"};
    // Unlike read(), this is never gone on with after a signal.
    pollfd waiting{descriptor, POLLIN, 0};
    if (::poll(&waiting, 1, -1) < 0) {
      if (errno == EINTR) continue;
      return system_error("reading");
    }
    const auto count = ::read(descriptor, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error("reading");
    if (count == 0) return std::shared_ptr<const Spool>(spool);
    const auto bytes = std::span<const char>(chunk).first(static_cast<std::size_t>(count));
    if (bytes.size() > most - spool->size_)
      return Error{Code::kInvalid,
                   "there are more than " + std::to_string(most) + " bytes; nothing was kept"};
    if (!write_all(file, bytes)) return system_error("writing to a file in " + folder.string());
    spool->size_ += bytes.size();
  }
}

Spool::~Spool() {
  ::close(file_);
}

std::unique_ptr<ByteStream> Spool::open() const {
  return std::make_unique<SpoolStream>(file_, size_);
}

}  // namespace muniment::base
