// One screen for the morning: is the archive being filled, and does anything need a person?
#pragma once

#include <string>
#include <vector>

#include "app/source_book.hpp"

namespace muniment::app {

struct Alarm {
  std::string source;  // empty: of the archive itself
  std::string kind;    // "silent", "failing", "budget", "credential-refused", "credential-ending",
                       // "wrong-key", "wrong-clock"
  std::string words;   // a sentence a clerk understands
  std::string hint;    // what to do
};

struct SourceStatus {
  index::SourceRow row;
  WatchPolicy policy;
  std::string last_good;  // RFC 3339; end of the last complete poll; empty: none yet
  std::string last_try;   // end of the last poll of any kind
  std::string outcome;    // of that
  int failures = 0;       // polls in a row that failed
  std::string credential_state, credential_expires;  // as the last poll says
  std::string budget;  // that the last poll found used up, "300 requests a day"; empty: none
  std::string
      not_before;  // RFC 3339; until then a host or the budget keeps it from being asked; empty: nothing does
};

struct ArchiveStatus {
  std::uint64_t entries = 0;
  std::string newest;                 // when the newest entry was sealed
  std::uint64_t checkpointed = 0;     // entries that the newest signed checkpoint covers
  std::uint64_t waiting = 0;          // possible requests that nobody has decided on
  std::vector<SourceStatus> sources;  // by name, without removed ones
  std::vector<Alarm> alarms;
};

Result<ArchiveStatus> status(Archive& archive);

// "ALARM  SOURCE: words" and the hint below, for each; for a terminal or a letter.
std::string alarm_lines(const ArchiveStatus& status);
// Them, below the name of the archive they are about.
std::string alarm_letter(const Archive& archive, const ArchiveStatus& status);

// The same from a book that looked just now.
Result<ArchiveStatus> status(Archive& archive, SourceBook& book);

}  // namespace muniment::app
