// One screen for the morning: is the archive being filled, and does anything need a person?
#pragma once

#include <string>
#include <vector>

#include "app/source_history.hpp"

namespace muniment::app {

struct Alarm {
  std::string source;
  std::string kind;   // "silent", "failing", "credential-refused", "credential-ending"
  std::string words;  // a sentence a clerk understands
  std::string hint;   // what to do
};

struct SourceStatus {
  index::SourceRow row;
  WatchPolicy policy;
  std::string last_good;  // RFC 3339; end of the last complete poll; empty: none yet
  std::string last_try;   // end of the last poll of any kind
  std::string outcome;    // of that
  std::string credential_state, credential_expires;  // as the last poll says
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

}  // namespace muniment::app
