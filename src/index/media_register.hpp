// Which files items name, and what the archive holds of them.  All answers are as of the position the index
// had when asked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "index/media_state.hpp"
#include "ledger/entry.hpp"
#include "muniment/result.hpp"

namespace muniment::index {

// A file at an address that a version of an item names.
struct MediaRow {
  ledger::Seq version = 0;  // the entry that names it …
  std::uint16_t place = 0;  // … as its media.N.url
  MediaState state = MediaState::kNeverAsked;
  ledger::Seq entry = 0;  // the newest `media` entry about it; 0: there is none
  std::int64_t due = 0;   // kLater: from when on, milliseconds since 1970
};

struct MediaCounts {
  std::uint64_t held = 0, never_asked = 0, later = 0, refused = 0;
};

// A connection of its own, beside the projection's.  One thread at a time.
class MediaRegister {
 public:
  // As open_for_reading in index/file.hpp.
  static Result<MediaRegister> open(const std::filesystem::path& path, const std::string& origin);
  MediaRegister(MediaRegister&&) noexcept;
  MediaRegister& operator=(MediaRegister&&) noexcept;
  ~MediaRegister();

  // What is to be asked for at `now` (milliseconds since 1970) of what a source's items name; of items that
  // came from saved files when `source` is empty.  In the ledger's order.  `refused_too`: also what was
  // refused.
  Result<std::vector<MediaRow>> to_ask(std::string_view source, std::int64_t now, bool refused_too);
  Result<MediaCounts> counts(std::string_view source);  // likewise

  // Of one version, by place.
  Result<std::vector<MediaRow>> of(ledger::Seq version);

  // `media` entries that may hold a file of this SHA-256 (hexadecimal), oldest first.  The index only says
  // where to look.
  Result<std::vector<ledger::Seq>> with_content(std::string_view sha256);

 private:
  struct State;
  explicit MediaRegister(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace muniment::index
