// How Bluesky is asked: methods of the interface, with a session where there is a login.
#pragma once

#include <string>
#include <string_view>

#include "polls/api_poll.hpp"

namespace muniment::polls {

// What an address names.
struct BlueskyTarget {
  std::string actor;   // handle or DID; empty: a search
  std::string search;  // words
  std::string root;    // that is asked; with a login at bsky.app the account's entry server
};

// https://bsky.app/profile/NAME, https://bsky.app/search?q=WORDS, or the same as questions to any server.
// kInvalid: it names no account and no search.
Result<BlueskyTarget> bluesky_target(const sources::PollSettings& settings);

// Does an account that is answered with this error show nothing?  It deletes nothing by that.
bool hides_bluesky_account(std::string_view error);

class BlueskyApi : public ApiPoll {
 public:
  std::vector<sources::Ask> start() final;

 protected:
  BlueskyApi(BlueskyTarget target, const sources::PollSettings& settings, std::size_t most_pages);

  // Of a session that began, or was refused.
  virtual sources::Ask first() = 0;
  // An answer that is not about the session.
  virtual Result<sources::Reading> hear(const sources::Ask& asked, const sources::Answer& answer,
                                        Result<sources::JsonPage>& page, const std::string& error) = 0;

  sources::Ask method(std::string step, std::string_view name) const;
  bool is_in_session_of(std::string_view did) const { return in_session_ && session_did_ == did; }

  const BlueskyTarget target_;

 private:
  Result<sources::Reading> take(const sources::Ask& asked, const sources::Answer& answer) final;
  bool refuses_cursor(const sources::Answer& answer) const final;
  Result<sources::Reading> session(const sources::Answer& answer, const Result<sources::JsonPage>& page,
                                   const std::string& error);
  sources::Reading renew(const sources::Ask& asked) const;

  std::string root_;
  bool login_;
  bool in_session_ = false;
  std::string session_did_;
  std::set<std::string, std::less<>> renewed_;
};

}  // namespace muniment::polls
