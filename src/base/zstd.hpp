// zstd frames with a fixed dictionary.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace muniment::base {

// A dictionary digested once and shared by any number of Zstd objects, on any thread.
class ZstdDictionary {
 public:
  // `bytes` may be empty: frames without a dictionary.
  ZstdDictionary(std::string_view bytes, int level);
  ~ZstdDictionary();
  ZstdDictionary(const ZstdDictionary&) = delete;
  ZstdDictionary& operator=(const ZstdDictionary&) = delete;

 private:
  friend class Zstd;
  struct Digested;
  std::unique_ptr<Digested> digested_;
};

// Compression and decompression contexts, kept between calls; one thread at a time.
class Zstd {
 public:
  explicit Zstd(const ZstdDictionary& dictionary);
  ~Zstd();
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;

  // Appends one frame to `out`.
  void compress(std::string_view plain, std::string& out);
  // nullopt: not one whole frame, another dictionary, or more than `most` bytes when unpacked.
  std::optional<std::string> decompress(std::string_view frame, std::size_t most);

 private:
  struct Contexts;
  const ZstdDictionary& dictionary_;
  std::unique_ptr<Contexts> contexts_;
};

}  // namespace muniment::base
