#include "polls/mastodon_poll.hpp"

#include <algorithm>
#include <unordered_map>

#include "polls/answers.hpp"
#include "polls/known_states.hpp"
#include "polls/mastodon_around.hpp"
#include "sources/claims.hpp"
#include "sources/mastodon_page.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::excerpt;
using sources::next_link;
using sources::path_of;
using sources::read_mastodon;
using sources::read_mastodon_history;
using sources::root_of;
using sources::server_of;

// Lists; in the memory.
const std::string kStatuses = "newest", kMentions = "mention";

void include(const std::string& number, ListPage& page) {
  if (!is_mastodon_number(number)) return;
  if (page.newest.empty() || is_older_number(page.newest, number)) page.newest = number;
  if (page.oldest.empty() || is_older_number(number, page.oldest)) page.oldest = number;
}

class MastodonPoll final : public MastodonAround {
 public:
  MastodonPoll(MastodonTarget target, const PollSettings& settings)
      : MastodonAround(std::move(target), settings) {}

  std::vector<Ask> start() override {
    std::vector<Ask> asks;
    if (login_) asks.push_back(with_login("verify", api("accounts/verify_credentials")));
    asks.push_back(target_.list.empty() ? ask("lookup", target_.lookup) : top_of(kStatuses));
    return asks;
  }

  std::vector<Ask> ask_after(const std::vector<Held>& held) override {
    std::vector<Ask> asks;
    count_replies(held);
    for (const auto* one : missing(held)) asks.push_back(ask_single(*one));
    for (const auto* one : in_turn(held, [&](const Held& each) {
           return is_askable(each) && std::ranges::find(asks, each.id, &Ask::about) == asks.end();
         }))
      asks.push_back(ask_single(*one));
    return asks;
  }

 private:
  Result<Reading> take(const Ask& asked, const Answer& answer) override {
    auto page = JsonPage::parse(answer.body);
    const auto words = page ? page->root().field("error").text() : std::string_view();
    if (asked.step == "single" && answer.status != 200) return not_shown(asked, answer, words);
    if (asked.step == "verify" && fate_of(answer.status) == Fate::kBarred) return login_refused(words);
    if (auto refused = refusal(answer, words)) return std::move(*refused);
    if (!page) return std::move(page).error();
    if (asked.step == "verify") return verified(page->root());
    if (asked.step == "lookup") return lookup(page->root());
    if (asked.step.starts_with("history ")) return history(*page, asked);
    auto reading = read_mastodon(*page, target_.root);
    if (!reading) return reading;
    came(*reading);
    ask_histories(*reading);
    if (asked.step == kStatuses) listing(*reading, answer);
    if (asked.step == kMentions) mentions(page->root(), *reading, answer);
    around_came(asked);
    if (asked.step == "single") {
      single(*reading, asked, answer);
      ask_older_threads(*reading);
    }
    return reading;
  }

  // --- the login ------------------------------------------------------------------------------------

  Result<Reading> login_refused(std::string_view words) {
    Reading reading;
    reading.only_leads = true;
    login_ = false;
    reading.faults.push_back("the login was refused (" + excerpt(words) +
                             "); only what is public was asked for, and no mentions");
    return reading;
  }

  Result<Reading> verified(Json account) {
    own_number_ = account.field("id").name();
    Reading reading;
    reading.only_leads = true;
    if (target_.lookup.empty()) ask_mentions(numbered_account(), reading);
    return reading;
  }

  // Of an address /api/v1/accounts/NUMBER/statuses.
  std::string numbered_account() const {
    constexpr std::string_view kBefore = "/api/v1/accounts/";
    const auto path = path_of(target_.list);
    if (!path.starts_with(kBefore)) return {};
    const auto rest = path.substr(kBefore.size());
    return std::string(rest.substr(0, rest.find('/')));
  }

  // Another account's mentions are not this source's.
  void ask_mentions(const std::string& number, Reading& reading) {
    if (!number.empty() && number == own_number_) reading.next.push_back(top_of(kMentions));
  }

  // --- lists ----------------------------------------------------------------------------------------

  // A cursor is what stands behind the server's name in the address that the server links to.
  Ask page_of(const std::string& list, const std::string& cursor) const override {
    const auto below = target_.root + cursor;
    if (list == kStatuses) return ask(list, cursor.empty() ? target_.list : below);
    return with_login(list,
                      cursor.empty() ? api("notifications?types[]=mention&types[]=quote&limit=40") : below);
  }

