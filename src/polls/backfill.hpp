// Lists that come newest first, read over as many polls as it takes: a poll that is cut off says where, and
// the next one reads what is new since, then goes on there.
//
// Of each list is known what stands unread in it: stretches, each from a page's cursor down to what an
// earlier poll has read.  A poll reads from the top to the newest that any poll has read, then stretch after
// stretch. Cut off again, it leaves one stretch more at the most.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "polls/memory_lines.hpp"

namespace muniment::polls {

inline constexpr std::size_t kMostStretches = 16;     // of a list; beyond it the newest two become one
inline constexpr std::size_t kLongestCursor = 2'000;  // bytes; a longer one is not gone on at
// In a row: servers leave out what is hidden after they counted out a page, and some name a next page for
// ever.
inline constexpr std::size_t kMostEmptyPages = 10;
inline constexpr std::string_view kBackfill = "backfill.";  // begins the names of the lines of resume()

// What a page says of its list.
struct ListPage {
  std::string newest, oldest;  // keys, by which the list is ordered; empty: nothing stands on it
  std::string next;            // cursor of the page below it; empty: the list ends here
  bool hides_older = false;    // and where it ends, older ones may be there still
};

class Backfill {
 public:
  using IsOlder = bool (*)(std::string_view a, std::string_view b);  // of keys: is `a` older than `b`?

  // `known`: by list, the newest key that the last complete poll read.  `resume`: the lines that resume()
  // said at the end of the poll before, if that one was not complete; lines that are none of ours are passed
  // over. `most_pages`: of a list, in a poll.
  Backfill(const MemoryLines& known, const MemoryLines& resume, std::size_t most_pages, IsOlder is_older);

  // A page that is to be asked for.
  struct Page {
    std::size_t number = 0;  // from 1, in the order in which they are asked for
    std::string list;
    std::string cursor;  // empty: the top
  };
  Page top(const std::string& list);

  struct Turn {
    std::optional<Page> next = {};
    bool is_cut_off = false;   // the list goes on, and there were enough pages
    bool is_circular = false;  // the list goes on with a page that was read already
    bool is_empty = false;     // nothing stands where an earlier poll stopped: it is taken for the end
    bool is_barren = false;    // kMostEmptyPages in a row: likewise
  };
  // `number`: of a page that came.
  Turn read(std::size_t number, const ListPage& page);

  // Did an earlier poll stop at this page, and is it still to come?
  bool is_resumed(std::size_t number) const;
  // The platform does not take that page's cursor any more: goes on below what this poll has read.
  Turn refused(std::size_t number);

  // Was it listed in this poll, or would have been were it there?
  bool is_within(const std::string& list, std::string_view key) const;
  // This poll listed everything.
  bool has_ended(const std::string& list) const;

  // The newest key of each list, for the next poll's `known`; only of a complete poll.
  void remember(MemoryLines& memory) const;
  // What is unread where the poll ends now.  `open`: pages that led to questions which were not asked: they
  // are read again.
  MemoryLines resume(const std::set<std::size_t>& open) const;
  // Will the poll that goes on so read this page, too?
  bool is_read_again(std::size_t number, const std::set<std::size_t>& open) const;

 private:
  struct Stretch {
    std::string at;     // cursor of its first page; empty: the top
    std::string until;  // key; empty: to the list's end
  };
  struct State {
    std::string newest;           // that any poll has read
    std::vector<Stretch> unread;  // newest first
  };
  struct Asked {
    std::string list;
    State before;
    bool is_resumed = false;
    bool came = false;
  };
  // Pages that followed one another without a gap.
  struct Run {
    std::string newest, oldest;
  };
  struct List {
    State state;
    std::string known;
    std::string below;                 // cursor of the page below the one that came last
    std::size_t pages = 0, empty = 0;  // that came; the last ones, on which nothing stood
    bool has_ended = false;
    bool hides_older = false;
    std::vector<Run> runs;
    bool is_apart = false;  // what comes next does not follow the last run
    std::set<std::string, std::less<>> cursors;
  };

  List& list(const std::string& name);
  Page ask(const std::string& name, bool is_resumed);
  Turn go_on(const std::string& name, bool is_resumed);
  void extend(List& list, const ListPage& page) const;
  bool is_newer(std::string_view a, std::string_view b) const { return is_older_(b, a); }
  static std::string line_of(const State& state, const std::string& known);

  MemoryLines known_;
  std::map<std::string, State, std::less<>> left_;  // by earlier polls
  std::size_t most_pages_;
  IsOlder is_older_;
  std::map<std::string, List, std::less<>> lists_;
  std::vector<Asked> pages_;
};

}  // namespace muniment::polls
