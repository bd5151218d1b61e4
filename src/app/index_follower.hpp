// Keeps the index up with an import: entries are gathered as they come, and written by a thread of its own
// in few, large transactions while the next ones are gathered.
#pragma once

#include <thread>

#include "app/known_items.hpp"
#include "collect/import.hpp"
#include "collect/queue.hpp"
#include "index/gatherer.hpp"
#include "index/projection.hpp"

namespace muniment::app {

// add() and settle() on one thread at a time; nobody else may use the projection between them.
class IndexFollower {
 public:
  // Both must outlive it.  `known` is told how far the index has come.
  IndexFollower(index::Projection& index, KnownItems& known)
      : index_(index), known_(known), gatherer_(index.keys()) {}
  ~IndexFollower() { (void)settle().has_value(); }
  IndexFollower(const IndexFollower&) = delete;
  IndexFollower& operator=(const IndexFollower&) = delete;

  // The error, if there was one, of something added before.
  Status add(const collect::Written& written);
  // Waits until all that was added is in the index.
  Status settle();

 private:
  // One transaction's worth waits while one is written.
  struct Writing {
    collect::Queue<index::Gathered> queue{1};
    Status outcome;
    std::thread thread;
  };
  void hand_over();
  void write();

  index::Projection& index_;
  KnownItems& known_;
  index::Gatherer gatherer_;
  std::unique_ptr<Writing> writing_;  // while something is being written
};

}  // namespace muniment::app
