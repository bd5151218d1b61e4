// Are the files that entries name there, and are they those that were sealed?  docs/formats/archive.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/aead.hpp"
#include "base/bytes.hpp"
#include "verify/packed_body.hpp"
#include "verify/report.hpp"
#include "verify/stored_bodies.hpp"

namespace muniment::verify {

inline constexpr std::uint64_t kLargestAttachment = std::uint64_t{64} << 20;  // bytes, unsealed

// Keeps the cipher's context; one thread at a time.
class AttachmentCheck {
 public:
  AttachmentCheck(std::filesystem::path archive, std::string_view dictionary)
      : archive_(std::move(archive)), media_(archive_ / "media"), dictionary_(dictionary) {}

  // Every media.N.file of a body that matches its commitment, and whether the file that it says is the same
  // as another entry's is that.
  void look_at(std::uint64_t seq, const base::Secret& secret, const OpenBody& body, Report& report);

  std::uint64_t named() const { return named_; }      // by entries
  std::uint64_t whole() const { return whole_; }      // there, and as sealed
  std::uint64_t present() const { return present_; }  // there, whatever is in them
  std::uint64_t same() const { return same_; }        // entries whose file is another entry's

 private:
  void look_at_one(std::uint64_t seq, const base::Secret& secret, std::uint16_t number, std::string_view name,
                   const OpenBody& body, Report& report);

  void look_at_same(std::uint64_t seq, std::string_view cited, const OpenBody& body, Report& report);

  std::filesystem::path archive_, media_;
  std::string_view dictionary_;
  base::Aead aead_;
  std::optional<StoredBodies> bodies_;
  std::uint64_t named_ = 0, whole_ = 0, present_ = 0, same_ = 0;
};

// Says what was looked at, and how many files in media/ no entry names.
struct AttachmentCounts {
  std::uint64_t named = 0, whole = 0, present = 0, same = 0;
};
void summarise_attachments(const std::filesystem::path& archive, const AttachmentCounts& counts,
                           Report& report);

}  // namespace muniment::verify
