// What a poll notes of itself on the way: the outcome that its coverage entry will tell.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "collect/allowance.hpp"
#include "collect/answer_entries.hpp"
#include "collect/coverage.hpp"
#include "net/transport.hpp"
#include "sources/source.hpp"

namespace muniment::collect {

class PollNotes {
 public:
  // An answer that did not come, or could not be read: an error; of an optional question a remark, unless it
  // was the last time.
  void failure(const sources::Ask& ask, const std::string& what, sources::Later later);
  void hint(const std::string& hint);  // each once
  void appended(const sources::Ask& ask, int status, const AppendedAnswer& answer);
  // What the answer says of the credential that was shown.
  void access(const sources::Ask& ask, const net::Response& response,
              const Result<sources::Reading>& reading);
  // Its remarks and faults are moved out; the items that it lists are explained.
  void understood(const sources::Ask& ask, sources::Reading& reading);
  // `lines`: the outcome's errors or remarks.
  void used_up(const Allowance::Left& budget, const std::string& what, std::vector<std::string>& lines);

  // Of an item that was asked after.
  void explained(const std::string& id) { missing_.erase(id); }
  void unexplained(const std::string& id) { missing_.insert(id); }
  std::size_t missing() const { return missing_.size(); }

  PollOutcome outcome;

 private:
  void collision(const sources::Ask& ask, const std::string& what);

  std::set<std::string> missing_;
  std::set<std::string> collided_;
};

}  // namespace muniment::collect
