#include "polls/mastodon_poll.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "polls/answers.hpp"
#include "polls/memory_lines.hpp"
#include "polls/recheck.hpp"
#include "sources/claims.hpp"
#include "sources/json_page.hpp"
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
using sources::parameter;
using sources::path_of;
using sources::Poll;
using sources::PollSettings;
using sources::read_mastodon;
using sources::read_mastodon_history;
using sources::Reading;
using sources::root_of;
using sources::server_of;
using sources::Showing;
using sources::with_parameter;

enum class Kind { kVerify, kLookup, kListing, kMentions, kThread, kQuotes, kHistory, kSingle };
enum class Target { kAccount, kTag };

// Numbers go into addresses; what could change an address's meaning is no number.
bool is_plain(std::string_view number) {
  return !number.empty() && std::ranges::all_of(number, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
}

std::string count_of(const records::Interaction& item, std::string_view counted) {
  for (const auto& [name, count] : item.counts)
    if (name == counted) return std::to_string(count);
  return "0";
}

std::string number_of(std::string_view local) {
  return std::string(local.substr(local.rfind('/') + 1));
}

// What was known of statuses at the end of the last complete poll, and what is known now, by their numbers:
// how many replies, say.
class Watch {
 public:
  // `words`: "number=value number=value".
  explicit Watch(std::string_view words) {
    while (!words.empty()) {
      const auto word = words.substr(0, words.find(' '));
      words.remove_prefix(std::min(word.size() + 1, words.size()));
      if (const auto equals = word.find('='); equals != std::string_view::npos)
        before_[std::string(word.substr(0, equals))] = word.substr(equals + 1);
    }
  }

  // Is it as before?  Then it is remembered; else once now_known() says so.
  bool is_known(const std::string& number, const std::string& value) {
    const auto found = before_.find(number);
    if (found == before_.end() || found->second != value) return false;
    now_[number] = value;
    return true;
  }
  void now_known(const std::string& number, const std::string& value) { now_[number] = value; }

  // Of the newest.
  std::string words(std::size_t most) const {
    std::vector<std::pair<std::string, std::string>> newest(now_.begin(), now_.end());
    std::ranges::sort(newest, [](const auto& a, const auto& b) { return is_older(b.first, a.first); });
    newest.resize(std::min(newest.size(), most));
    std::string out;
    for (const auto& [number, value] : newest) out += (out.empty() ? "" : " ") + number + "=" + value;
    return out;
  }

 private:
  std::map<std::string, std::string, std::less<>> before_, now_;
};

class MastodonPoll : public Poll {
 public:
  MastodonPoll(std::string first, Kind kind, Target target, const PollSettings& settings)
      : root_(root_of(first)),
        server_(server_of(root_)),
        first_(std::move(first)),
        first_kind_(kind),
        target_(target),
        login_(settings.has_credential),
        memory_(memory_lines(settings.cursor)),
        recheck_(memory_, settings.now),
        replies_(memory_["replies"]),
        quotes_(memory_["quotes"]),
        edits_(memory_["edits"]) {}

  std::vector<Ask> start() override {
    std::vector<Ask> asks;
    if (login_) asks.push_back(with_login(root_ + "/api/v1/accounts/verify_credentials", Kind::kVerify));
    asks.push_back(ask(first_, first_kind_));
    return asks;
  }

  Result<Reading> read(const Ask& asked, const Answer& answer) override {
    const auto known = kinds_.find(asked.url);
    const auto kind = known == kinds_.end() ? Kind::kListing : known->second;
    auto page = JsonPage::parse(answer.body);
    const auto words = page ? page->root().field("error").text() : std::string_view();
    if (kind == Kind::kSingle && answer.status != 200) return verdict(asked, answer.status, words);
    if (kind == Kind::kVerify && fate_of(answer.status) == Fate::kBarred) return login_refused(words);
    if (auto refused = refusal(answer, words)) return std::move(*refused);
    if (!page) return std::move(page).error();
    if (kind == Kind::kVerify) return verified(page->root());
    if (kind == Kind::kLookup) return lookup(page->root());
    if (kind == Kind::kHistory) return history(*page, asked);
    auto reading = read_mastodon(*page, root_);
    if (!reading) return reading;
    for (const auto& item : reading->items) came_.insert(item.interaction.id);
    if (kind == Kind::kListing) listing(*reading, answer);
    if (kind == Kind::kMentions) mentions(page->root(), *reading, answer);
    if (kind == Kind::kThread) thread_came(asked.about);
    if (kind == Kind::kQuotes) quotes_.now_known(number_of(asked.about), asked.step);
    for (std::size_t i = 0, count = reading->items.size(); i < count; ++i)
      ask_history(reading->items[i].interaction, *reading);
    if (kind == Kind::kSingle) single(*reading, asked);
    return reading;
  }

  std::vector<Ask> ask_after(const std::vector<Held>& held) override {
    std::unordered_map<std::string_view, const Held*> by_name;
    for (const auto& one : held) {
      by_name.emplace(one.id, &one);
      if (!one.local.empty()) by_name.emplace(one.local, &one);
    }
    std::vector<const Held*> missing;
    for (const auto& one : held)
      if (!came_.contains(one.id) && is_askable(one) &&
          (should_be_listed(one) || is_in_thread_read(one, by_name)))
        missing.push_back(&one);
    std::ranges::sort(missing, [](const Held* a, const Held* b) {
      return is_older(number_of(b->local), number_of(a->local));
    });
    if (missing.size() > kMastodonSingles) missing.resize(kMastodonSingles);
    const auto turn = recheck_.choose(held, [&](const Held& one) {
      return is_askable(one) && !came_.contains(one.id) && std::ranges::find(missing, &one) == missing.end();
    });
    missing.insert(missing.end(), turn.begin(), turn.end());
    std::vector<Ask> asks;
    for (const auto* one : missing) {
      asks.push_back(ask(root_ + "/api/v1/statuses/" + number_of(one->local), Kind::kSingle));
      asks.back().about = one->id;
    }
    return asks;
  }

  std::string cursor() const override {
    auto memory = memory_;
    if (!newest_.empty()) memory["newest"] = newest_;
    if (!newest_mention_.empty()) memory["mention"] = newest_mention_;
    memory["replies"] = replies_.words(kMastodonThreads);
    memory["quotes"] = quotes_.words(kMastodonThreads);
    memory["edits"] = edits_.words(kMastodonThreads);
    recheck_.remember(memory);
    return cursor_of(memory);
  }

 private:
  Ask ask(std::string url, Kind kind) {
    kinds_[url] = kind;
    return {.url = std::move(url),
            .accept = "application/json",
            .about = "",
            .conditional = false,
            .optional = false};
  }

  Ask with_login(std::string url, Kind kind) {
    auto out = ask(std::move(url), kind);
    if (login_) out.shows = {{Showing::Place::kBearer}};
    return out;
  }

  std::string known(std::string_view line) const {
    const auto found = memory_.find(line);
    return found == memory_.end() ? std::string() : found->second;
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
    if (first_kind_ == Kind::kListing) ask_mentions(numbered_account(), reading);
    return reading;
  }

  // Of an address /api/v1/accounts/NUMBER/statuses.
  std::string numbered_account() const {
    constexpr std::string_view kBefore = "/api/v1/accounts/";
    const auto path = path_of(first_);
    if (!path.starts_with(kBefore)) return {};
    const auto rest = path.substr(kBefore.size());
    return std::string(rest.substr(0, rest.find('/')));
  }

  // Another account's mentions are not this source's.
  void ask_mentions(const std::string& number, Reading& reading) {
    if (number.empty() || number != own_number_) return;
    reading.next.push_back(
        with_login(root_ + "/api/v1/notifications?types[]=mention&types[]=quote&limit=40", Kind::kMentions));
  }

  void mentions(Json notifications, Reading& reading, const Answer& answer) {
    bool any_newer = false;
    const auto before = known("mention");
    for (JsonList one(notifications); one; one.next()) {
      const auto number = one.value().field("id").name();
      if (!is_plain(number)) continue;
      if (newest_mention_.empty() || is_older(newest_mention_, number)) newest_mention_ = number;
      any_newer = any_newer || before.empty() || is_older(before, number);
    }
    const auto next = next_link(answer.link);
    if (next.empty() || !any_newer || root_of(next) != root_ || kinds_.contains(next)) return;
    if (++mention_pages_ >= kMastodonPages)
      reading.remarks.push_back("mentions were read for " + std::to_string(kMastodonPages) + " pages");
    else
      reading.next.push_back(with_login(next, Kind::kMentions));
  }

  // --- versions -------------------------------------------------------------------------------------

  void ask_history(const records::Interaction& item, Reading& reading) {
    const auto number = number_of(item.local);
    if (item.edited.empty() || item.type == "repost" || !is_plain(number) ||
        !item.local.starts_with(server_ + "/"))
      return;
    if (edits_.is_known(number, item.edited) || histories_.size() == kMastodonHistories) return;
    if (!histories_.insert(number).second) return;
    reading.next.push_back(ask(root_ + "/api/v1/statuses/" + number + "/history", Kind::kHistory));
    reading.next.back().about = item.id;
    reading.next.back().step = number + "=" + item.edited;
    reading.next.back().optional = true;
  }

  Result<Reading> history(JsonPage& page, const Ask& asked) {
    auto reading = read_mastodon_history(page, asked.about, root_);
    const auto equals = asked.step.find('=');
    if (reading) edits_.now_known(asked.step.substr(0, equals), asked.step.substr(equals + 1));
    return reading;
  }

  // --- lists ----------------------------------------------------------------------------------------

  Result<Reading> lookup(Json account) {
    const auto number = account.field("id").name();
    if (!is_plain(number))
      return Error{Code::kInvalid, "the server's answer names no account",
                   "Look at the source's address in a browser."};
    Reading reading;
    account_ = account.field("uri").text();
    if (account_.empty()) account_ = account.field("url").text();
    reading.next.push_back(ask(root_ + "/api/v1/accounts/" + number + "/statuses?limit=40", Kind::kListing));
    ask_mentions(number, reading);
    return reading;
  }

  void listing(Reading& reading, const Answer& answer) {
    bool any_newer = false;
    const auto before = known("newest");
    for (const auto& item : reading.items) {
      const auto number = number_of(item.interaction.local);
      if (newest_.empty() || is_older(newest_, number)) newest_ = number;
      if (oldest_.empty() || is_older(number, oldest_)) oldest_ = number;
      any_newer = any_newer || before.empty() || is_older(before, number);
      thread(item.interaction, number, reading);
      ask_quotes(item.interaction, number, reading);
    }
    ++pages_;
    const auto next = next_link(answer.link);
    if (next.empty() || reading.items.empty()) {
      to_the_end_ = next.empty();
    } else if (!any_newer) {
      return;
    } else if (root_of(next) != root_) {
      reading.remarks.push_back("the list goes on at another server, which was not asked");
    } else if (kinds_.contains(next)) {
      reading.remarks.push_back("the list names a page as its next that was read already");
    } else if (pages_ >= kMastodonPages) {
      reading.remarks.push_back("the list was read for " + std::to_string(kMastodonPages) +
                                " pages; older statuses were not");
    } else {
      reading.next.push_back(ask(next, Kind::kListing));
    }
  }

  // Boosts have no replies of their own; a tag's statuses are not the account's to answer for.
  void thread(const records::Interaction& item, const std::string& number, Reading& reading) {
    if (target_ == Target::kTag) return;
    if (account_.empty()) account_ = item.author.id;
    const auto count = count_of(item, "replies");
    if (count == "0" || item.type == "repost" || !is_plain(number) || replies_.is_known(number, count))
      return;
    if (threads_.size() == kMastodonThreads) {
      if (!threads_cut_off_)
        reading.remarks.push_back("replies were asked for under " + std::to_string(kMastodonThreads) +
                                  " statuses; under older ones they were not");
      threads_cut_off_ = true;
      return;
    }
    threads_[item.local] = count;
    reading.next.push_back(with_login(root_ + "/api/v1/statuses/" + number + "/context", Kind::kThread));
    reading.next.back().about = item.local;
    reading.next.back().optional = true;
  }

  // Who quotes a status is told to its author only.
  void ask_quotes(const records::Interaction& item, const std::string& number, Reading& reading) {
    const auto count = count_of(item, "quotes");
    if (own_number_.empty() || target_ == Target::kTag || count == "0" || item.type == "repost" ||
        !is_plain(number) || quotes_.is_known(number, count))
      return;
    reading.next.push_back(
        with_login(root_ + "/api/v1/statuses/" + number + "/quotes?limit=40", Kind::kQuotes));
    reading.next.back().about = item.local;
    reading.next.back().step = count;
    reading.next.back().optional = true;
  }

  // Only a thread that came is remembered as read; the others are asked for again in the next poll.
  void thread_came(const std::string& local) {
    threads_read_.insert(local);
    if (const auto thread = threads_.find(local); thread != threads_.end())
      replies_.now_known(number_of(local), thread->second);
  }

  static Result<Reading> verdict(const Ask& asked, int status, std::string_view words) {
    Reading reading;
    reading.verdicts.push_back({asked.about, fate_of(status), status, std::string(words.substr(0, 200))});
    return reading;
  }

  static void single(Reading& reading, const Ask& asked) {
    const bool came = std::ranges::any_of(
        reading.items, [&](const Item& item) { return item.interaction.id == asked.about; });
    reading.verdicts.push_back({asked.about, came ? Fate::kPresent : Fate::kUnclear, 200, ""});
  }

  bool is_askable(const Held& one) const {
    return one.local.starts_with(server_ + "/") && is_plain(number_of(one.local));
  }

  // Within the numbers that were listed, and of the listed account.
  bool should_be_listed(const Held& one) const {
    const auto number = number_of(one.local);
    if (newest_.empty() || is_older(newest_, number)) return false;
    if (!to_the_end_ && is_older(number, oldest_)) return false;
    return target_ == Target::kTag || (!account_.empty() && one.id.starts_with(account_ + "/"));
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

  std::string root_;
  std::string server_;
  std::string first_;
  Kind first_kind_;
  Target target_;
  bool login_;
  std::string own_number_;  // of the account that the login belongs to
  MemoryLines memory_;
  Recheck recheck_;
  Watch replies_, quotes_, edits_;
  std::set<std::string, std::less<>> histories_;
  std::string newest_mention_;
  std::size_t mention_pages_ = 0;
  std::string account_;  // the listed account's id, which its statuses' ids begin with
  std::map<std::string, Kind, std::less<>> kinds_;
  std::set<std::string, std::less<>> came_;
  std::set<std::string, std::less<>> threads_read_;  // local names
  std::string newest_;
  std::string oldest_;
  bool to_the_end_ = false;
  std::size_t pages_ = 0;
  std::map<std::string, std::string, std::less<>> threads_;  // asked for: local name, number of replies
  bool threads_cut_off_ = false;
};

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto part = path.substr(0, path.find('/'));
    if (!part.empty()) parts.push_back(part);
    path.remove_prefix(part.size());
  }
  return parts;
}

