#include "app/known_media.hpp"

#include <algorithm>

namespace muniment::app {

Result<KnownMedia> KnownMedia::open(Archive& archive) {
  if (auto projection = archive.projection(); !projection) return projection.error();
  auto media = index::MediaRegister::open(archive.layout().index(), archive.settings().origin);
  if (!media) return media.error();
  return KnownMedia(archive, *std::move(media));
}

Status KnownMedia::at(ledger::Seq size) {
  auto projection = archive_->projection();
  if (!projection) return projection.error();
  if ((*projection)->position() >= size) return {};
  return Error{Code::kConflict, "the index is behind the ledger", "run the same command again"};
}

Result<bool> KnownMedia::is_held(ledger::Seq version, std::uint16_t place) {
  const auto rows = media_.of(version);
  if (!rows) return rows.error();
  return std::ranges::any_of(
      *rows, [&](const auto& row) { return row.place == place && row.state == index::MediaState::kHeld; });
}

Result<std::vector<ledger::Seq>> KnownMedia::with_content(std::string_view sha256) {
  return media_.with_content(sha256);
}

}  // namespace muniment::app
