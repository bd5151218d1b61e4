// Small pictures that somebody made of files in the archive and keeps in the index, so that each is made
// once. They come sealed and go sealed: this room has no keys.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/entry.hpp"
#include "muniment/result.hpp"

namespace muniment::index {

struct KeptThumbnail {
  ledger::Seq entry = 0;    // whose media.`place`.file it was made of
  std::uint16_t place = 0;  // likewise
  std::string salt;         // 16 bytes
  std::string sealed;
};

// The newest so many are kept.
inline constexpr std::int64_t kMostThumbnails = 1'000;

// A connection of its own, beside the projection's.  One thread at a time.
class Thumbnails {
 public:
  // As open_for_adding in index/file.hpp.
  static Result<Thumbnails> open(const std::filesystem::path& path, const std::string& origin);
  Thumbnails(Thumbnails&&) noexcept;
  Thumbnails& operator=(Thumbnails&&) noexcept;
  ~Thumbnails();

  // What was made of a file of this SHA-256 (hexadecimal).  Whoever asks checks that it is of the file it
  // means.
  Result<std::optional<KeptThumbnail>> find(std::string_view sha256);
  // In place of what was made of the same file before.  kUnavailable: somebody else is writing the index, and
  // nothing was kept.
  Status keep(std::string_view sha256, const KeptThumbnail& thumbnail);
  // Of one entry's files; likewise.
  Status forget(ledger::Seq entry);
  // The entries whose files anything is kept of.
  Result<std::vector<ledger::Seq>> entries();

 private:
  struct State;
  explicit Thumbnails(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace muniment::index
