// The end of a poll: how it ended, and its record in the ledger.
#pragma once

#include <vector>

#include "collect/poll_steps.hpp"

namespace muniment::collect {

// Completes `outcome` and appends its coverage entry, without a secret.  `asked`: an error that ended the
// poll. `unanswered`: questions for a later poll.  Where `asked` is the ledger's own error, this will most
// likely fail too.
Status end_poll(const sources::Poll& poll, const PollRun& run, const Status& asked,
                const std::vector<sources::Ask>& unanswered, PollOutcome& outcome);

// Appends the coverage entry of an outcome that is whole.  As append_once().
Status append_coverage(const PollOutcome& outcome, const Ledgers& ledgers);

}  // namespace muniment::collect
