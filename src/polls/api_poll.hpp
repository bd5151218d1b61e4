// What polls of JSON interfaces have in common: pages that follow one another until what is known, a login
// that is shown with every question, and single questions about what did not come.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "polls/memory_lines.hpp"
#include "polls/recheck.hpp"
#include "sources/json_page.hpp"
#include "sources/saved.hpp"
#include "sources/source.hpp"

namespace muniment::polls {

class ApiPoll : public sources::Poll {
 public:
  std::string cursor() const final;

 protected:
  // `most_pages`: of each list.
  ApiPoll(const sources::PollSettings& settings, std::size_t most_pages);

  // A question with the login, unless there is none.  `step` comes back with it.
  sources::Ask ask(std::string step, std::string url) const;
  // A question about one item; an answer that says nothing of it is no fault of the poll.
  sources::Ask ask_about(std::string step, std::string url, const std::string& id) const;

  // The items of a page, read by the reader of its saved pages, and remembered as having come.
  Result<sources::Reading> items_of(const sources::SavedFormat& format, const sources::Answer& answer,
                                    const std::string& origin);

  // Remembers a page's items as having come.
  void came(const sources::Reading& reading);

  // Adds the next page of a list, unless all of this one was known at the last poll (`list` has a line in the
  // memory: the newest time posted), it was asked for already, or there have been enough.
  void go_on(const std::string& list, sources::Ask next, sources::Reading& reading);
  // Notes what a page of a list held, without asking on.
  void note(const std::string& list, const sources::Reading& reading);

  // What `list` must have shown, were it there: posted no earlier than the oldest that came.
  bool is_within(const std::string& list, const sources::Held& one) const;
  bool has_come(const std::string& id) const { return came_.contains(id); }
  // What came is a note that the item is gone: it is asked after like one that did not come.
  void did_not_come(const std::string& id) { came_.erase(id); }
  // The list came to its end: everything was listed.
  void ended(const std::string& list) { lists_[list].whole = true; }
  bool has_ended(const std::string& list) const;

  std::string remembered(std::string_view name) const;  // at the end of the last complete poll
  // Adds the platform's own lines to what is remembered.
  virtual void remember_more(MemoryLines&) const {}

  // Held items that did not come although `must` says that they should have, then those whose turn it is.
  std::vector<const sources::Held*> due(const std::vector<sources::Held>& held, std::size_t most_missing,
                                        const std::function<bool(const sources::Held&)>& may,
                                        const std::function<bool(const sources::Held&)>& must);

  static sources::Verdict verdict(const sources::Ask& asked, sources::Fate fate,
                                  const sources::Answer& answer, std::string_view words);

  std::vector<sources::Showing> shows_;  // with every question; empty: nothing
  std::string accept_ = "application/json";

 private:
  struct List {
    std::string newest, oldest;
    std::size_t pages = 0;
    bool any_new = false;  // on the page noted last
    bool whole = false;
  };
  std::size_t most_pages_;
  MemoryLines memory_;
  Recheck recheck_;
  std::map<std::string, List, std::less<>> lists_;
  std::set<std::string, std::less<>> came_, asked_;
};

// The error, when the answer is none of a list; `words`: what the platform said with it.
Result<sources::JsonPage> json_answer(const sources::Answer& answer,
                                      const std::function<std::string(sources::Json)>& words);

}  // namespace muniment::polls
