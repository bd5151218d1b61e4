#include "app/attachments.hpp"

#include <algorithm>
#include <charconv>

#include "app/find.hpp"
#include "index/media_register.hpp"
#include "net/url.hpp"
#include "records/interaction.hpp"

namespace muniment::app {
namespace {

using index::MediaState;
using ledger::Seq;
using State = AttachmentStory::State;

constexpr std::uint16_t kMostListed = 1000;

std::string value(const records::Body& body, std::string_view name) {
  return std::string(records::value_of(body, name).value_or(""));
}

Seq number_in(std::string_view text) {
  Seq seq = 0;
  std::from_chars(text.data(), text.data() + text.size(), seq);
  return seq;
}

std::vector<AttachmentStory> supplied(Seq version, const records::Body& body) {
  std::vector<AttachmentStory> out;
  for (std::uint16_t i = 0; i < kMostListed; ++i) {
    const auto media = "media." + std::to_string(i);
    if (records::find(body, media + ".file") == nullptr) break;
    AttachmentStory one;
    one.number = one.file_number = i;
    one.state = State::kSupplied;
    one.named = value(body, media + ".name");
    one.type = value(body, media + ".type");
    one.size = value(body, media + ".size");
    one.sha256 = value(body, media + ".sha256");
    one.entry = one.file = version;
    out.push_back(std::move(one));
  }
  return out;
}

// What the newest `media` entry about the file says.
Status tell(ledger::Reader& reader, const index::MediaRow& row, AttachmentStory& one) {
  one.state = row.state == MediaState::kHeld      ? State::kHeld
              : row.state == MediaState::kLater   ? State::kLater
              : row.state == MediaState::kRefused ? State::kRefused
                                                  : State::kNeverAsked;
  if (row.entry == 0) return {};
  one.entry = row.entry;
  const auto body = reader.body(row.entry);
  if (!body && body.error().code == Code::kNotFound) return {};
  if (!body) return body.error();
  one.type = value(*body, "media.0.type");
  one.size = value(*body, "media.0.size");
  one.sha256 = value(*body, "media.0.sha256");
  one.fetched = value(*body, "fetched");
  if (one.fetched.empty()) one.fetched = value(*body, "started");
  one.reason = value(*body, "reason");
  one.words = value(*body, "words");
  one.again = value(*body, "again");
  one.actor = value(*body, "actor");
  if (one.state == State::kHeld) {
    const auto same = value(*body, "same-as");
    one.file = same.empty() ? row.entry : number_in(same);
  }
  return {};
}

// The entry that one.file is, or, when that was disposed of, another whose file is the same.
Result<records::Body> holder_of(Archive& archive, AttachmentStory& one) {
  auto body = archive.reader().body(one.file);
  if (body || body.error().code != Code::kNotFound) return body;
  auto known = index::MediaRegister::open(archive.layout().index(), archive.settings().origin);
  if (!known) return known.error();
  const auto others = known->with_content(one.sha256);
  if (!others) return others.error();
  for (const auto seq : *others) {
    auto other = archive.reader().body(seq);
    if (!other || !records::find(*other, "media.0.file")) continue;
    if (value(*other, "media.0.sha256") != one.sha256) continue;
    one.file = seq;
    return other;
  }
  return body;
}

Error not_there(const AttachmentStory& one) {
  if (one.state == State::kNeverAsked)
    return {Code::kNotFound, "nobody has fetched it yet", "`muniment media` fetches what items name"};
  return {Code::kNotFound, "its bytes are not in the archive: " + one.words, {}};
}

}  // namespace

Result<std::vector<AttachmentStory>> attachments_of(Archive& archive, Seq version,
                                                    const records::Body& body) {
  auto out = supplied(version, body);
  if (!out.empty()) return out;
  const auto media = records::interaction_of(body).media;
  if (media.empty()) return out;
  auto known = index::MediaRegister::open(archive.layout().index(), archive.settings().origin);
  if (!known) return known.error();
  const auto rows = known->of(version);
  if (!rows) return rows.error();
  for (std::size_t i = 0; i < std::min<std::size_t>(media.size(), kMostListed); ++i) {
    AttachmentStory one;
    one.number = static_cast<std::uint16_t>(i);
    one.named = net::shown_url(media[i].url);
    one.alt = media[i].alt;
    const auto row = std::ranges::find(*rows, one.number, &index::MediaRow::place);
    if (row != rows->end())
      if (auto told = tell(archive.reader(), *row, one); !told) return told.error();
    out.push_back(std::move(one));
  }
  return out;
}

Result<HeldFile> held_file(Archive& archive, const std::string& id, std::uint16_t number) {
  auto story = show(archive, id);
  if (!story) return story.error();
  if (story->versions.empty())
    return Error{Code::kNotFound, "nothing is held of it but what became of it", {}};
  auto version =
      std::ranges::find(story->versions, id, [](const auto& one) { return std::to_string(one.seq); });
  if (version == story->versions.end()) --version;
  auto one = std::ranges::find(version->attachments, number, &AttachmentStory::number);
  if (one == version->attachments.end())
    return Error{Code::kNotFound, "it has no attachment of that number",
                 "`muniment show` counts them, from 0"};
  if (one->file == 0) return not_there(*one);
  auto body = holder_of(archive, *one);
  if (!body) return body.error();
  return HeldFile{one->file, one->file_number, *std::move(body)};
}

Result<std::string> read_attachment(Archive& archive, const std::string& id, std::uint16_t number) {
  const auto file = held_file(archive, id, number);
  if (!file) return file.error();
  return archive.reader().attachment(file->entry, file->body, file->number);
}

}  // namespace muniment::app
