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
Result<BlueskyTarget> bluesky_target(const PollSettings& settings);

// Does an account that is answered with this error show nothing?  It deletes nothing by that.
bool hides_bluesky_account(std::string_view error);

class BlueskyApi : public ApiPoll {
 public:
  std::vector<Ask> start() final;

 protected:
  BlueskyApi(BlueskyTarget target, const PollSettings& settings, std::size_t most_pages);

  // Of a session that began, or was refused.
  virtual Ask first() = 0;
  // An answer that is not about the session.
  virtual Result<Reading> hear(const Ask& asked, const Answer& answer, Result<JsonPage>& page,
                               const std::string& error) = 0;

  Ask method(std::string step, std::string_view name) const;
  bool is_in_session_of(std::string_view did) const { return in_session_ && session_did_ == did; }

  const BlueskyTarget target_;

 private:
  Result<Reading> take(const Ask& asked, const Answer& answer) final;
  bool refuses_cursor(const Answer& answer) const final;
  Result<Reading> session(const Answer& answer, const Result<JsonPage>& page, const std::string& error);
  Reading renew(const Ask& asked) const;

  std::string root_;
  bool login_;
  bool in_session_ = false;
  std::string session_did_;
  std::set<std::string, std::less<>> renewed_;
};

}  // namespace muniment::polls
