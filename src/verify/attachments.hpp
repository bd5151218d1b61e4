// Are the files that entries name there, and are they those that were sealed?  docs/formats/archive.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/aead.hpp"
#include "base/bytes.hpp"
#include "verify/packed_body.hpp"
#include "verify/report.hpp"

namespace muniment::verify {

inline constexpr std::uint64_t kLargestAttachment = std::uint64_t{64} << 20;  // bytes, unsealed

// Keeps the cipher's context; one thread at a time.
class AttachmentCheck {
 public:
  explicit AttachmentCheck(std::filesystem::path archive) : media_(std::move(archive) / "media") {}

  // Every media.N.file of a body that matches its commitment.
  void look_at(std::uint64_t seq, const base::Secret& secret, const OpenBody& body, Report& report);

  std::uint64_t named() const { return named_; }      // by entries
  std::uint64_t whole() const { return whole_; }      // there, and as sealed
  std::uint64_t present() const { return present_; }  // there, whatever is in them

 private:
  void look_at_one(std::uint64_t seq, const base::Secret& secret, std::uint16_t number, std::string_view name,
                   const OpenBody& body, Report& report);

  std::filesystem::path media_;
  base::Aead aead_;
  std::uint64_t named_ = 0, whole_ = 0, present_ = 0;
};

// Says what was looked at, and how many files in media/ no entry names.
void summarise_attachments(const std::filesystem::path& archive, std::uint64_t named, std::uint64_t whole,
                           std::uint64_t present, Report& report);

}  // namespace muniment::verify
