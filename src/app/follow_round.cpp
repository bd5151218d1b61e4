#include "app/follow_round.hpp"

#include <algorithm>
#include <thread>

#include "app/coverage.hpp"
#include "base/file.hpp"

namespace muniment::app {
namespace {

using base::Time;

constexpr std::chrono::minutes kSettleEvery{10};
constexpr std::chrono::seconds kLetFinish{10};

// Those with a gap that goes on, or may; when one comes or goes, a gap has begun or ended.
std::set<std::string> silent_sources(const SourceBook& book, Time now) {
  std::set<std::string> out;
  for (const auto& [name, source] : book.sources()) {
    const Time since = source.silent_since(now);
    if (source.row.state != index::SourceRow::State::kRemoved && now - since > source.policy.quiet_after)
      out.insert(name + (source.row.state == index::SourceRow::State::kPaused ? " paused" : ""));
  }
  return out;
}

// The clock may have been set back since then.
bool is_past(Time then, std::chrono::milliseconds length, Time now) {
  return std::chrono::abs(now - then) >= length;
}

}  // namespace

void FollowRound::remark(const std::string& what) const {
  if (wishes_.remark) wishes_.remark(what);
}

Status FollowRound::go(SourceBook& book, const FollowNow& now) {
  if (auto noted = note_gaps_that_changed(book, now.now); !noted) return noted;
  const auto head = archive_.reader().head();
  if (!head) return head.error();
  if (head->size != archive_.checkpointed())
    if (auto note = archive_.sign(); !note) return note.error();
  if (is_past(settled_, kSettleEvery, now.now)) {
    settled_ = now.now;
    const auto index = archive_.projection();
    if (!index) return index.error();
    if (auto settled = (*index)->settle(); !settled) return settled;
  }
  const auto seen = status(archive_, book);
  if (!seen) return seen.error();
  write_metrics(*seen, now);
  tell(*seen, now.now);
  return {};
}

Status FollowRound::note_gaps_that_changed(const SourceBook& book, Time now) {
  auto silent = silent_sources(book, now);
  if (silent == silent_ || !is_past(noted_, kNoteGapsEvery, now)) return {};
  if (auto noted = note_gaps(archive_); !noted) return noted.error();
  silent_ = std::move(silent);
  noted_ = now;
  return {};
}

void FollowRound::write_metrics(const ArchiveStatus& status, const FollowNow& now) const {
  if (wishes_.metrics.empty()) return;
  if (auto written = base::write_durably(wishes_.metrics, metrics_text(counts_, now, status)); !written)
    remark("the metrics were not written: " + written.error().what);
}

void FollowRound::tell(const ArchiveStatus& status, Time now) {
  if (telling_)
    if (const auto ended = telling_->finished()) {
      if (!*ended) remark("nobody was told: " + ended->error().what);
      telling_.reset();
    }
  bool is_news = false;
  std::map<std::string, Time> standing;
  for (const auto& alarm : status.alarms) {
    const auto name = alarm.source + ' ' + alarm.kind;
    const auto told = told_.find(name);
    const bool again = told == told_.end() || is_past(told->second, kTellAgainAfter, now);
    is_news = is_news || again;
    standing[name] = again ? now : told->second;
  }
  if (!is_news) {
    told_ = std::move(standing);
    return;
  }
  if (wishes_.notify_command.empty() || telling_) return;
  telling_ = std::make_unique<Notification>(wishes_.notify_command, alarm_letter(archive_, status));
  told_ = std::move(standing);
}

void FollowRound::let_finish() {
  if (!telling_) return;
  const auto end = std::chrono::steady_clock::now() + kLetFinish;
  while (!telling_->finished() && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  telling_.reset();
}

Status FollowRound::last(const FollowNow& now) {
  let_finish();
  if (auto noted = note_gaps(archive_); !noted) return noted.error();
  if (auto note = archive_.sign(); !note) return note.error();
  if (wishes_.metrics.empty()) return {};
  const auto seen = status(archive_);
  if (!seen) return seen.error();
  write_metrics(*seen, now);
  return {};
}

}  // namespace muniment::app
