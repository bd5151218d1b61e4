#include "verify/attachments.hpp"

#include <charconv>
#include <optional>

#include "base/file.hpp"
#include "base/sha256.hpp"
#include "verify/damage.hpp"
#include "verify/leaf.hpp"

namespace muniment::verify {
namespace {

constexpr std::uint8_t kAttachmentKey = 0x23;
constexpr std::uint64_t kSealBytes = 16;
constexpr std::string_view kBefore = "media.";
constexpr std::string_view kAfter = ".file";

base::Hash attachment_key(const base::Secret& secret, std::uint64_t seq, std::uint16_t number) {
  base::Sha256 hasher;
  hasher.byte(kAttachmentKey);
  hasher.hash(secret);
  hasher.u64(seq);
  hasher.u16(number);
  return hasher.finish();
}

// N of "media.N.file"
std::optional<std::uint16_t> number_in(std::string_view field) {
  if (!field.starts_with(kBefore) || !field.ends_with(kAfter)) return std::nullopt;
  field.remove_prefix(kBefore.size());
  if (field.size() <= kAfter.size()) return std::nullopt;
  field.remove_suffix(kAfter.size());
  std::uint16_t number = 0;
  const auto [end, wrong] = std::from_chars(field.data(), field.data() + field.size(), number);
  if (wrong != std::errc{} || end != field.data() + field.size()) return std::nullopt;
  return field == std::to_string(number) ? std::optional(number) : std::nullopt;
}

bool is_file_name(std::string_view name) {
  return name.size() == 32 && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string called(std::uint16_t number) {
  return "its attachment " + std::to_string(number);
}

}  // namespace

void AttachmentCheck::look_at(std::uint64_t seq, const base::Secret& secret, const OpenBody& body,
                              Report& report) {
  for (const auto& field : body.fields)
    if (const auto number = number_in(field.name))
      look_at_one(seq, secret, *number, field.value, body, report);
  if (const auto cited = body.value("same-as")) look_at_same(seq, *cited, body, report);
}

// An entry that is gone was disposed of, or is a finding already.
void AttachmentCheck::look_at_same(std::uint64_t seq, std::string_view cited, const OpenBody& body,
                                   Report& report) {
  ++same_;
  const auto other = parse_number(cited.substr(0, cited.find(' ')));
  if (!other || *other >= seq)
    return report.find("attachment", seq,
                       "its file is said to be that of an earlier entry, and it names none");
  if (!bodies_) {
    auto opened = StoredBodies::open(archive_, dictionary_);
    if (!opened) return report_unreadable(report, opened.error(), "entries that hold the same file");
    bodies_ = *std::move(opened);
  }
  OpenBody holder;
  if (!bodies_->read(*other, holder)) return;
  if (!holder.value("media.0.file") || holder.value("media.0.sha256") != body.value("media.0.sha256"))
    report.find("attachment", seq,
                "its file is said to be that of entry " + std::to_string(*other) + ", and is another");
}

void AttachmentCheck::look_at_one(std::uint64_t seq, const base::Secret& secret, std::uint16_t number,
                                  std::string_view name, const OpenBody& body, Report& report) {
  ++named_;
  if (!is_file_name(name))
    return report.find("attachment", seq, called(number) + " has a name that is not one of a sealed file");
  const auto sealed = base::read_file(media_ / name, kLargestAttachment + kSealBytes);
  if (!sealed && sealed.error().code == Code::kNotFound)
    return report.find("attachment", seq, called(number) + " is gone from media/");
  ++present_;
  if (!sealed && sealed.error().code == Code::kInvalid)
    return report.find("attachment", seq, called(number) + " is not a file of a possible size");
  if (!sealed) return report_unreadable(report, sealed.error(), "the attachments in media/");
  const auto bytes = aead_.open(attachment_key(secret, seq, number), *sealed);
  if (!bytes) return report.find("attachment", seq, called(number) + ": the seal of its file is broken");
  const auto stated = body.value("media." + std::to_string(number) + ".sha256");
  if (!stated || base::to_hex(base::sha256(*bytes)) != *stated)
    return report.find("attachment", seq,
                       called(number) + " is not the file whose SHA-256 was sealed into the chain");
  ++whole_;
}

void summarise_attachments(const std::filesystem::path& archive, const AttachmentCounts& counts,
                           Report& report) {
  std::error_code wrong;
  std::uint64_t files = 0;
  for (std::filesystem::directory_iterator at(archive / "media", wrong), end; !wrong && at != end;
       at.increment(wrong))
    ++files;
  if (counts.named > 0)
    report.check(std::to_string(counts.whole) + " of " + std::to_string(counts.named) +
                 " attachments unsealed, against the SHA-256 in their entries");
  if (counts.same > 0)
    report.check(std::to_string(counts.same) + " more that are the file of an earlier entry");
  if (files > counts.present)
    report.remark(
        std::to_string(files - counts.present) +
        " files in media/ are named by no entry that can be read: of appends that were cut short or "
        "are under way, or not ours");
}

}  // namespace muniment::verify
