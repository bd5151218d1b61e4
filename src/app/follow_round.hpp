// What a follower does at each look beside polling: it signs, notes gaps, tells of alarms, and writes its
// metrics.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "app/follow.hpp"
#include "app/metrics.hpp"
#include "app/notify.hpp"
#include "app/source_book.hpp"

namespace muniment::app {

class FollowRound {
 public:
  // Both must outlive it.
  FollowRound(Archive& archive, const FollowWishes& wishes) : archive_(archive), wishes_(wishes) {}

  void count(const collect::PollOutcome& poll) { counts_.add(poll); }

  // After the book has looked.  What only people would read (metrics, a command that tells of alarms) may
  // fail without an error; `remark` is told.
  Status go(SourceBook& book, const FollowNow& now);

  // At the end: gaps, a checkpoint, and the figures as they are then.
  Status last(const FollowNow& now);

 private:
  Status note_gaps_that_changed(const SourceBook& book, base::Time now);
  void tell(const ArchiveStatus& status, base::Time now);
  void write_metrics(const ArchiveStatus& status, const FollowNow& now) const;
  void let_finish();
  void remark(const std::string& what) const;

  Archive& archive_;
  const FollowWishes& wishes_;
  FollowCounts counts_;
  std::set<std::string> silent_;  // sources beyond their policy, and paused ones, when gaps were noted last
  base::Time noted_{};
  base::Time settled_{};
  std::map<std::string, base::Time> told_;  // alarms, by source and kind
  std::unique_ptr<Notification> telling_;
};

}  // namespace muniment::app
