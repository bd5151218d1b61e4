#include "app/source_poll.hpp"

#include "app/credentials.hpp"
#include "collect/cut_off.hpp"
#include "polls/platform.hpp"

namespace muniment::app {
namespace {

// Whoever has the turn to poll a source is alone: what has no end was cut off.
Status end_what_was_cut_off(SourceBook& book, const SourceState& state, const collect::Ledgers& ledgers) {
  const auto answers = book.unended(state.row.name);
  if (!answers) return answers.error();
  if (answers->empty()) return {};
  const collect::CutOff poll{state.row.name, state.row.credential, state.resume(), *answers};
  if (auto ended = collect::end_cut_off(poll, ledgers); !ended) return ended;
  return book.look();
}

}  // namespace

Result<std::unique_ptr<SourcePoll>> SourcePoll::begin(Archive& archive, SourceBook& book,
                                                      const SourceState& state, collect::PollRun run) {
  if (auto ended = end_what_was_cut_off(book, state, run.ledgers); !ended) return ended.error();
  const auto& row = state.row;
  auto left = book.allowance(state, archive.clock().now());
  if (!left) return left.error();
  run.allowance = *std::move(left);
  run.resume = state.resume();
  std::unique_ptr<SourcePoll> out(new SourcePoll);
  const auto* platform = polls::platform_named(row.platform);
  if (!row.credential.empty() && platform != nullptr) {
    auto opened = open_credential(archive.layout(), row.credential, platform->parts);
    if (opened) {
      out->credential_ = *std::move(opened);
    } else {
      run.hindrance = opened.error().what;
      run.hindrance_hint = opened.error().hint;
    }
  }
  run.credential = out->credential_ ? &*out->credential_ : nullptr;
  const collect::SourceSettings source{row.name, row.platform, row.url, row.allow_private, row.credential};
  auto poll = collect::poll_of(source, run);
  if (!poll) return poll.error();
  out->poll_ = *std::move(poll);
  out->steps_.emplace(source, *out->poll_, std::move(run));
  return out;
}

}  // namespace muniment::app
