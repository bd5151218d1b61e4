// Reads saved pages into the ledger: four threads, so that reading, sealing, writing, and whatever follows
// (the index) overlap.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/seams.hpp"
#include "collect/catalogue.hpp"
#include "collect/exchange.hpp"
#include "ledger/appender.hpp"
#include "ledger/store.hpp"
#include "sources/saved.hpp"

namespace muniment::collect {

inline constexpr std::uint64_t kMostFileBytes = 256U << 20;

struct RefusedFile {
  std::string path;
  Error why;
  bool kept = false;  // the file could be opened: its bytes are in the ledger, marked unread
};

struct ImportOutcome {
  PageCounts counts;
  std::uint64_t files = 0;
  std::vector<RefusedFile> refused;
};

// Entries just written, for a follower that need not read them again.
struct Written {
  ledger::Seq first = 0;
  base::Time time{};
  std::vector<ledger::Draft> drafts;
  std::vector<Fingerprints> fingerprints;  // of each draft
};

struct ImportRun {
  ledger::Store& store;          // used by the writing thread
  ledger::Store& reading_store;  // another connection, used by the reading thread
  Catalogue& catalogue;          // used by the reading thread
  base::Clock& clock;
  base::Entropy& entropy;
  std::function<Status(Written&&)> follow;  // called in order, on a thread of its own; may be empty
  std::function<void(const ImportOutcome&)>
      progress;                             // called now and then on the calling thread; may be empty
  const std::atomic<bool>* stop = nullptr;  // set: finish what was read, then return
};

// Idempotent: a file read twice adds its exchange and nothing else.  An error means that everything
// before it is safely in the ledger, and that running the same import again carries on.
Result<ImportOutcome> import_files(const std::vector<std::filesystem::path>& files,
                                   std::optional<sources::Format> format, const ImportRun& run);

}  // namespace muniment::collect
