// Reads saved files into the ledger: four threads, so that reading, sealing, writing, and whatever follows
// (the index) overlap.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/seams.hpp"
#include "collect/catalogue.hpp"
#include "collect/exchange.hpp"
#include "collect/reported.hpp"
#include "collect/saved_parts.hpp"
#include "ledger/appender.hpp"
#include "ledger/store.hpp"

namespace muniment::collect {

struct RefusedFile {
  std::string path;  // in a container "export.zip: data/tweets.js"
  Error why;
  bool kept = false;  // its bytes are in the ledger, marked unread: it could be opened, and nothing says that
                      // private items are among them
};

// What a parser noticed in a file that it read: entries left out, for example.
struct FileRemark {
  std::string path;
  std::string what;
};

inline constexpr std::size_t kMostFileRemarks = 1000;  // the ledger has them all, with each exchange

struct ImportOutcome {
  PageCounts counts;
  std::uint64_t files = 0;        // read or refused; those in containers count by themselves
  std::uint64_t passed_over = 0;  // in containers and folders, and nothing that is kept here
  ReportCounts reports;           // of items that a file says are gone
  std::vector<RefusedFile> refused;
  std::vector<FileRemark> remarks;  // the first kMostFileRemarks
  std::map<std::string, std::uint64_t, std::less<>>
      withheld;  // private items that were not kept, by the reason
};

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
};

// Idempotent: a file read twice adds nothing.  An error means that everything
// before it is safely in the ledger, and that running the same import again carries on.
Result<ImportOutcome> import_files(std::vector<SavedPath> files, const ImportWishes& wishes,
                                   const ImportRun& run);

}  // namespace muniment::collect
