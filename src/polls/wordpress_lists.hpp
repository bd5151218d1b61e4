// The lists of a WordPress site, oldest first, and how far a poll came in each of them.
#pragma once

#include <cstddef>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sources/source.hpp"

namespace muniment::polls {

struct WordPressList {
  std::string_view route;
  std::string_view kind;  // the word in our ids
  std::string_view query;
  std::string_view feed;       // what shows the newest of them where the list is barred
  std::string_view what = {};  // a list that needs a login: what it holds
};

// In the order they are asked.  With context=view (the default) even an editor is not told addresses of
// e-mail and of machines.
inline constexpr WordPressList kWordPressLists[] = {
    {"posts", "post", "&_embed=author,wp:term", "feed/"},
    {"pages", "page", "&_embed=author", ""},
    {"comments", "comment", "", "comments/feed/"},
    {"comments", "comment", "&status=hold", "", "comments that wait to be approved"},
    {"comments", "comment", "&type=pingback", "", "pingbacks"},
    {"comments", "comment", "&type=trackback", "", "trackbacks"}};
inline constexpr std::size_t kWordPressListCount = std::size(kWordPressLists);

inline constexpr std::size_t kWordPressPageSize = 100;

// Does the answer to that page say that there is another?  Some caches in front of sites drop the Link
// header, some the numbers; each is enough.
bool names_next_page(const sources::Answer& answer, std::size_t page);

class WordPressProgress {
 public:
  // `resume`: as resume() said; empty: all is read from its beginning.
  WordPressProgress(std::string_view resume, bool has_login);

  bool is_asked(std::size_t list) const { return kWordPressLists[list].what.empty() || has_login_; }
  // Those to ask, first those that the unfinished polls before this one did not read to their end.  Of the
  // others the last page is read again: what is new stands there.
  std::vector<std::size_t> due() const;
  // The page that this poll begins with.
  std::size_t first(std::size_t list) const { return of_[list].first; }

  // `announced`: how many items the list is said to have, by the page; empty: it does not say.  How many
  // fewer these are than the page before said.
  std::size_t came(std::size_t list, std::size_t page, const sources::Reading& reading,
                   const std::string& announced);
  // A page that had come already.
  void came_again(std::size_t list, const sources::Reading& reading);
  void ended(std::size_t list);
  // The newest page brought nothing that this poll had not read already.
  bool is_repeated(std::size_t list) const { return of_[list].is_repeated; }
  std::size_t empty_pages(std::size_t list) const { return of_[list].empty; }  // the newest, in a row

  // Every page of it came in this poll.
  bool is_whole(std::size_t list) const { return of_[list].ends_here && of_[list].first == 1; }
  // How a list that came whole differs from what the site said of it; empty: it does not.
  std::string shortfall(std::size_t list) const;
  // Every list of that kind came whole, and the item was in none.
  bool is_missing(const std::string& id, std::string_view kind) const;

  // Where the next poll goes on; empty where this one read every list from its beginning to its end, or got
  // no further, so that a list that fails for good does not keep the others from being read.
  std::string resume() const;

 private:
  struct One {
    std::set<std::string, std::less<>> came;
    bool ended_before = false;  // in an unfinished poll before this one
    bool ends_here = false;     // in this one
    std::size_t first = 1;
    std::size_t next = 1;  // page that is due
    std::size_t empty = 0;
    bool is_repeated = false;
    std::string announced = {};
  };
  bool has_login_;
  bool got_further_ = false;
  One of_[kWordPressListCount];
};

}  // namespace muniment::polls
