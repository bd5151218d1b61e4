// What became of Bluesky posts that did not come: looked up 25 at a time, and one that is not found by
// itself. Its author's state is asked first: an account that shows nothing hides its posts, which deletes
// nothing.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "polls/bluesky_api.hpp"

namespace muniment::polls {

class BlueskyFates : public BlueskyApi {
 protected:
  using BlueskyApi::BlueskyApi;

  std::vector<Ask> batches(const std::vector<const Held*>& posts) const;
  // What is no post (a repost) is asked for in its author's repository.
  Ask record(const std::string& uri) const;
  // `error`: that an account was answered with; empty: it is there, or is no more.
  void know_account(const std::string& did, const std::string& error);

  // Of "batch", "author", "single" and "record"; `reading`: the items of a batch.
  void look_up(const Ask& asked, Reading& reading);
  Result<Reading> author(const Ask& asked, const Answer& answer, const std::string& error);
  Result<Reading> single(const Ask& asked, const Answer& answer, Result<JsonPage>& page,
                         const std::string& error) const;

 private:
  void missing(const std::string& uri, Reading& reading);
  void settle(const std::string& uri, const std::string& hidden, Reading& reading) const;

  std::map<std::string, std::string, std::less<>> states_;  // by DID: why it shows nothing; empty: it does
  std::map<std::string, std::vector<std::string>, std::less<>> waiting_;
};

}  // namespace muniment::polls
