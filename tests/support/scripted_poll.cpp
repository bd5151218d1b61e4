#include "support/scripted_poll.hpp"

namespace muniment::support {
namespace {

sources::Item item_of(std::string_view page, std::size_t begin, std::size_t end) {
  const auto line = page.substr(begin, end - begin);
  const auto space = line.find(' ');
  const auto counter = line.find(" #");
  sources::Item item;
  item.interaction.platform = "town";
  item.interaction.id = line.substr(0, space);
  item.interaction.type = "post";
  item.interaction.text = line.substr(space + 1, counter - space - 1);
  item.offset = begin;
  item.length = end - begin;
  return item;
}

}  // namespace

std::string item_url(const std::string& id) {
  return "https://town.example/item/" + id;
}

std::vector<sources::Ask> ScriptedPoll::start() {
  std::vector<sources::Ask> asks;
  for (const auto& url : first_) asks.push_back({url, "text/plain", "", true, false});
  return asks;
}

Result<sources::Reading> ScriptedPoll::read(const sources::Ask& ask, const sources::Answer& answer) {
  sources::Reading out;
  if (answer.status == 304) return out;
  if (!ask.about.empty() && (answer.status == 404 || answer.status == 410))
    out.verdicts.push_back({ask.about, sources::Fate::kGone, answer.status, "no_such_item"});
  else if (!ask.about.empty() && (answer.status == 401 || answer.status == 403))
    out.verdicts.push_back({ask.about, sources::Fate::kBarred, answer.status, "not_allowed"});
  else if (answer.status != 200 || answer.body.starts_with('!'))
    return Error{Code::kInvalid, "this is not a page of the town's", {}};
  if (!out.verdicts.empty()) return out;
  for (std::size_t begin = 0; begin < answer.body.size();) {
    const auto end = std::min(answer.body.find('\n', begin), answer.body.size());
    if (answer.body[begin] == '>') {
      out.next.push_back({std::string(answer.body.substr(begin + 2, end - begin - 2)), "", "", false, false});
    } else {
      out.items.push_back(item_of(answer.body, begin, end));
      seen_.insert(out.items.back().interaction.id);
    }
    begin = end + 1;
  }
  if (!ask.about.empty())
    out.verdicts.push_back({ask.about, out.items.empty() ? sources::Fate::kUnclear : sources::Fate::kPresent,
                            answer.status, ""});
  return out;
}

std::string ScriptedPoll::resume(const std::vector<sources::Ask>& unanswered) const {
  std::string out;
  for (const auto& ask : unanswered) out += ask.url + "\n";
  return out;
}

std::vector<sources::Ask> ScriptedPoll::ask_after(const std::vector<sources::Held>& held) {
  std::vector<sources::Ask> asks;
  for (const auto& one : held)
    if (!seen_.contains(one.id))
      asks.push_back({item_url(one.id), "", one.id, false, one.id.starts_with("old")});
  return asks;
}

}  // namespace muniment::support
