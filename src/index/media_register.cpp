#include "index/media_register.hpp"

#include "index/file.hpp"
#include "index/rows.hpp"

namespace muniment::index {
namespace {

constexpr std::string_view kToAsk =
    "SELECT version, place, state, entry, due FROM media WHERE state <> 1 AND source = "
    "CASE ?1 WHEN '' THEN 0 ELSE (SELECT number FROM source WHERE name = ?1) END "
    "AND (state = 0 OR (state = 2 AND due <= ?2) OR (state = 3 AND ?3 <> 0)) ORDER BY version, place";
constexpr std::string_view kCounts =
    "SELECT state, count(*) FROM media WHERE source = "
    "CASE ?1 WHEN '' THEN 0 ELSE (SELECT number FROM source WHERE name = ?1) END GROUP BY state";
constexpr std::string_view kOf =
    "SELECT version, place, state, entry, due FROM media WHERE version = ?1 ORDER BY place";
constexpr std::string_view kWithContent =
    "SELECT entry FROM media WHERE content <> 0 AND content = ?1 ORDER BY entry";

Result<std::vector<MediaRow>> media_rows(db::Statement& statement) {
  std::vector<MediaRow> rows;
  auto done = rows_of(statement, [&](const db::Statement& row) {
    rows.push_back({static_cast<ledger::Seq>(row.integer(0)), static_cast<std::uint16_t>(row.integer(1)),
                    static_cast<MediaState>(row.integer(2)), static_cast<ledger::Seq>(row.integer(3)),
                    row.integer(4)});
  });
  if (!done) return done.error();
  return rows;
}

}  // namespace

struct MediaRegister::State {
  Opened opened;

  Result<db::Statement> prepare(std::string_view text) { return about_index(opened.database.prepare(text)); }
};

MediaRegister::MediaRegister(std::unique_ptr<State> state) : state_(std::move(state)) {}
MediaRegister::MediaRegister(MediaRegister&&) noexcept = default;
MediaRegister& MediaRegister::operator=(MediaRegister&&) noexcept = default;
MediaRegister::~MediaRegister() = default;

Result<MediaRegister> MediaRegister::open(const std::filesystem::path& path, const std::string& origin) {
  auto opened = open_for_reading(path, origin);
  if (!opened) return opened.error();
  return MediaRegister(std::make_unique<State>(State{*std::move(opened)}));
}

Result<std::vector<MediaRow>> MediaRegister::to_ask(std::string_view source, std::int64_t now,
                                                    bool refused_too) {
  auto statement = state_->prepare(kToAsk);
  if (!statement) return statement.error();
  statement->bind_text(1, source).bind(2, now).bind(3, refused_too ? 1 : 0);
  return media_rows(*statement);
}

Result<MediaCounts> MediaRegister::counts(std::string_view source) {
  auto statement = state_->prepare(kCounts);
  if (!statement) return statement.error();
  statement->bind_text(1, source);
  MediaCounts counts;
  auto done = rows_of(*statement, [&](const db::Statement& row) {
    const auto count = static_cast<std::uint64_t>(row.integer(1));
    switch (static_cast<MediaState>(row.integer(0))) {
      case MediaState::kNeverAsked:
        counts.never_asked = count;
        break;
      case MediaState::kHeld:
        counts.held = count;
        break;
      case MediaState::kLater:
        counts.later = count;
        break;
      case MediaState::kRefused:
        counts.refused = count;
        break;
    }
  });
  if (!done) return done.error();
  return counts;
}

Result<std::vector<MediaRow>> MediaRegister::of(ledger::Seq version) {
  auto statement = state_->prepare(kOf);
  if (!statement) return statement.error();
  statement->bind(1, static_cast<std::int64_t>(version));
  return media_rows(*statement);
}

Result<std::vector<ledger::Seq>> MediaRegister::with_content(std::string_view sha256) {
  auto statement = state_->prepare(kWithContent);
  if (!statement) return statement.error();
  statement->bind(1, static_cast<std::int64_t>(state_->opened.keys.raw_digest(sha256)));
  std::vector<ledger::Seq> entries;
  auto done = rows_of(*statement, [&](const db::Statement& row) {
    entries.push_back(static_cast<ledger::Seq>(row.integer(0)));
  });
  if (!done) return done.error();
  return entries;
}

}  // namespace muniment::index
