#include "sources/mastodon_poll.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "sources/answers.hpp"
#include "sources/json_page.hpp"
#include "sources/mastodon_page.hpp"
#include "sources/url.hpp"

namespace muniment::sources {
namespace {

enum class Kind { kLookup, kListing, kThread, kSingle };
enum class Target { kAccount, kTag };

// Numbers go into addresses; what could change an address's meaning is no number.
bool is_plain(std::string_view number) {
  return !number.empty() && std::ranges::all_of(number, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
}

std::uint64_t replies_of(const records::Interaction& item) {
  for (const auto& [name, count] : item.counts)
    if (name == "replies") return count;
  return 0;
}

std::string number_of(std::string_view local) {
  return std::string(local.substr(local.rfind('/') + 1));
}

// What the cursor remembers.
struct Memory {
  std::string newest;
  std::map<std::string, std::uint64_t, std::less<>> replies;
};

Memory memory_of(std::string_view cursor) {
  Memory memory;
  while (!cursor.empty()) {
    const auto word = cursor.substr(0, cursor.find(' '));
    cursor.remove_prefix(std::min(word.size() + 1, cursor.size()));
    const auto equals = word.find('=');
    if (equals == std::string_view::npos) {
      memory.newest = word;
      continue;
    }
    std::uint64_t count = 0;
    std::from_chars(word.data() + equals + 1, word.data() + word.size(), count);
    memory.replies.emplace(word.substr(0, equals), count);
  }
  return memory;
}

class MastodonPoll : public Poll {
 public:
  MastodonPoll(std::string first, Kind kind, Target target, std::string_view cursor)
      : root_(root_of(first)),
        server_(server_of(root_)),
        first_(std::move(first)),
        first_kind_(kind),
        target_(target),
        before_(memory_of(cursor)) {}

  std::vector<Ask> start() override { return {ask(first_, first_kind_)}; }

  Result<Reading> read(const Ask& asked, const Answer& answer) override {
    const auto known = kinds_.find(asked.url);
    const auto kind = known == kinds_.end() ? Kind::kListing : known->second;
    auto page = JsonPage::parse(answer.body);
    const auto words = page ? page->root().field("error").text() : std::string_view();
    if (kind == Kind::kSingle && answer.status != 200) return verdict(asked, answer.status, words);
    if (auto refused = refusal(answer, words)) return std::move(*refused);
    if (!page) return std::move(page).error();
    if (kind == Kind::kLookup) return lookup(page->root());
    auto reading = read_mastodon(*page, root_);
    if (!reading) return reading;
    for (const auto& item : reading->items) came_.insert(item.interaction.id);
    if (kind == Kind::kListing) listing(*reading, answer);
    if (kind == Kind::kThread) thread_came(asked.about);
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
    std::vector<Ask> asks;
    for (const auto* one : missing) {
      asks.push_back(ask(root_ + "/api/v1/statuses/" + number_of(one->local), Kind::kSingle));
      asks.back().about = one->id;
    }
    return asks;
  }

  std::string cursor() const override {
    std::string out = newest_.empty() ? before_.newest : newest_;
    std::vector<std::pair<std::string, std::uint64_t>> newest(replies_.begin(), replies_.end());
    std::ranges::sort(newest, [](const auto& a, const auto& b) { return is_older(b.first, a.first); });
    newest.resize(std::min(newest.size(), kMastodonThreads));
    for (const auto& [number, count] : newest) out += " " + number + "=" + std::to_string(count);
    return out;
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

  Result<Reading> lookup(Json account) {
    const auto number = account.field("id").name();
    if (!is_plain(number))
      return Error{Code::kInvalid, "the server's answer names no account",
                   "Look at the source's address in a browser."};
    Reading reading;
    account_ = account.field("uri").text();
    if (account_.empty()) account_ = account.field("url").text();
    reading.next.push_back(ask(root_ + "/api/v1/accounts/" + number + "/statuses?limit=40", Kind::kListing));
    return reading;
  }

  void listing(Reading& reading, const Answer& answer) {
    bool any_newer = false;
    for (const auto& item : reading.items) {
      const auto number = number_of(item.interaction.local);
      if (newest_.empty() || is_older(newest_, number)) newest_ = number;
      if (oldest_.empty() || is_older(number, oldest_)) oldest_ = number;
      any_newer = any_newer || before_.newest.empty() || is_older(before_.newest, number);
      thread(item.interaction, number, reading);
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
    const auto count = replies_of(item);
    if (count == 0 || item.type == "repost" || !is_plain(number)) return;
    if (const auto before = before_.replies.find(number);
        before != before_.replies.end() && before->second == count) {
      replies_[number] = count;
      return;
    }
    if (threads_.size() == kMastodonThreads) {
      if (!threads_cut_off_)
        reading.remarks.push_back("replies were asked for under " + std::to_string(kMastodonThreads) +
                                  " statuses; under older ones they were not");
      threads_cut_off_ = true;
      return;
    }
    threads_[item.local] = count;
    reading.next.push_back(ask(root_ + "/api/v1/statuses/" + number + "/context", Kind::kThread));
    reading.next.back().about = item.local;
    reading.next.back().optional = true;
  }

  // Only a thread that came is remembered as read; the others are asked for again in the next poll.
  void thread_came(const std::string& local) {
    threads_read_.insert(local);
    if (const auto thread = threads_.find(local); thread != threads_.end())
      replies_[number_of(local)] = thread->second;
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
  Memory before_;
  std::string account_;  // the listed account's id, which its statuses' ids begin with
  std::map<std::string, Kind, std::less<>> kinds_;
  std::set<std::string, std::less<>> came_;
  std::set<std::string, std::less<>> threads_read_;  // local names
  std::map<std::string, std::uint64_t, std::less<>> replies_;
  std::string newest_;
  std::string oldest_;
  bool to_the_end_ = false;
  std::size_t pages_ = 0;
  std::map<std::string, std::uint64_t, std::less<>> threads_;  // asked for: local name, number of replies
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
    return std::unique_ptr<Poll>(
        std::make_unique<MastodonPoll>(std::move(first), kind, target, settings.cursor));
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

}  // namespace muniment::sources
