// What polls of JSON interfaces have in common: lists whose pages follow one another until what is known, a
// login that is shown with every question, and single questions about what did not come.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "polls/answers.hpp"
#include "polls/backfill.hpp"
#include "polls/owed.hpp"
#include "polls/recheck.hpp"
#include "sources/saved.hpp"

namespace muniment::polls {

// The words that every poll speaks in.
using sources::Answer;
using sources::Ask;
using sources::Fate;
using sources::Held;
using sources::Item;
using sources::Json;
using sources::JsonFields;
using sources::JsonList;
using sources::JsonPage;
using sources::Poll;
using sources::PollSettings;
using sources::Reading;
using sources::Showing;
using sources::Verdict;

class ApiPoll : public Poll {
 public:
  Result<Reading> read(const Ask& asked, const Answer& answer) final;
  sources::Later not_answered(const Ask& ask, const Error& why) final;
  std::string cursor() const final;
  std::string resume(const std::vector<Ask>& unanswered) const override;

 protected:
  // `most_pages`: of each list, in a poll.  `is_older`: of what lists are ordered by.
  ApiPoll(
      const PollSettings& settings, std::size_t most_pages,
      Backfill::IsOlder is_older = [](std::string_view a, std::string_view b) { return a < b; });

  // --- what a platform's file answers ---------------------------------------------------------------------
  virtual Result<Reading> take(const Ask& asked, const Answer& answer) = 0;
  // The question for a page of a list; an empty cursor names its top.
  virtual Ask page_of(const std::string& list, const std::string& cursor) const = 0;
  // Does an answer other than a page say that a cursor is good no more?
  virtual bool refuses_cursor(const Answer& answer) const;
  // A question that an earlier poll left (owed.hpp), to be asked again.
  virtual Ask owed(const Owed::Question& question) const;
  // Adds the platform's own lines to what is remembered.
  virtual void remember_more(MemoryLines&) const {}

  // --- questions ------------------------------------------------------------------------------------------
  // A question with the login, unless there is none.  `step` comes back with it.
  Ask ask(std::string step, std::string url) const;
  // A question about one item; an answer that says nothing of it is no fault of the poll.
  Ask ask_about(std::string step, std::string url, const std::string& id) const;

  // --- lists ----------------------------------------------------------------------------------------------
  // `list` has a line in the memory: the newest key that the last complete poll read.
  Ask top_of(const std::string& list);
  // Of the page that is being taken: adds the next one, unless all that is left is known, or there have been
  // enough.  The page's other questions come first.
  void go_on(const ListPage& page, Reading& reading);
  ListPage page_by_time(const Reading& reading, std::string_view next) const;
  // Questions that the page being taken led to are left to the next poll: that one reads the page again, and
  // what is below it.
  void leave_to_next_poll() { left_.insert(page_); }
  // Likewise after enough of one kind, a fault; a poll that goes on with a list reads it no further.
  void had_enough(const std::string& fault, Reading& reading);
  // Likewise, and the list is not read on in this poll.
  void stop_at(const ListPage& page);
  // Questions that belong together, and whatever they lead to: what stands below one post, say.  `group`: a
  // word that tells what it is and in which state ("12=3": of post 12 three answers).
  void join(const std::string& group, const Ask& ask);
  // An unfinished poll has asked all of them: nothing need be asked.
  bool was_answered(const std::string& group);
  // There were enough questions in this poll: a later one asks it.  False: it can be kept no longer.
  bool owe(const Ask& ask) { return owed_.add(ask); }
  // What the list must have shown, were it there.
  bool is_within(const std::string& list, const Held& one) const;
  bool is_listed(const std::string& list, std::string_view key) const {
    return backfill_.is_within(list, key);
  }
  bool has_ended(const std::string& list) const { return backfill_.has_ended(list); }

  // --- items ----------------------------------------------------------------------------------------------
  // The items of a page, read by the reader of its saved pages, and remembered as having come.
  Result<Reading> items_of(const sources::SavedFormat& format, const Answer& answer,
                           const std::string& origin);
  void came(const Reading& reading);
  bool has_come(std::string_view id) const { return came_.contains(id); }
  // What came is a note that the item is gone: it is asked after like one that did not come.
  void did_not_come(const std::string& id) { came_.erase(id); }

  // At the end of the last complete poll.
  std::string remembered(std::string_view name) const;

  // Held items that did not come although `must` says that they should have, then those whose turn it is.
  std::vector<const Held*> due(const std::vector<Held>& held, std::size_t most_missing,
                               const std::function<bool(const Held&)>& may,
                               const std::function<bool(const Held&)>& must);
  // Adds to what resume() says whose turn comes next, where some were not asked after.
  void carry_turns(const std::vector<Ask>& unanswered, MemoryLines& lines) const;
  // Those whose turn it is, among those that `may` lets through and did not come.
  std::vector<const Held*> in_turn(const std::vector<Held>& held,
                                   const std::function<bool(const Held&)>& may);

  static Verdict verdict(const Ask& asked, Fate fate, const Answer& answer, std::string_view words);

  std::vector<Showing> shows_;  // with every question; empty: nothing
  std::string accept_ = "application/json";

 private:
  struct Group {
    std::size_t page = 0;  // that led to it
    std::size_t open = 0;  // questions of it without an answer
  };
  Ask question_for(const Backfill::Page& page) const;
  void answered(const std::string& group, const std::string& url, Reading& reading);
  void ask_owed(Reading& reading);
  void carry_groups(const std::set<std::size_t>& open, MemoryLines& lines) const;
  void follow(const Backfill::Turn& turn, Reading& reading) const;
  Reading cursor_refused(std::size_t page);

  std::size_t most_pages_;
  std::string now_;      // as times of items are written; may be empty
  MemoryLines memory_;   // of the last complete poll
  MemoryLines carried_;  // of the unfinished poll since
  Backfill backfill_;
  Recheck recheck_;
  Owed owed_;
  bool is_listing_ = false, has_asked_owed_ = false;  // a list was read: any login is done
  std::size_t page_ = 0;                              // that is being taken
  std::set<std::size_t> left_;                        // pages whose questions are left to the next poll
  bool has_had_enough_ = false;
  std::map<std::string, Group, std::less<>> groups_;
  std::map<std::string, std::string, std::less<>> group_of_;  // by address
  std::set<std::string, std::less<>> came_;
};

}  // namespace muniment::polls
