#include "app/thumbnail.hpp"

#include <array>

#include "app/attachments.hpp"
#include "base/aead.hpp"
#include "index/thumbnails.hpp"
#include "ledger/commitment.hpp"

namespace muniment::app {
namespace {

using index::Thumbnails;

struct File {
  HeldFile held;
  base::Secret secret{};
  std::string name;    // in the folder of media
  std::string sha256;  // hexadecimal

  base::Hash key(std::string_view salt) const {
    return ledger::derived_key(secret, held.entry, held.number, salt);
  }
};

Result<File> find_file(Archive& archive, const std::string& id, std::uint16_t number) {
  auto held = held_file(archive, id, number);
  if (!held) return held.error();
  auto secret = archive.reader().secret(held->entry);
  if (!secret) return secret.error();
  const auto media = "media." + std::to_string(held->number);
  std::string name(records::value_of(held->body, media + ".file").value_or(""));
  std::string sha256(records::value_of(held->body, media + ".sha256").value_or(""));
  return File{*std::move(held), *secret, std::move(name), std::move(sha256)};
}

Result<Thumbnails> kept_ones(Archive& archive) {
  return Thumbnails::open(archive.layout().index(), archive.settings().origin);
}

// Of what was disposed of nothing small stays either.  An index that cannot be written now holds what nobody
// can unseal.
void forget_what_is_gone(Archive& archive) {
  auto kept = kept_ones(archive);
  if (!kept) return;
  const auto entries = kept->entries();
  if (!entries) return;
  for (const auto entry : *entries) {
    const auto body = archive.reader().body(entry);
    if (!body && body.error().code == Code::kNotFound) (void)kept->forget(entry);
  }
}

// Empty: there is none that was made of this very file, and by somebody who had its secret.
std::string kept_thumbnail(Archive& archive, const File& file) {
  std::error_code wrong;
  if (!std::filesystem::exists(archive.layout().media() / file.name, wrong)) return {};
  auto kept = kept_ones(archive);
  if (!kept) return {};
  const auto found = kept->find(file.sha256);
  if (!found || !*found) return {};
  const auto& one = **found;
  if (one.entry != file.held.entry || one.place != file.held.number) return {};
  auto png = base::Aead().open(file.key(one.salt), one.sealed);
  return png && is_plain_thumbnail(*png) ? *std::move(png) : std::string();
}

Status keep(Archive& archive, const File& file, std::string_view png) {
  auto kept = kept_ones(archive);
  if (!kept) return kept.error();
  std::array<std::uint8_t, 16> drawn{};
  archive.entropy().fill(drawn);
  const std::string salt(base::view(drawn));
  return kept->keep(file.sha256,
                    {file.held.entry, file.held.number, salt, base::Aead().seal(file.key(salt), png)});
}

}  // namespace

Result<ThumbnailAnswer> thumbnail_of(Archive& archive, const std::string& id, std::uint16_t number,
                                     const ThumbnailProgram& program) {
  const auto file = find_file(archive, id, number);
  if (!file) {
    if (file.error().code == Code::kNotFound) forget_what_is_gone(archive);
    return file.error();
  }
  if (auto png = kept_thumbnail(archive, *file); !png.empty())
    return ThumbnailAnswer{std::move(png), true, {}};
  const auto picture = archive.reader().attachment(file->held.entry, file->held.body, file->held.number);
  if (!picture) {
    if (auto kept = kept_ones(archive); kept) (void)kept->forget(file->held.entry);
    return picture.error();
  }
  auto png = make_thumbnail(program, *picture);
  if (!png) return png.error();
  ThumbnailAnswer answer{*std::move(png), false, {}};
  if (const auto done = keep(archive, *file, answer.png); !done)
    answer.remarks.push_back("it is made again the next time: " + done.error().what);
  return answer;
}

}  // namespace muniment::app
