// Answers that a test wrote down, by address; what it was not told about is answered 404 and noted.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "sources/source.hpp"

namespace muniment::test {

struct Scripted {
  int status = 200;
  std::string body;
  std::string link = {};
  std::string total = {};
  std::string total_pages = {};
};

class ScriptedServer {
 public:
  std::map<std::string, Scripted> answers;
  std::vector<std::string> asked;    // in order
  std::vector<std::string> unknown;  // asked, but not in `answers`

  struct Outcome {
    std::vector<sources::Item> items;
    std::vector<sources::Verdict> verdicts;
    std::vector<std::string> remarks;
    std::vector<std::string> faults;
    std::vector<Error> errors;
  };

  // Carries questions and answers until nothing is left to ask, as the harvest loop does.
  Outcome play(sources::Poll& poll, std::vector<sources::Ask> asks) {
    Outcome out;
    std::deque<sources::Ask> queue(asks.begin(), asks.end());
    for (int steps = 0; !queue.empty() && steps < 10'000; ++steps) {
      const auto ask = queue.front();
      queue.pop_front();
      asked.push_back(ask.url);
      const auto found = answers.find(ask.url);
      if (found == answers.end()) unknown.push_back(ask.url);
      const auto scripted = found == answers.end() ? Scripted{404, "<html>not here</html>"} : found->second;
      const sources::Answer answer{.status = scripted.status,
                                   .url = ask.url,
                                   .link = scripted.link,
                                   .content_type = "application/json",
                                   .body = scripted.body,
                                   .total = scripted.total,
                                   .total_pages = scripted.total_pages};
      auto reading = poll.read(ask, answer);
      if (!reading) {
        out.errors.push_back(reading.error());
        continue;
      }
      for (auto& item : reading->items) out.items.push_back(std::move(item));
      for (auto& verdict : reading->verdicts) out.verdicts.push_back(std::move(verdict));
      for (auto& remark : reading->remarks) out.remarks.push_back(std::move(remark));
      for (auto& fault : reading->faults) out.faults.push_back(std::move(fault));
      queue.insert(queue.end(), reading->next.begin(), reading->next.end());
    }
    return out;
  }
  Outcome play(sources::Poll& poll) { return play(poll, poll.start()); }
};

}  // namespace muniment::test
