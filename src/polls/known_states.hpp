// What was known of posts at the end of the last complete poll, and what is known now: how many replies each
// has, say, so that only those that moved are asked about.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace muniment::polls {

class KnownStates {
 public:
  // `words`: as words() said; "number=state number=state".
  explicit KnownStates(std::string_view words);

  // Is it as before?  Then it is remembered; else once now_known() says so.
  bool is_known(const std::string& number, const std::string& state);
  void now_known(const std::string& number, const std::string& state) { now_[number] = state; }

  // Of the newest, by is_older_number().
  std::string words(std::size_t most) const;

 private:
  std::map<std::string, std::string, std::less<>> before_, now_;
};

// Numbers of posts grow with time.  Digits compare as numbers; other servers' names by length, then as text.
bool is_older_number(std::string_view a, std::string_view b);

}  // namespace muniment::polls
