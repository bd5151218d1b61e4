// One poll of one source as a machine: it says the next question, or how long to wait, and is given the
// answers. harvest.hpp says what a poll guarantees; here is no network, so that many polls can share one
// thread.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "collect/allowance.hpp"
#include "collect/answer_entries.hpp"
#include "collect/coverage.hpp"
#include "collect/credential.hpp"
#include "net/transport.hpp"
#include "sources/source.hpp"

namespace muniment::collect {

struct PollRun {
  Ledgers ledgers;
  std::function<void(const PollOutcome&)> progress = {};  // after each answer; may be empty
  const std::atomic<bool>* stop = nullptr;                // true: no further question; may be null
  Credential* credential = nullptr;                       // of the source being polled; null: none
  std::string hindrance = {};       // known before the first question: why the poll will not be complete …
  std::string hindrance_hint = {};  // … and what may be done about it; may be empty
  Allowance allowance = {};
  std::string resume =
      {};  // what the last poll's coverage entry says of where to go on; empty: it was complete
  // When the host of an address may be asked again, where it asked to be left alone; may be empty.
  std::function<std::optional<base::Time>(const std::string& url)> closed_until = {};
};

struct Step {
  enum class Kind { kAsk, kWait, kDone };
  Kind kind = Kind::kDone;
  net::Request request = {};         // kAsk: what comes of it goes to take(); net::forget it then
  std::chrono::milliseconds wait{};  // kWait: before next() is called again
};

class PollSteps {
 public:
  // `poll` and what `run` names must outlive it.
  PollSteps(SourceSettings source, sources::Poll& poll, PollRun run);
  ~PollSteps();
  PollSteps(PollSteps&&) noexcept;

  // kDone: the coverage entry is written, and outcome() is whole.  When `stop` has become true, that is what
  // follows, whatever was under way.  An error, as from harvest_poll(), is the poll's end too.
  Result<Step> next();
  // The answer to the question that next() handed out, or why there is none.
  Status take(Result<net::Response> answer);
  const PollOutcome& outcome() const;

 private:
  class Machine;
  std::unique_ptr<Machine> machine_;
};

// The platform's own poll, begun where the last complete one ended.  Where none can be made, one that asks
// nothing, and `run.hindrance` says why.
Result<std::unique_ptr<sources::Poll>> poll_of(const SourceSettings& source, PollRun& run);

}  // namespace muniment::collect
