#include "support/town_archive.hpp"

#include <stdexcept>

#include "base/time.hpp"

namespace muniment::support {

TownArchive::TownArchive(const std::string& made) {
  at(made);
  const app::Settings settings{kTownOrigin, "Wexcombe Harbour Town Council", "Europe/London", "uk-foia", {}};
  const auto created = app::Archive::create(path(), settings, {clock, entropy});
  if (!created) throw std::runtime_error(created.error().what);
}

app::Archive& TownArchive::archive() {
  if (!archive_) {
    auto opened = app::Archive::open(path(), app::Access::kWrite, {clock, entropy});
    if (!opened) throw std::runtime_error(opened.error().what);
    archive_ = std::make_unique<app::Archive>(*std::move(opened));
  }
  return *archive_;
}

void TownArchive::at(const std::string& time) {
  const auto parsed = base::parse_rfc3339(time);
  if (!parsed) throw std::runtime_error("not a time: " + time);
  clock.set(*parsed);
}

ledger::Seq TownArchive::add(std::string_view kind, records::Body body) {
  const auto appended = archive().appender().append({std::string(kind), std::move(body)});
  if (!appended) throw std::runtime_error(appended.error().what);
  if (auto note = archive().sign(); !note) throw std::runtime_error(note.error().what);
  return appended->before.size;
}

std::string TownArchive::field(ledger::Seq seq, std::string_view name) {
  const auto body = archive().reader().body(seq);
  return body ? records::text_of(*body, name).value_or("") : "";
}

std::size_t TownArchive::count(std::string_view kind) {
  std::size_t found = 0;
  const auto size = archive().reader().head()->size;
  const auto read = archive().reader().each(0, size, [&](const ledger::Entry& entry, const records::Body*) {
    found += entry.kind == kind;
    return true;
  });
  if (!read) throw std::runtime_error(read.error().what);
  return found;
}

}  // namespace muniment::support
