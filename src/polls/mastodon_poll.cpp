#include "polls/mastodon_poll.hpp"

#include <algorithm>
#include <unordered_map>

#include "polls/answers.hpp"
#include "polls/api_poll.hpp"
#include "polls/known_states.hpp"
#include "polls/mastodon_address.hpp"
#include "sources/claims.hpp"
#include "sources/mastodon_page.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::Answer;
using sources::Ask;
using sources::excerpt;
using sources::Fate;
using sources::Held;
using sources::Item;
using sources::Json;
using sources::JsonList;
using sources::JsonPage;
using sources::next_link;
using sources::path_of;
using sources::Poll;
using sources::PollSettings;
using sources::read_mastodon;
using sources::read_mastodon_history;
using sources::Reading;
using sources::root_of;
using sources::server_of;
using sources::Showing;

// Lists; in the memory.
const std::string kStatuses = "newest", kMentions = "mention";

// Numbers go into addresses; what could change an address's meaning is no number.
bool is_plain(std::string_view number) {
  return is_word_of(number, number.size(), "_-");
}

std::string count_of(const records::Interaction& item, std::string_view counted) {
  for (const auto& [name, count] : item.counts)
    if (name == counted) return std::to_string(count);
  return "0";
}

std::string number_of(std::string_view local) {
  return std::string(local.substr(local.rfind('/') + 1));
}

void include(const std::string& number, ListPage& page) {
  if (!is_plain(number)) return;
  if (page.newest.empty() || is_older_number(page.newest, number)) page.newest = number;
  if (page.oldest.empty() || is_older_number(number, page.oldest)) page.oldest = number;
}

class MastodonPoll final : public ApiPoll {
 public:
  MastodonPoll(MastodonTarget target, const PollSettings& settings)
      : ApiPoll(settings, kMastodonPages, is_older_number),
        target_(std::move(target)),
        server_(server_of(target_.root)),
        login_(settings.has_credential),
        replies_(remembered("replies")),
        quotes_(remembered("quotes")),
        edits_(remembered("edits")) {}

  std::vector<Ask> start() override {
    std::vector<Ask> asks;
    if (login_) asks.push_back(with_login("verify", api("accounts/verify_credentials")));
    asks.push_back(target_.list.empty() ? ask("lookup", target_.lookup) : top_of(kStatuses));
    return asks;
  }

  std::vector<Ask> ask_after(const std::vector<Held>& held) override {
    std::vector<Ask> asks;
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
    for (std::size_t i = 0, count = reading->items.size(); i < count; ++i)
      ask_history(reading->items[i].interaction, *reading);
    if (asked.step == kStatuses) listing(*reading, answer);
    if (asked.step == kMentions) mentions(page->root(), *reading, answer);
    if (asked.step == "thread") thread_came(asked.about);
    if (asked.step.starts_with("quotes ")) quotes_.now_known(number_of(asked.about), asked.step.substr(7));
    if (asked.step == "single") single(*reading, asked, answer);
    return reading;
  }

  void remember_more(MemoryLines& memory) const override {
    memory["replies"] = replies_.words(kMastodonThreads);
    memory["quotes"] = quotes_.words(kMastodonThreads);
    memory["edits"] = edits_.words(kMastodonThreads);
  }

  std::string api(std::string_view path) const { return target_.root + "/api/v1/" + std::string(path); }
  std::string status(const std::string& number) const { return api("statuses/") + number; }

  Ask with_login(std::string step, std::string url) const {
    auto out = ask(std::move(step), std::move(url));
    if (login_) out.shows = {{Showing::Place::kBearer}};
    return out;
  }

  // --- the login ------------------------------------------------------------------------------------

  Result<Reading> login_refused(std::string_view words) {
    Reading reading;
    login_ = false;
    reading.faults.push_back("the login was refused (" + excerpt(words) +
                             "); what is public was read, mentions were not");
    return reading;
  }

