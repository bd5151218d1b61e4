#include "collect/harvest.hpp"

#include <algorithm>

namespace muniment::collect {
namespace {

using std::chrono::milliseconds;

void pause(milliseconds length, base::Clock& clock, const std::atomic<bool>* stop) {
  constexpr milliseconds kSlice{250};
  const auto stopped = [&] { return stop != nullptr && stop->load(); };
  for (; length.count() > 0 && !stopped(); length -= kSlice) clock.sleep(std::min(length, kSlice));
}

}  // namespace

Result<PollOutcome> play(PollSteps& steps, net::Transport& transport, base::Clock& clock,
                         const std::atomic<bool>* stop) {
  for (;;) {
    auto step = steps.next();
    if (!step) return step.error();
    if (step->kind == Step::Kind::kDone) return steps.outcome();
    if (step->kind == Step::Kind::kWait) {
      pause(step->wait, clock, stop);
      continue;
    }
    auto answer = transport.get(step->request);
    net::forget(step->request);
    if (auto taken = steps.take(std::move(answer)); !taken) return taken.error();
  }
}

Result<PollOutcome> harvest_poll(const SourceSettings& source, sources::Poll& poll, const HarvestRun& run) {
  PollSteps steps(
      source, poll,
      {{run.appender, run.reader, run.catalogue, run.clock}, run.progress, run.stop, run.credential});
  return play(steps, run.transport, run.clock, run.stop);
}

}  // namespace muniment::collect
