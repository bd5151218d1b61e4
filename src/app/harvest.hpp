// Polling an archive's sources.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "app/archive.hpp"
#include "collect/coverage.hpp"
#include "net/transport.hpp"

namespace muniment::app {

struct HarvestWishes {
  std::vector<std::string> sources;  // by name; empty: all that are active
  std::function<void(const collect::PollOutcome&)> progress;
  std::function<void(const std::string&)>
      remark;  // a sentence about a source that was not asked; may be empty
  const std::atomic<bool>* stop = nullptr;
  net::Transport* transport = nullptr;  // null: the real network, politely
};

// One poll of each, in order of name; without names, those that another program is polling are left to it.
// One whose host asked to be left alone is not asked before that time.  A source that fails does not keep the
// others from being polled; its outcome says so.  The ledger is signed at the end. kNotFound: no source of
// that name. kUnavailable: a source that was named is being polled by another program.  Any other error: the
// ledger or the index could not be used.
Result<std::vector<collect::PollOutcome>> harvest(Archive& archive, const HarvestWishes& wishes);

}  // namespace muniment::app