  Result<Reading> verified(Json account) {
    own_number_ = account.field("id").name();
    Reading reading;
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
    return with_login(
        list, cursor.empty() ? api("notifications?types[]=mention&types[]=quote&limit=40") : below);
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
    if (!is_plain(number))
      return Error{Code::kInvalid, "the server's answer names no account",
                   "Look at the source's address in a browser."};
    Reading reading;
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
      const auto number = number_of(item.interaction.local);
      include(number, page);
      ask_thread(item.interaction, number, reading);
      ask_quotes(item.interaction, number, reading);
    }
    go_below(std::move(page), answer, reading);
  }

  void mentions(Json notifications, Reading& reading, const Answer& answer) {
    ListPage page;
    for (JsonList one(notifications); one; one.next()) include(one.value().field("id").name(), page);
    go_below(std::move(page), answer, reading);
  }

  // --- what stands around a status ------------------------------------------------------------------

  // Boosts have no replies of their own; a tag's statuses are not the account's to answer for.
  void ask_thread(const records::Interaction& item, const std::string& number, Reading& reading) {
    if (target_.is_tag) return;
    if (account_.empty()) account_ = item.author.id;
    const auto count = count_of(item, "replies");
    if (count == "0" || item.type == "repost" || !is_plain(number) ||
        is_as_before("thread", number, count, replies_))
      return;
    if (threads_.size() == kMastodonThreads) {
      if (!threads_cut_off_)
        reading.remarks.push_back("replies were asked for under " + std::to_string(kMastodonThreads) +
                                  " statuses; under older ones they were not");
      threads_cut_off_ = true;
      return;
    }
    threads_[item.local] = count;
    auto out = with_login("thread", status(number) + "/context");
    out.about = item.local;
    ask_optional(std::move(out), "thread", number, count, reading);
  }

  // Who quotes a status is told to its author only.
  void ask_quotes(const records::Interaction& item, const std::string& number, Reading& reading) {
    const auto count = count_of(item, "quotes");
    if (own_number_.empty() || target_.is_tag || count == "0" || item.type == "repost" || !is_plain(number) ||
        is_as_before("quotes", number, count, quotes_))
      return;
    auto out = with_login("quotes " + count, status(number) + "/quotes?limit=40");
    out.about = item.local;
    ask_optional(std::move(out), "quotes", number, count, reading);
  }

  void ask_history(const records::Interaction& item, Reading& reading) {
    const auto number = number_of(item.local);
    if (item.edited.empty() || item.type == "repost" || !is_plain(number) ||
        !item.local.starts_with(server_ + "/"))
      return;
    if (is_as_before("edit", number, item.edited, edits_) || histories_.size() == kMastodonHistories) return;
    if (!histories_.insert(number).second) return;
    auto out = ask("history " + number + "=" + item.edited, status(number) + "/history");
    out.about = item.id;
    ask_optional(std::move(out), "edit", number, item.edited, reading);
  }

  // Since the last complete poll, or an unfinished one after it.
  bool is_as_before(const std::string& what, const std::string& number, const std::string& state,
                    KnownStates& known) {
    if (known.is_known(number, state)) return true;
    if (!was_answered(what + "." + number + "=" + state)) return false;
    known.now_known(number, state);
    return true;
  }

  void ask_optional(Ask out, const std::string& what, const std::string& number, const std::string& state,
                    Reading& reading) {
    out.optional = true;
    join(what + "." + number + "=" + state, out);
    reading.next.push_back(std::move(out));
  }

  Result<Reading> history(JsonPage& page, const Ask& asked) {
    auto reading = read_mastodon_history(page, asked.about, target_.root);
    const auto state = asked.step.substr(8);
    const auto equals = state.find('=');
    if (reading) edits_.now_known(state.substr(0, equals), state.substr(equals + 1));
    return reading;
  }

  // Only a thread that came is remembered as read; the others are asked for again in the next poll.
  void thread_came(const std::string& local) {
    threads_read_.insert(local);
    if (const auto thread = threads_.find(local); thread != threads_.end())
      replies_.now_known(number_of(local), thread->second);
  }

  // --- one by one -----------------------------------------------------------------------------------

  Ask ask_single(const Held& one) const {
    return ask_about("single", status(number_of(one.local)), one.id);
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
      return is_older_number(number_of(b->local), number_of(a->local));
    });
    out.resize(std::min(out.size(), kMastodonSingles));
    return out;
  }

  bool is_askable(const Held& one) const {
    return one.local.starts_with(server_ + "/") && is_plain(number_of(one.local));
  }

  // Within the numbers that were listed, and of the listed account.
  bool should_be_listed(const Held& one) const {
    return is_listed(kStatuses, number_of(one.local)) &&
           (target_.is_tag || (!account_.empty() && one.id.starts_with(account_ + "/")));
  }

  // A reply, at any depth, in a thread that came in this poll.
  bool is_in_thread_read(const Held& one,
                         const std::unordered_map<std::string_view, const Held*>& by_name) const {
    std::string_view above = one.reply_to;
    for (int depth = 0; depth < 1'000 && !above.empty(); ++depth) {
      if (threads_read_.contains(std::string(above))) return true;
      const auto parent = by_name.find(above);
      if (parent == by_name.end()) return false;
      above = parent->second->reply_to;
    }
    return false;
  }

  MastodonTarget target_;
  std::string server_;
  bool login_;
  std::string own_number_;  // of the account that the login belongs to
  std::string account_;     // the listed account's id, which its statuses' ids begin with
  KnownStates replies_, quotes_, edits_;
  std::map<std::string, std::string, std::less<>> threads_;       // asked for: local name, number of replies
  std::set<std::string, std::less<>> threads_read_, histories_;  // local names; numbers
  bool threads_cut_off_ = false;
};

}  // namespace

Result<std::unique_ptr<Poll>> new_mastodon_poll(const PollSettings& settings) {
  auto target = mastodon_target(settings.url);
  if (!target) return target.error();
  return std::unique_ptr<Poll>(std::make_unique<MastodonPoll>(*std::move(target), settings));
}

}  // namespace muniment::polls
