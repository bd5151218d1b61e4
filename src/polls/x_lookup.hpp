// Posts of X looked up by their numbers, a hundred at a time: what was edited has another number, and what is
// not found is asked for by itself.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "polls/api_poll.hpp"

namespace muniment::polls {

// What is asked for of each post.
inline constexpr std::string_view kXFields =
    "&tweet.fields=attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,entities,"
    "in_reply_to_user_id,lang,note_tweet,public_metrics,referenced_tweets"
    "&expansions=attachments.media_keys,author_id,referenced_tweets.id,referenced_tweets.id.author_id"
    "&media.fields=alt_text,media_key,preview_image_url,type,url,variants"
    "&user.fields=name,protected,username";

bool is_x_id(std::string_view text);
bool is_newer_x_id(std::string_view a, std::string_view b);
// What an answer says is wrong.
std::string x_words(Json root);

// What X counts of an answer: the posts that were asked for, and those that came along.
std::uint64_t charged_in(const Reading& reading, Json root);

class XLookup : public ApiPoll {
 public:
  std::vector<Ask> ask_after(const std::vector<Held>& held) final;

 protected:
  XLookup(const PollSettings& settings, std::string root);

  Ask by_ids(const std::vector<std::string>& ids) const;
  // Of the steps "ids" and "single".
  void looked_up(const Ask& asked, Json root, Reading& reading);
  Result<Reading> single(const Ask& asked, const Answer& answer);

  const std::string root_;
  std::size_t reads_ = 0;  // posts that were paid for

 private:
  std::map<std::string, std::string, std::less<>> item_of_;  // by the id asked for
};

}  // namespace muniment::polls
