// Bytes that come one after another: from a file, from memory, or out of what holds other files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "muniment/result.hpp"

namespace muniment::base {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Fills the front of `into`, which is not empty, and answers how much; 0 is the end.
  virtual Result<std::size_t> read(std::span<char> into) = 0;
  // How long it is, where that is known; then it can be sought in, too.
  virtual std::optional<std::uint64_t> size() const { return std::nullopt; }
  virtual Status seek(std::uint64_t to);
};

// Reads until `into` is full or the end has come.
Result<std::size_t> read_fully(ByteStream& stream, std::span<char> into);

// kNotFound, kDenied, kIo as the system says; kInvalid when it is not a plain file.
Result<std::unique_ptr<ByteStream>> open_stream(const std::filesystem::path& path);

class MemoryStream : public ByteStream {
 public:
  explicit MemoryStream(std::string bytes) : bytes_(std::move(bytes)) {}
  Result<std::size_t> read(std::span<char> into) override;
  std::optional<std::uint64_t> size() const override { return bytes_.size(); }
  Status seek(std::uint64_t to) override;

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

// A stream of which the beginning was looked at already.
class RejoinedStream : public ByteStream {
 public:
  RejoinedStream(std::string beginning, ByteStream& rest) : beginning_(std::move(beginning)), rest_(rest) {}
  Result<std::size_t> read(std::span<char> into) override;

 private:
  std::string beginning_;
  std::size_t at_ = 0;
  ByteStream& rest_;
};

}  // namespace muniment::base
