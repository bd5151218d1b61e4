#include "base/time.hpp"
#include "collect/harvest.hpp"
#include "sources/platform.hpp"

namespace muniment::collect {
namespace {

// Stands for a poll that could not be made, so that the gap is recorded like any other.
class Unaskable final : public sources::Poll {
 public:
  std::vector<sources::Ask> start() override { return {}; }
  Result<sources::Reading> read(const sources::Ask&, const sources::Answer&) override {
    return sources::Reading{};
  }
  std::vector<sources::Ask> ask_after(const std::vector<sources::Held>&) override { return {}; }
  std::string cursor() const override { return {}; }
};

}  // namespace

Result<PollOutcome> harvest(const SourceSettings& source, const HarvestRun& run) {
  const auto head = run.reader.head();
  if (!head) return head.error();
  if (auto ready = run.catalogue.at(head->size); !ready) return ready.error();
  auto cursor = run.catalogue.cursor(source.name);
  if (!cursor) return cursor.error();
  const auto poll = sources::new_poll(
      source.platform,
      {source.url, *std::move(cursor), base::to_rfc3339(run.clock.now()), run.credential != nullptr});
  if (poll) return harvest_poll(source, **poll, run);
  Unaskable none;
  auto hindered = run;
  if (hindered.hindrance.empty()) hindered.hindrance = poll.error().what;
  return harvest_poll(source, none, hindered);
}

}  // namespace muniment::collect
