#include "polls/activitypub_poll.hpp"

#include <algorithm>

#include "polls/answers.hpp"
#include "polls/api_poll.hpp"
#include "sources/activitypub_object.hpp"
#include "sources/claims.hpp"
#include "sources/saved_formats.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::activitypub_id;
using sources::activitypub_type;
using sources::kActivityPub;
using sources::path_of;
using sources::root_of;

const std::string kOutbox = "outbox";  // in the memory

std::string words_of(Json root) {
  return std::string(root.field("error").text());
}

class ActivityPubPoll final : public ApiPoll {
 public:
  explicit ActivityPubPoll(const PollSettings& settings)
      : ApiPoll(settings, kActivityPubPages), first_(settings.url), root_(root_of(settings.url)) {
    accept_ =
        "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";
  }

  std::vector<Ask> start() override {
    auto account = top_of(kOutbox);
    account.step = "account";
    return {std::move(account)};
  }

  Result<Reading> take(const Ask& asked, const Answer& answer) override {
    if (asked.step == "single") return single(asked, answer);
    auto page = json_answer(answer, words_of);
    if (!page) return page.error();
    const auto root = page->root();
    if (asked.step == "account" && root.field("outbox").is_text()) return account(root);
    Reading reading;
    // A collection may hold its first page, name it, or be all there is.
    if (const auto first = activitypub_id(root.field("first"));
        root.field("first").is_text() && !first.empty())
      return follow(first, std::move(reading));
    auto read = items_of(kActivityPub, answer, root_);
    if (!read) return read;
    const auto inside = root.field("first").is_object() ? root.field("first") : root;
    if (const auto total = root.field("totalItems").number(); total != 0 && !holds_items(inside))
      return Error{Code::kDenied,
                   "the outbox is said to hold " + std::to_string(total) + " items, and shows none of them",
                   "The server may show them to other servers only; ask its operators, or add the account as "
                   "another platform (mastodon, feed)."};
    const auto next = activitypub_id(inside.field("next"));
    const bool is_elsewhere = !next.empty() && root_of(next) != root_;
    if (is_elsewhere) read->remarks.push_back("the outbox goes on at another server, which was not asked");
    auto listed = page_by_time(*read, is_elsewhere ? "" : next);
    listed.hides_older = is_elsewhere;
    go_on(listed, *read);
    return read;
  }

  std::vector<Ask> ask_after(const std::vector<Held>& held) override {
    std::vector<Ask> asks;
    const auto must = [&](const Held& one) { return is_within(kOutbox, one); };
    // A repost has the name of an activity, under which many servers show nothing: that it is not there tells
    // something only of one that the outbox no longer lists.
    const auto is_ours = [&](const Held& one) {
      return root_of(one.id) == root_ && (!one.is_repost || must(one));
    };
    for (const auto* one : due(held, kActivityPubMissing, is_ours, must))
      asks.push_back(ask_about("single", one->id, one->id));
    return asks;
  }

 private:
  static bool holds_items(Json collection) {
    for (const auto* name : {"orderedItems", "items"})
      if (const auto items = collection.field(name); items.is_list() || items.is_object()) return true;
    return false;
  }

  // Cursors are the addresses of pages.
  Ask page_of(const std::string&, const std::string& cursor) const override {
    return ask("page", root_of(cursor) == root_ ? cursor : first_);
  }

  Result<Reading> account(Json root) { return follow(root.field("outbox").text(), {}); }

  Result<Reading> follow(std::string_view url, Reading reading) {
    if (root_of(url) != root_)
      return Error{Code::kInvalid, "the account's outbox is at another server, which was not asked",
                   "Add the account at that server instead."};
    if (followed_++ == 2)
      return Error{Code::kInvalid, "the outbox leads from one address to the next without holding anything"};
    first_ = url;
    reading.only_leads = true;
    reading.next.push_back(top_of(kOutbox));
    return reading;
  }

  Result<Reading> single(const Ask& asked, const Answer& answer) {
    Reading reading;
    auto fate = fate_of(answer.status);
    std::string words;
    if (answer.status == 200)
      if (const auto page = JsonPage::parse(answer.body)) {
        if (activitypub_type(page->root()) == "Tombstone" && activitypub_id(page->root()) == asked.about) {
          fate = Fate::kGone;
          words = "Tombstone";
        } else if (auto read = items_of(kActivityPub, answer, root_)) {
          reading = *std::move(read);
        }
      }
    for (const auto& item : reading.items)
      if (item.interaction.id == asked.about) fate = Fate::kPresent;
    reading.verdicts.push_back(verdict(asked, fate, answer, words));
    return reading;
  }

  std::string first_, root_;
  int followed_ = 0;
};

}  // namespace

Result<std::unique_ptr<Poll>> new_activitypub_poll(const PollSettings& settings) {
  if (root_of(settings.url).empty() || path_of(settings.url) == "/")
    return Error{Code::kInvalid, "the address names no account", "Give it as https://SERVER/users/NAME."};
  return std::unique_ptr<Poll>(std::make_unique<ActivityPubPoll>(settings));
}

}  // namespace muniment::polls
