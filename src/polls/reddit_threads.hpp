// What stands below a post of Reddit: its thread, and what "more" stubs in it stand for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "polls/api_poll.hpp"

namespace muniment::polls {

bool is_reddit_word(std::string_view text);
// "t1_…", "t3_…"
bool is_full_name(std::string_view name);

class RedditThreads : public ApiPoll {
 protected:
  RedditThreads(const PollSettings& settings, std::string root);

  // With a login questions go to another host, and without the ".json".
  std::string api() const;
  std::string suffix() const { return in_ ? "" : ".json"; }

  // Of a post that a list shows: asks for its thread, where it moved.
  void thread(const records::Interaction& item, Reading& reading);
  void thread_came(const Ask& asked, Json root, Reading& reading);
  // A list shows older posts no more, and people still answer: of those that were looked up, the threads in
  // which more is said than is held.
  void ask_older_threads(Reading& reading);
  void count_comments(const std::vector<Held>& held);
  bool is_read_whole(const std::string& post) const;

  const std::string root_;
  bool in_ = false;

 private:
  void remember_more(MemoryLines& memory) const final;
  Ask thread_of(const std::string& post) const;
  void stubs(Json in, const std::string& post, int depth, Reading& reading);
  void stub(Json data, const std::string& post, Reading& reading);
  std::string branch_url(const std::string& post, const std::string& comment) const;
  void fetch(std::string url, const std::string& post, Reading& reading);

  std::map<std::string, std::pair<std::uint64_t, bool>, std::less<>> threads_;  // replies; is it read?
  std::set<std::string, std::less<>> read_, stubs_;
  std::map<std::string, std::uint64_t, std::less<>> held_below_;  // comments, by post
  std::size_t asked_threads_ = 0, fetched_ = 0;
  bool some_are_owed_ = false, some_are_lost_ = false;
};

}  // namespace muniment::polls
