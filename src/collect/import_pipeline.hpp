// The three threads behind the one that reads: one seals, one writes, one follows.
#pragma once

#include <cstddef>
#include <optional>
#include <thread>
#include <vector>

#include "collect/exchange.hpp"
#include "collect/import.hpp"
#include "collect/queue.hpp"
#include "ledger/appender.hpp"

namespace muniment::collect {

// How far the files were read: so many whole paths, and so many parts of the next one; and when all were, how
// many pages of notices that waited for the end were judged again.
struct ImportPlace {
  std::size_t path = 0;
  std::size_t parts = 0;
  std::size_t late = 0;
  friend bool operator==(const ImportPlace&, const ImportPlace&) = default;
};

// Some parts' entries on their way through the pipeline.
struct ImportBatch {
  ledger::Seq first = 0;
  std::vector<ledger::Draft> drafts;
  std::vector<Fingerprints> fingerprints;
  std::vector<ledger::Sealed> sealed;
  std::size_t bytes = 0;
  ImportPlace done;      // how far the files were read with this batch
  ImportOutcome so_far;  // what had been read by then
};

// Born knowing the head; ends with everything written, or with an error.
class ImportPipeline {
 public:
  // `run` must outlive it.
  ImportPipeline(const ImportRun& run, ledger::Head head);
  ~ImportPipeline() { (void)finish().has_value(); }
  ImportPipeline(const ImportPipeline&) = delete;
  ImportPipeline& operator=(const ImportPipeline&) = delete;

  // Waits while the others are behind.  False when writing has failed: nothing more is taken.
  bool push(ImportBatch batch) { return composed_.push(std::move(batch)); }

  // Waits for all that was pushed.  The error of the writing thread, or of the follower.  When nothing comes
  // after it, the store is settled while the follower is still busy.
  Status finish(bool is_last = false);

  // After finish(): where a restart has to begin, and the number of the first entry that was not written.
  const std::optional<ImportPlace>& done() const { return done_; }
  ledger::Seq end() const { return head_.size; }
  const ImportOutcome& outcome() const { return outcome_; }

 private:
  void seal();
  void write();
  void follow();

  const ImportRun& run_;
  ledger::Head head_;
  bool is_last_ = false;  // set before the first queue is closed
  Queue<ImportBatch> composed_;
  Queue<ImportBatch> sealed_;
  Queue<Written> written_;
  Status write_status_;
  Status follow_status_;
  std::optional<ImportPlace> done_;  // nothing: nothing was written
  ImportOutcome outcome_;
  std::thread sealer_;
  std::thread writer_;
  std::thread follower_;
};

}  // namespace muniment::collect
