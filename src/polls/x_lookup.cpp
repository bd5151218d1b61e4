#include "polls/x_lookup.hpp"

#include <algorithm>

#include "polls/x_poll.hpp"
#include "sources/saved_formats.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::kXPages;

constexpr std::size_t kLookedUpAtOnce = 100;

}  // namespace

bool is_x_id(std::string_view text) {
  return !text.empty() && text.size() < 20 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_newer_x_id(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() > b.size() : a > b;
}

std::string x_words(Json root) {
  for (const auto name : {"detail", "title"})
    if (!root.field(name).text().empty()) return std::string(root.field(name).text());
  return std::string(JsonList(root.field("errors")).value().field("message").text());
}

std::uint64_t charged_in(const Reading& reading, Json root) {
  const auto listed = std::ranges::count(reading.items, false, &Item::is_beside);
  return static_cast<std::uint64_t>(listed) + root.field("includes").field("tweets").size();
}

XLookup::XLookup(const PollSettings& settings, std::string root)
    : ApiPoll(settings, kXListPages), root_(std::move(root)) {
  shows_ = {{}};
}

Ask XLookup::by_ids(const std::vector<std::string>& ids) const {
  std::string url = root_ + "/2/tweets?ids=";
  for (const auto& id : ids) url += (id == ids.front() ? "" : ",") + id;
  return ask("ids", url + std::string(kXFields));
}

std::vector<Ask> XLookup::ask_after(const std::vector<Held>& held) {
  std::vector<Ask> asks;
  // A list by since_id shows what is new and nothing of what was there before: nothing must have come.
  const auto turn = due(
      held, 0, [](const Held& one) { return is_x_id(one.id); }, [](const Held&) { return false; });
  for (std::size_t i = 0; i < turn.size() && reads_ < kXReads; i += kLookedUpAtOnce) {
    std::vector<std::string> ids;
    for (auto at = i; at < std::min(i + kLookedUpAtOnce, turn.size()); ++at) {
      ids.push_back(is_x_id(turn[at]->local) ? turn[at]->local : turn[at]->id);
      item_of_[ids.back()] = turn[at]->id;
    }
    asks.push_back(by_ids(ids));
    asks.back().optional = true;  // in turn: what is not asked after now is in the next poll
  }
  return asks;
}

void XLookup::looked_up(const Ask& asked, Json root, Reading& reading) {
  std::set<std::string, std::less<>> found, outdated;
  std::vector<std::string> newer;
  for (JsonList one(root.field("data")); one; one.next()) {
    const auto id = one.value().field("id").text();
    found.emplace(id);
    std::string newest;
    for (JsonList edit(one.value().field("edit_history_tweet_ids")); edit; edit.next())
      newest = edit.value().text();
    if (!is_x_id(newest) || !is_newer_x_id(newest, id)) continue;
    outdated.emplace(id);
    newer.push_back(newest);
  }
  // An old version is not what the post says now.
  if (!newer.empty()) {
    std::erase_if(reading.items, [&](const Item& item) {
      return outdated.contains(item.interaction.local.empty() ? item.interaction.id : item.interaction.local);
    });
    reading.next.push_back(by_ids(newer));
  }
  auto ids = sources::parameter(asked.url, "ids");
  for (std::string_view rest = ids; !rest.empty();) {
    const std::string id(rest.substr(0, rest.find(',')));
    rest.remove_prefix(std::min(id.size() + 1, rest.size()));
    if (found.contains(id) || !item_of_.contains(id)) continue;
    reading.next.push_back(
        ask_about("single", root_ + "/2/tweets?ids=" + id + std::string(kXFields), item_of_[id]));
  }
}

Result<Reading> XLookup::single(const Ask& asked, const Answer& answer) {
  const auto page = JsonPage::parse(answer.body);
  Reading reading;
  auto fate = Fate::kUnclear;
  std::string words;
  if (answer.status == 200 && page) {
    if (auto read = items_of(kXPages, answer, root_)) reading = *std::move(read);
    for (const auto& item : reading.items)
      if (item.interaction.id == asked.about) fate = Fate::kPresent;
    for (JsonList one(page->root().field("errors")); one && fate == Fate::kUnclear; one.next()) {
      const auto type = one.value().field("type").text();
      words = one.value().field("title").text();
      // Of what a suspended account wrote, X says in this way that it may not be seen.
      if (type.ends_with("/resource-not-found")) fate = words == "Forbidden" ? Fate::kBarred : Fate::kGone;
      if (type.ends_with("/not-authorized-for-resource")) fate = Fate::kBarred;
    }
  }
  reading.charged = charged_in(reading, page ? page->root() : Json());
  reading.verdicts.push_back(verdict(asked, fate, answer, words));
  return reading;
}

}  // namespace muniment::polls
