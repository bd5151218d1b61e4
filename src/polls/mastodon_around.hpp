// What stands around a Mastodon status: the replies below it, who quotes it, what it said before.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "polls/api_poll.hpp"
#include "polls/known_states.hpp"
#include "polls/mastodon_address.hpp"

namespace muniment::polls {

// Numbers go into addresses; what could change an address's meaning is no number.
bool is_mastodon_number(std::string_view number);
// Of a local name, "town.example/30".
std::string mastodon_number(std::string_view local);

class MastodonAround : public ApiPoll {
 protected:
  MastodonAround(MastodonTarget target, const PollSettings& settings);

  std::string api(std::string_view path) const { return target_.root + "/api/v1/" + std::string(path); }
  std::string status(const std::string& number) const { return api("statuses/") + number; }
  Ask with_login(std::string step, std::string url) const;

  // Of what a list holds: what has replies, or quotes, whose number is another than before.
  void ask_around(Reading& reading);
  // A list shows older statuses no more, and people still answer: of those that were looked up, what stands
  // below the ones with more replies than are held.
  void count_replies(const std::vector<Held>& held);
  void ask_older_threads(Reading& reading);
  // Of what was edited since.
  void ask_histories(Reading& reading);
  // Only what came is remembered as read; the rest is asked for again in the next poll.
  void around_came(const Ask& asked);
  Result<Reading> history(JsonPage& page, const Ask& asked);
  bool is_thread_read(std::string_view local) const { return threads_read_.contains(local); }

  MastodonTarget target_;
  std::string server_;
  bool login_;
  std::string own_number_;  // of the account that the login belongs to
  std::string account_;     // the listed account's id, which its statuses' ids begin with

 private:
  void remember_more(MemoryLines& memory) const final;
  Ask owed(const Owed::Question& question) const final;
  void ask_thread(const records::Interaction& item, const std::string& number, Reading& reading);
  void ask_quotes(const records::Interaction& item, const std::string& number, Reading& reading);
  void ask_history(const records::Interaction& item, Reading& reading);
  bool is_as_before(const std::string& what, const std::string& number, const std::string& state,
                    KnownStates& known);
  void ask_optional(Ask out, const std::string& what, const std::string& number, const std::string& state,
                    Reading& reading);

  KnownStates replies_, quotes_, edits_;
  std::map<std::string, std::uint64_t, std::less<>> held_below_;  // replies, by local name
  std::map<std::string, std::string, std::less<>> threads_;       // asked for: local name, number of replies
  std::set<std::string, std::less<>> threads_read_, histories_;   // local names; numbers
  bool some_histories_are_lost_ = false;
};

}  // namespace muniment::polls
