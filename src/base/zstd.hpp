// zstd frames with a fixed dictionary.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace muniment::base {

// A dictionary shared by any number of Zstd objects, on any thread.
class ZstdDictionary {
 public:
  // `bytes` must outlive it, and may be empty: frames without a dictionary.
  explicit ZstdDictionary(std::string_view bytes);
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
  // False: not one whole frame, another dictionary, or more than `most` bytes when unpacked; what is in
  // `out` is then of no use.  Otherwise `out` holds what was unpacked, and nothing else.
  bool decompress(std::string_view frame, std::size_t most, std::string& out);

 private:
  struct Contexts;
  const ZstdDictionary& dictionary_;
  std::unique_ptr<Contexts> contexts_;
};

}  // namespace muniment::base
