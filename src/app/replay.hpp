// Reading again what could not be read when it came, and seeing what this version would read otherwise.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/archive.hpp"
#include "collect/replay.hpp"

namespace muniment::app {

struct ReplayWishes {
  std::vector<std::string> sources;  // by name, removed ones too; empty: all, and saved files
  bool dry = false;                  // append nothing; also compare what was read with what would be read now
  std::function<void(const std::string& source, ledger::Seq exchange)> progress = {};
  const std::atomic<bool>* stop = nullptr;
};

// Of one source, or of saved files (without a name).
struct ReplayAnswer {
  std::string source;
  std::uint64_t unread = 0;  // answers that could not be read, and were not read again before
  std::uint64_t read = 0;    // … that can be now
  collect::ReplayCounts items;
  std::vector<std::string> still_unread;  // a sentence each, the first few
  std::uint64_t unnamed = 0;              // sentences beyond these
  collect::Differences differences;       // only when dry
  std::uint64_t not_compared = 0;         // answers that cannot be read again by themselves; likewise
};

// Reads each unread exchange again; those that can be read now become a second exchange with captures, which
// the ledger is signed over at the end.  Twice adds nothing.  Deletions are not recorded: they are asked for
// twice, at the time.  kNotFound: no source of that name.  Any other error: the ledger or the index could not
// be used; what was appended is whole.
Result<std::vector<ReplayAnswer>> replay(Archive& archive, const ReplayWishes& wishes);

}  // namespace muniment::app
