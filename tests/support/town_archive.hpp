// An archive on disk as `muniment init` makes it, with a clock that only the test moves.
#pragma once

#include <string>

#include "app/archive.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_entropy.hpp"
#include "support/temp_folder.hpp"

namespace muniment::support {

inline constexpr char kTownOrigin[] = "wexcombe.example/archive";

class TownArchive {
 public:
  // Made at this time, RFC 3339; its zone is Europe/London.
  explicit TownArchive(const std::string& made = "2026-03-01T08:00:00Z");

  app::Archive& operator*() { return archive(); }
  app::Archive* operator->() { return &archive(); }
  app::Archive& archive();  // opened for writing; opened anew after close()
  void close() { archive_.reset(); }

  void at(const std::string& time);  // RFC 3339
  std::filesystem::path path() const { return folder / "town"; }

  // Appends an entry as it is, signed, and answers its number.
  ledger::Seq add(std::string_view kind, records::Body body);
  std::string field(ledger::Seq seq, std::string_view name);
  std::size_t count(std::string_view kind);  // entries of that kind

  TempFolder folder;
  FakeClock clock;
  FakeEntropy entropy;

 private:
  std::unique_ptr<app::Archive> archive_;
};

}  // namespace muniment::support
