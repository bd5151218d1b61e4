// The questions of whoever fetches files, answered by the index.
#pragma once

#include "app/archive.hpp"
#include "collect/media.hpp"
#include "index/media_register.hpp"

namespace muniment::app {

// One thread at a time.
class KnownMedia final : public collect::MediaCatalogue {
 public:
  // The archive must outlive it.  Brings the index up to the ledger first.
  static Result<KnownMedia> open(Archive& archive);

  Status at(ledger::Seq size) override;
  Result<bool> is_held(ledger::Seq version, std::uint16_t place) override;
  Result<std::vector<ledger::Seq>> with_content(std::string_view sha256) override;

  index::MediaRegister& media() { return media_; }

 private:
  KnownMedia(Archive& archive, index::MediaRegister media) : archive_(&archive), media_(std::move(media)) {}

  Archive* archive_;
  index::MediaRegister media_;
};

}  // namespace muniment::app
