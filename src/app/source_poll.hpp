// One source about to be polled: with its credential where it names one, its budget, and its platform's poll.
#pragma once

#include <memory>
#include <optional>

#include "app/archive.hpp"
#include "app/source_book.hpp"
#include "collect/poll_steps.hpp"

namespace muniment::app {

// Stays where it is made, for the steps name its parts.
class SourcePoll {
 public:
  // Precondition: the turn to poll it.  A poll before that was cut off gets its coverage entry first.
  // `source`: of the book, which has just been looked at.  `run`: as far as it is not the source's own; its
  // credential, what hinders it, what is left of its budgets and where it goes on are found here.  Any error:
  // the ledger or the index could not be used.
  static Result<std::unique_ptr<SourcePoll>> begin(Archive& archive, SourceBook& book,
                                                   const SourceState& source, collect::PollRun run);
  SourcePoll(const SourcePoll&) = delete;
  SourcePoll& operator=(const SourcePoll&) = delete;

  collect::PollSteps& steps() { return *steps_; }

 private:
  SourcePoll() = default;

  std::optional<collect::Credential> credential_;
  std::unique_ptr<sources::Poll> poll_;
  std::optional<collect::PollSteps> steps_;
};

}  // namespace muniment::app
