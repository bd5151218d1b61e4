#include "base/time.hpp"
#include "collect/poll_steps.hpp"
#include "polls/platform.hpp"

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

Result<std::unique_ptr<sources::Poll>> poll_of(const SourceSettings& source, PollRun& run) {
  const auto head = run.ledgers.reader.head();
  if (!head) return head.error();
  if (auto ready = run.ledgers.catalogue.at(head->size); !ready) return ready.error();
  auto cursor = run.ledgers.catalogue.cursor(source.name);
  if (!cursor) return cursor.error();
  auto poll = polls::new_poll(source.platform,
                              {source.url, *std::move(cursor), base::to_rfc3339(run.ledgers.clock.now()),
                               run.credential != nullptr, run.resume});
  if (poll) return poll;
  if (run.hindrance.empty()) {
    run.hindrance = poll.error().what;
    run.hindrance_hint = poll.error().hint;
  }
  return std::unique_ptr<sources::Poll>(std::make_unique<Unaskable>());
}

}  // namespace muniment::collect
