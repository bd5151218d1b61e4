#include "polls/x_conversations.hpp"

#include <algorithm>

#include "base/so_many.hpp"
#include "polls/x_lookup.hpp"
#include "polls/x_poll.hpp"

namespace muniment::polls {
namespace {

constexpr std::chrono::hours kSearchReaches{7 * 24 - 1};

}  // namespace

XConversations::XConversations(std::string_view words, std::optional<base::Time> now) : now_(now) {
  while (!words.empty()) {
    const auto word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    const auto equals = word.find('=');
    if (equals == std::string_view::npos || !is_x_id(word.substr(0, equals))) continue;
    if (is_in_reach(word.substr(equals + 1)))
      waiting_.emplace(word.substr(0, equals), word.substr(equals + 1));
    else
      ++lapsed_;
  }
}

bool XConversations::is_in_reach(std::string_view posted) const {
  const auto time = base::parse_rfc3339(posted);
  return now_ && time && *now_ - *time <= kSearchReaches;
}

std::string XConversations::lapsed() const {
  if (lapsed_ == 0) return {};
  return "X searches the last seven days only; below " + base::so_many(lapsed_, "older post", "older posts") +
         " answers were still to be searched for, and are not any more";
}

XConversations::Turn XConversations::add(const std::string& root, const std::string& posted,
                                         bool may_be_asked) {
  if (asked_.contains(root)) return Turn::kKnown;
  if (waiting_.size() < kXConversationsWaiting) waiting_.emplace(root, posted);
  if (may_be_asked && asked_.size() < kXConversations) {
    asked_.insert(root);
    return Turn::kNow;
  }
  return waiting_.contains(root) ? Turn::kLater : Turn::kTooMany;
}

std::vector<std::string> XConversations::take_turns() {
  std::vector<std::string> roots;
  for (const auto& [root, posted] : waiting_) roots.push_back(root);
  std::ranges::sort(roots, [](const auto& a, const auto& b) { return is_newer_x_id(b, a); });
  std::erase_if(roots, [&](const auto& root) {
    return asked_.size() >= kXConversations || !asked_.insert(root).second;
  });
  return roots;
}

std::string XConversations::words() const {
  std::string out;
  for (const auto& [root, posted] : waiting_) out += (out.empty() ? "" : " ") + root + "=" + posted;
  return out;
}

}  // namespace muniment::polls
