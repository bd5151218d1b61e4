#include "collect/harvest.hpp"

namespace muniment::collect {

Result<PollOutcome> harvest(const SourceSettings& source, const HarvestRun& run) {
  const auto head = run.reader.head();
  if (!head) return head.error();
  if (auto ready = run.catalogue.at(head->size); !ready) return ready.error();
  auto cursor = run.catalogue.cursor(source.name);
  if (!cursor) return cursor.error();
  const auto poll = sources::new_poll(source.platform, {source.url, *std::move(cursor)});
  if (!poll) return poll.error();
  return harvest_poll(source, **poll, run);
}

}  // namespace muniment::collect
