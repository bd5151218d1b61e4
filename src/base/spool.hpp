// Bytes that come but once (standard input), kept where they can be read again: in a file without a name,
// that is gone with the process, whatever ends it.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "base/stream.hpp"
#include "muniment/result.hpp"

namespace muniment::base {

class Spool {
 public:
  // Reads the descriptor to its end.  The file is made in `folder`, for this account alone (0600).
  // kInvalid: there are more than `most` bytes; kUnavailable: `stop` was set (by a signal's handler, or
  // before more came); kIo as the system says (a full disk).  After an error nothing is left behind.
  static Result<std::shared_ptr<const Spool>> take(int descriptor, const std::filesystem::path& folder,
                                                   std::uint64_t most,
                                                   const std::atomic<bool>* stop = nullptr);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  // At the beginning, with a place of its own; not to be used after the spool is gone.
  std::unique_ptr<ByteStream> open() const;
  std::uint64_t size() const { return size_; }

 private:
  Spool(int file, std::uint64_t size) : file_(file), size_(size) {}

  int file_;
  std::uint64_t size_;
};

}  // namespace muniment::base
