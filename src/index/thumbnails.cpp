#include "index/thumbnails.hpp"

#include <utility>

#include "index/file.hpp"

namespace muniment::index {
namespace {

constexpr std::string_view kFind = "SELECT entry, place, salt, sealed FROM thumbnail WHERE content = ?1";
constexpr std::string_view kKeep =
    "INSERT OR REPLACE INTO thumbnail(content, entry, place, salt, sealed) VALUES (?1, ?2, ?3, ?4, ?5)";
constexpr std::string_view kMakeRoom =
    "DELETE FROM thumbnail WHERE number <= (SELECT number FROM thumbnail ORDER BY number DESC LIMIT 1 OFFSET "
    "?1)";
constexpr std::string_view kForget = "DELETE FROM thumbnail WHERE entry = ?1";
constexpr std::string_view kEntries = "SELECT DISTINCT entry FROM thumbnail ORDER BY entry";

}  // namespace

struct Thumbnails::State {
  Opened opened;

  Result<db::Statement> prepare(std::string_view text) { return about_index(opened.database.prepare(text)); }
  std::int64_t content(std::string_view sha256) const {
    return static_cast<std::int64_t>(opened.keys.raw_digest(sha256));
  }
};

Thumbnails::Thumbnails(std::unique_ptr<State> state) : state_(std::move(state)) {}
Thumbnails::Thumbnails(Thumbnails&&) noexcept = default;
Thumbnails& Thumbnails::operator=(Thumbnails&&) noexcept = default;
Thumbnails::~Thumbnails() = default;

Result<Thumbnails> Thumbnails::open(const std::filesystem::path& path, const std::string& origin) {
  auto opened = open_for_adding(path, origin);
  if (!opened) return opened.error();
  return Thumbnails(std::make_unique<State>(State{*std::move(opened)}));
}

Result<std::optional<KeptThumbnail>> Thumbnails::find(std::string_view sha256) {
  auto statement = state_->prepare(kFind);
  if (!statement) return statement.error();
  statement->bind(1, state_->content(sha256));
  const auto row = statement->step();
  if (!row) return about_index(row.error());
  if (!*row) return std::optional<KeptThumbnail>();
  return std::optional(KeptThumbnail{static_cast<ledger::Seq>(statement->integer(0)),
                                     static_cast<std::uint16_t>(statement->integer(1)),
                                     std::string(statement->blob(2)), std::string(statement->blob(3))});
}

Status Thumbnails::keep(std::string_view sha256, const KeptThumbnail& thumbnail) {
  auto transaction = db::Transaction::begin(state_->opened.database);
  if (!transaction) return about_index(transaction.error());
  auto add = state_->prepare(kKeep);
  if (!add) return add.error();
  add->bind(1, state_->content(sha256))
      .bind(2, static_cast<std::int64_t>(thumbnail.entry))
      .bind(3, thumbnail.place);
  if (auto added = add->bind_blob(4, thumbnail.salt).bind_blob(5, thumbnail.sealed).run(); !added)
    return about_index(added.error());
  auto make_room = state_->prepare(kMakeRoom);
  if (!make_room) return make_room.error();
  if (auto made = make_room->bind(1, kMostThumbnails).run(); !made) return about_index(made.error());
  auto done = transaction->commit();
  return done ? done : about_index(done.error());
}

Status Thumbnails::forget(ledger::Seq entry) {
  auto statement = state_->prepare(kForget);
  if (!statement) return statement.error();
  auto done = statement->bind(1, static_cast<std::int64_t>(entry)).run();
  return done ? done : about_index(done.error());
}

Result<std::vector<ledger::Seq>> Thumbnails::entries() {
  auto statement = state_->prepare(kEntries);
  if (!statement) return statement.error();
  std::vector<ledger::Seq> out;
  for (;;) {
    const auto row = statement->step();
    if (!row) return about_index(row.error());
    if (!*row) return out;
    out.push_back(static_cast<ledger::Seq>(statement->integer(0)));
  }
}

}  // namespace muniment::index
