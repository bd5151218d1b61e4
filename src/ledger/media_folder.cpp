#include "ledger/media_folder.hpp"

#include "base/file.hpp"

namespace muniment::ledger {
namespace {

constexpr std::uint64_t kSealBytes = 16;

}  // namespace

Status MediaBatch::write(std::span<const Sealed> batch) {
  for (const auto& sealed : batch)
    for (const auto& file : sealed.files) {
      if (folder_.empty()) return Error{Code::kInternal, "this ledger has no place for attachments"};
      std::error_code wrong;
      if (!std::filesystem::is_directory(folder_, wrong)) {
        auto made = base::create_folder(folder_, base::Mode::kShared, base::Owner::kOfTheFolder);
        if (!made && made.error().code != Code::kConflict) return made;
      }
      const auto path = folder_ / file.name;
      if (std::filesystem::exists(path, wrong))
        return Error{Code::kInternal, "the random name of an attachment was taken already"};
      if (auto done = base::write_durably(path, file.bytes, base::Mode::kPrivate, base::Owner::kOfTheFolder);
          !done)
        return done;
      written_.push_back(path);
    }
  return {};
}

void MediaBatch::undo() {
  std::error_code ignored;
  for (const auto& path : written_) std::filesystem::remove(path, ignored);
  written_.clear();
}

Result<std::string> read_media(const std::filesystem::path& folder, const std::string& name) {
  if (!is_attachment_name(name)) return Error{Code::kInvalid, "that is not the name of an attachment"};
  if (folder.empty()) return Error{Code::kNotFound, "this ledger has no attachments"};
  return base::read_file(folder / name, kMostAttachmentBytes + kSealBytes);
}

}  // namespace muniment::ledger
