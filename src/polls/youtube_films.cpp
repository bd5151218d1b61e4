#include "polls/youtube_films.hpp"

#include <algorithm>

#include "polls/answers.hpp"
#include "sources/url.hpp"

namespace muniment::polls {

using sources::Fate;

bool is_youtube_film(std::string_view id) {
  constexpr std::string_view kVideo = "video/";
  return id.starts_with(kVideo) && is_word_of(id.substr(kVideo.size()), 128, "_-.");
}

std::vector<std::string> ids_asked_for(const std::string& url) {
  std::vector<std::string> out;
  const auto ids = sources::parameter(url, "id");
  for (std::string_view rest = ids; !rest.empty();) {
    out.emplace_back(rest.substr(0, rest.find(',')));
    rest.remove_prefix(std::min(out.back().size() + 1, rest.size()));
  }
  return out;
}

// Of a film that takes no comments it is not said how many it has.
void YouTubeFilms::came(const sources::Reading& reading) {
  for (const auto& item : reading.items) {
    const auto& it = item.interaction;
    if (!is_youtube_film(it.id)) continue;
    asked_.insert(it.id);
    if (std::ranges::any_of(it.counts, [](const auto& one) { return one.first == "replies"; }))
      take_comments_.insert(it.id);
  }
}

std::vector<std::string> YouTubeFilms::to_ask_for(const std::vector<std::string>& comments) {
  std::vector<std::string> out;
  for (const auto& comment : comments)
    if (auto film = film_of(comment);
        is_youtube_film(film) && !asked_.contains(film) && named_.insert(film).second)
      out.push_back(std::move(film));
  return out;
}

std::string YouTubeFilms::film_of(const std::string& comment) const {
  const auto found = film_of_.find(comment);
  return found == film_of_.end() ? std::string() : found->second;
}

Fate YouTubeFilms::of_absent(const std::string& id) const {
  if (is_youtube_film(id))
    return Fate::kBarred;  // one that was made private is answered like one that is gone
  const auto film = film_of(id);
  if (!is_youtube_film(film) || take_comments_.contains(film)) return Fate::kGone;
  return asked_.contains(film) ? Fate::kBarred : Fate::kUnclear;
}

}  // namespace muniment::polls
