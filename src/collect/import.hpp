// Reads saved files into the ledger: four threads, so that reading, sealing, writing, and whatever follows
// (the index) overlap.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "base/seams.hpp"
#include "collect/catalogue.hpp"
#include "collect/exchange.hpp"
#include "collect/import_outcome.hpp"
#include "collect/saved_parts.hpp"
#include "ledger/appender.hpp"
#include "ledger/store.hpp"

namespace muniment::collect {

struct ImportWishes {
  SavedWishes saved;
  std::string authority;  // under which private items are kept; empty: they are not
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
  std::function<Status()> settle;           // waits until all that was given to follow is done; may be empty
  std::function<void(const ImportOutcome&)>
      progress;                             // called now and then on the calling thread; may be empty
  const std::atomic<bool>* stop = nullptr;  // set: finish what was read, then return
  // So long the ledger's end is kept while somebody else waits to append.
  std::chrono::milliseconds turn{400};
};

// Idempotent: a file read twice adds nothing.  An error means that everything
// before it is safely in the ledger, and that running the same import again carries on.
Result<ImportOutcome> import_files(std::vector<SavedPath> files, const ImportWishes& wishes,
                                   const ImportRun& run);

}  // namespace muniment::collect