  void go_below(ListPage page, const Answer& answer, Reading& reading) {
    const auto next = next_link(answer.link);
    page.hides_older = !next.empty() && root_of(next) != target_.root;
    if (page.hides_older)
      reading.remarks.push_back("the list goes on at another server, which was not asked");
    else if (!next.empty())
      page.next = next.substr(target_.root.size());
    go_on(page, reading);
  }

  Result<Reading> lookup(Json account) {
    const auto number = account.field("id").name();
    if (!is_mastodon_number(number))
      return Error{Code::kInvalid, "the server's answer names no account",
                   "Look at the source's address in a browser."};
    Reading reading;
    reading.only_leads = true;
    account_ = account.field("uri").text();
    if (account_.empty()) account_ = account.field("url").text();
    target_.list = api("accounts/" + number + "/statuses?limit=40");
    reading.next.push_back(top_of(kStatuses));
    ask_mentions(number, reading);
    return reading;
  }

  void listing(Reading& reading, const Answer& answer) {
    ListPage page;
    for (const auto& item : reading.items) {
      const auto number = mastodon_number(item.interaction.local);
      include(number, page);
    }
    ask_around(reading);
    go_below(std::move(page), answer, reading);
  }

  void mentions(Json notifications, Reading& reading, const Answer& answer) {
    ListPage page;
    for (JsonList one(notifications); one; one.next()) include(one.value().field("id").name(), page);
    go_below(std::move(page), answer, reading);
  }

  // --- one by one -----------------------------------------------------------------------------------

  Ask ask_single(const Held& one) const {
    return ask_about("single", status(mastodon_number(one.local)), one.id);
  }

  static Result<Reading> not_shown(const Ask& asked, const Answer& answer, std::string_view words) {
    Reading reading;
    reading.verdicts.push_back(verdict(asked, fate_of(answer.status), answer, words));
    return reading;
  }

  static void single(Reading& reading, const Ask& asked, const Answer& answer) {
    const bool did_come = std::ranges::any_of(
        reading.items, [&](const Item& item) { return item.interaction.id == asked.about; });
    reading.verdicts.push_back(verdict(asked, did_come ? Fate::kPresent : Fate::kUnclear, answer, ""));
  }

  // Newest first.
  std::vector<const Held*> missing(const std::vector<Held>& held) const {
    std::unordered_map<std::string_view, const Held*> by_name;
    for (const auto& one : held) {
      by_name.emplace(one.id, &one);
      if (!one.local.empty()) by_name.emplace(one.local, &one);
    }
    std::vector<const Held*> out;
    for (const auto& one : held)
      if (!has_come(one.id) && is_askable(one) && (should_be_listed(one) || is_in_thread_read(one, by_name)))
        out.push_back(&one);
    std::ranges::sort(out, [](const Held* a, const Held* b) {
      return is_older_number(mastodon_number(b->local), mastodon_number(a->local));
    });
    out.resize(std::min(out.size(), kMastodonSingles));
    return out;
  }

  bool is_askable(const Held& one) const {
    return one.local.starts_with(server_ + "/") && is_mastodon_number(mastodon_number(one.local));
  }

  // Within the numbers that were listed, and of the listed account.
  bool should_be_listed(const Held& one) const {
    return is_listed(kStatuses, mastodon_number(one.local)) &&
           (target_.is_tag || (!account_.empty() && one.id.starts_with(account_ + "/")));
  }

  // A reply, at any depth, in a thread that came in this poll.
  bool is_in_thread_read(const Held& one,
                         const std::unordered_map<std::string_view, const Held*>& by_name) const {
    std::string_view above = one.reply_to;
    for (int depth = 0; depth < 1'000 && !above.empty(); ++depth) {
      if (is_thread_read(above)) return true;
      const auto parent = by_name.find(above);
      if (parent == by_name.end()) return false;
      above = parent->second->reply_to;
    }
    return false;
  }
};

}  // namespace

Result<std::unique_ptr<Poll>> new_mastodon_poll(const PollSettings& settings) {
  auto target = mastodon_target(settings.url);
  if (!target) return target.error();
  return std::unique_ptr<Poll>(std::make_unique<MastodonPoll>(*std::move(target), settings));
}

}  // namespace muniment::polls
