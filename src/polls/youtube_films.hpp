// What a missing comment of YouTube tells, by the film that it stands below: with a film that is not shown,
// or takes no comments any more, all of its comments are hidden, and each question for one is answered as if
// it were deleted.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sources/source.hpp"

namespace muniment::polls {

// Of "video/ID".
bool is_youtube_film(std::string_view id);
// The words of the parameter `id` of such a question, which names several by commas.
std::vector<std::string> ids_asked_for(const std::string& url);

class YouTubeFilms {
 public:
  void stands_below(const std::string& comment, const std::string& film) { film_of_[comment] = film; }
  // A page's items, films among them.
  void came(const sources::Reading& reading);
  // They were asked for, and the answer came.
  void were_asked_for(const std::vector<std::string>& films) { asked_.insert(films.begin(), films.end()); }
  // Those, each once, of which nothing is known yet that tells of these comments.
  std::vector<std::string> to_ask_for(const std::vector<std::string>& comments);

  // Of what an answer to the question for it does not hold.  kUnclear: nothing is known of its film.
  sources::Fate of_absent(const std::string& id) const;

 private:
  std::string film_of(const std::string& comment) const;

  std::map<std::string, std::string, std::less<>> film_of_;
  std::set<std::string, std::less<>> named_;  // by to_ask_for()
  std::set<std::string, std::less<>> asked_;  // an answer tells of them, if only by its silence
  std::set<std::string, std::less<>> take_comments_;
};

}  // namespace muniment::polls