std::string with_limit(const std::string& url) {
  return parameter(url, "limit").empty() ? with_parameter(url, "limit", "40") : url;
}

}  // namespace

bool is_older(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

Result<std::unique_ptr<Poll>> new_mastodon_poll(const PollSettings& settings) {
  const auto root = root_of(settings.url);
  const auto parts = parts_of(path_of(settings.url));
  const auto poll = [&](std::string first, Kind kind, Target target) -> Result<std::unique_ptr<Poll>> {
    return std::unique_ptr<Poll>(std::make_unique<MastodonPoll>(std::move(first), kind, target, settings));
  };
  const auto account = [&](std::string_view name) {
    return poll(root + "/api/v1/accounts/lookup?acct=" + std::string(name), Kind::kLookup, Target::kAccount);
  };
  const auto is = [&](std::initializer_list<std::string_view> names, std::size_t size) {
    return !root.empty() && parts.size() == size && std::equal(names.begin(), names.end(), parts.begin());
  };
  if (!root.empty() && parts.size() == 1 && parts[0].size() > 1 && parts[0].front() == '@')
    return account(parts[0].substr(1));
  if (is({"users"}, 2)) return account(parts[1]);
  if (is({"tags"}, 2))
    return poll(root + "/api/v1/timelines/tag/" + std::string(parts[1]) + "?limit=40", Kind::kListing,
                Target::kTag);
  if (is({"api", "v1", "timelines", "tag"}, 5))
    return poll(with_limit(settings.url), Kind::kListing, Target::kTag);
  if (is({"api", "v1", "accounts"}, 5) && parts[4] == "statuses")
    return poll(with_limit(settings.url), Kind::kListing, Target::kAccount);
  return Error{Code::kInvalid, "the address names no Mastodon account and no tag",
               "Give it as https://SERVER/@NAME or https://SERVER/tags/TAG."};
}

}  // namespace muniment::polls
