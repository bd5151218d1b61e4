#include "bench/corpus.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <optional>

#include "base/time.hpp"
#include "base/utf8.hpp"
#include "bench/vocabulary.hpp"

namespace muniment::bench {
namespace {

constexpr std::size_t kAccounts = 50'000;
constexpr std::size_t kRecent = 4096;  // posts that replies and edits look back on
constexpr std::size_t kTopics = 300;

constexpr std::array kEmoji = {"😀",           "😂",  "🙏",      "💧",     "🚰", "🔧",
                               "😡",           "👍",  "❤️", "🎉",     "🌊", "🤷🏽‍♀️",
                               "👩‍🔧", "🇬🇧", "✅",      "⚠️"};
constexpr std::array kServers = {"social.example", "towns.example", "harbour.example", "quay.example",
                                 "mastodon.example"};

struct Account {
  std::string id, user, server, name, json;
};

struct Post {
  std::uint64_t id = 0;
  std::size_t account = 0;
  std::string created, content, language, tail;  // tail: the JSON of mentions and tags
  std::uint64_t reply_to = 0;
  std::size_t reply_account = 0;
};

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

// Server time to the millisecond in the high bits, as Mastodon numbers its statuses.
std::uint64_t snowflake(base::Time time, std::uint64_t low) {
  return (static_cast<std::uint64_t>(time.time_since_epoch().count()) << 16) | (low & 0xFFFF);
}

Account make_account(std::size_t index) {
  Dice dice(0xACC0 + index);
  const auto& words = languages()[index % 10 < 7 ? 0 : index % languages().size()].words;
  Account out;
  out.id = number(109'000'000'000'000'000 + index * 7919);
  const auto& latin = languages()[0].words;
  out.user = latin[100 + dice.below(8000)] +
             (dice.chance(40) ? "_" + latin[200 + dice.below(8000)] : number(index % 997));
  out.server = kServers[dice.below(kServers.size())];
  out.name = words[100 + dice.below(9000)] + " " + words[100 + dice.below(9000)];
  if (dice.chance(12)) out.name += std::string(" ") + kEmoji[dice.below(kEmoji.size())];
  std::string note = "<p>";
  for (std::size_t i = 0, n = 3 + dice.below(12); i < n; ++i) note += words[zipf(dice)] + " ";
  note += "</p>";
  const std::string home = "https://" + out.server;
  const std::string picture = home + "/system/accounts/avatars/" + out.id.substr(0, 3) + "/" +
                              out.id.substr(3, 3) + "/original/" + number(dice.next() & 0xFFFFFFFF) + ".png";
  const std::string acct = dice.chance(50) ? out.user : out.user + "@" + out.server;
  out.json =
      "{\"id\":\"" + out.id + "\",\"username\":\"" + out.user + "\",\"acct\":\"" + acct +
      "\",\"display_name\":\"" + out.name +
      "\",\"locked\":false,\"bot\":" + (dice.chance(3) ? "true" : "false") + ",\"created_at\":\"20" +
      number(17 + dice.below(6)) + "-0" + number(1 + dice.below(9)) + "-1" + number(dice.below(10)) +
      "T00:00:00.000Z\",\"note\":\"" + note + "\",\"url\":\"" + home + "/@" + out.user + "\",\"uri\":\"" +
      home + "/users/" + out.user + "\",\"avatar\":\"" + picture + "\",\"avatar_static\":\"" + picture +
      "\",\"header\":\"" + home + "/headers/original/missing.png\",\"header_static\":\"" + home +
      "/headers/original/missing.png\",\"followers_count\":" + number(dice.below(3000)) +
      ",\"following_count\":" + number(dice.below(900)) + ",\"statuses_count\":" + number(dice.below(20000)) +
      ",\"last_status_at\":\"2026-11-20\",\"emojis\":[],\"fields\":[]}";
  return out;
}

// Few write much, many write little.
std::size_t author_of(Dice& dice) {
  return (zipf(dice) * 31 + dice.below(8) * 6151) % kAccounts;
}

std::string escape_non_ascii(const std::string& json) {
  std::string out;
  out.reserve(json.size() * 5 / 4);
  char unit[8];
  const auto append = [&](unsigned value) {
    out.append(unit, static_cast<std::size_t>(std::snprintf(unit, sizeof unit, "\\u%04x", value)));
  };
  for (std::size_t at = 0; at < json.size();) {
    if (static_cast<unsigned char>(json[at]) < 0x80) {
      out.push_back(json[at++]);
      continue;
    }
    const char32_t c = base::next_code_point(json, at);
    if (c < 0x10000) {
      append(c);
    } else {
      append(0xD800 + ((c - 0x10000) >> 10));
      append(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return out;
}

}  // namespace

struct Corpus::State {
  explicit State(std::uint64_t seed, std::uint64_t expected) : dice(seed) {
    for (std::size_t i = 0; i < kAccounts; ++i) accounts.push_back(make_account(i));
    const auto span = *base::from_civil(2026, 11, 20) - clock;
    step_ms = std::max<std::int64_t>(
        2, span.count() / static_cast<std::int64_t>(std::max<std::uint64_t>(expected, 1)));
  }

  const Language& language() {
    std::size_t roll = dice.below(100);
    for (const auto& one : languages()) {
      if (roll < one.percent) return one;
      roll -= one.percent;
    }
    return languages()[0];
  }
  std::size_t author() { return author_of(dice); }

  std::string sentence(const Language& language);
  std::string mention(std::size_t account, std::string& mentions);
  std::string tag(const Language& language, std::string& tags);
  Post write();
  std::string json(const Post& post, const std::string& edited) const;

  Dice dice;
  base::Time clock = *base::from_civil(2023, 1, 1, 6);
  std::int64_t step_ms;
  std::vector<Account> accounts;
  std::vector<Post> recent;
  std::uint64_t written = 0;
};

std::string Corpus::State::sentence(const Language& language) {
  const std::size_t topic = dice.below(kTopics);
  // Some say one word, a few go on and on.
  const std::size_t most = dice.chance(12) ? 58 : 30;
  const std::size_t count = 2 + dice.below(most);
  std::string out;
  std::size_t rank = zipf(dice);
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0 && language.spaced) out += dice.chance(9) ? ", " : " ";
    out += language.words[rank];
    if (dice.chance(28)) {
      rank = language.next[(rank + dice.below(6) * 7919) % language.next.size()];
    } else if (dice.chance(12)) {
      rank = 400 + (topic * 53 + dice.below(40)) % 18'000;
    } else {
      rank = zipf(dice);
    }
  }
  out += dice.chance(15) ? "!" : dice.chance(20) ? "?" : ".";
  return out;
}

std::string Corpus::State::mention(std::size_t account, std::string& mentions) {
  const Account& who = accounts[account];
  const std::string url = "https://" + who.server + "/@" + who.user;
  mentions += std::string(mentions.empty() ? "" : ",") + "{\"id\":\"" + who.id + "\",\"username\":\"" +
              who.user + "\",\"url\":\"" + url + "\",\"acct\":\"" + who.user + "@" + who.server + "\"}";
  return "<span class=\\\"h-card\\\"><a href=\\\"" + url + "\\\" class=\\\"u-url mention\\\">@<span>" +
         who.user + "</span></a></span> ";
}

std::string Corpus::State::tag(const Language& language, std::string& tags) {
  const std::string& word = language.words[60 + zipf(dice) % 3000];
  const std::string url = "https://social.example/tags/" + word;
  tags += std::string(tags.empty() ? "" : ",") + "{\"name\":\"" + word + "\",\"url\":\"" + url + "\"}";
  return " <a href=\\\"" + url + "\\\" class=\\\"mention hashtag\\\" rel=\\\"tag\\\">#<span>" + word +
         "</span></a>";
}

Post Corpus::State::write() {
  Post post;
  clock += std::chrono::milliseconds{
      1 + static_cast<std::int64_t>(dice.below(static_cast<std::size_t>(step_ms) * 2))};
  post.id = snowflake(clock, written);
  post.account = author();
  post.created = base::to_rfc3339(clock);
  const Language& language = this->language();
  post.language = language.code;
  std::string mentions;
  std::string tags;
  std::string text = "<p>";
  if (!recent.empty() && dice.chance(38)) {
    const Post& before = recent[dice.below(recent.size())];
    post.reply_to = before.id;
    post.reply_account = before.account;
    text += mention(before.account, mentions);
  } else if (dice.chance(10)) {
    text += mention(author(), mentions);
  }
  text += sentence(language);
  if (dice.chance(18)) text += "</p><p>" + sentence(language);
  if (dice.chance(25)) text += std::string(" ") + kEmoji[dice.below(kEmoji.size())];
  if (dice.chance(22)) {
    const std::string path = languages()[0].words[100 + dice.below(4000)] + "/" + number(dice.below(90'000));
    text +=
        " <a href=\\\"https://news.example/" + path +
        "\\\" rel=\\\"nofollow noopener\\\" target=\\\"_blank\\\"><span class=\\\"invisible\\\">https://" +
        "</span><span class=\\\"\\\">news.example/" + path + "</span></a>";
  }
  if (dice.chance(32))
    for (std::size_t i = 0, n = 1 + dice.below(3); i < n; ++i) text += tag(language, tags);
  post.content = text + "</p>";
  post.tail = "\"mentions\":[" + mentions + "],\"tags\":[" + tags + "]";
  ++written;
  return post;
}

std::string Corpus::State::json(const Post& post, const std::string& edited) const {
  const Account& who = accounts[post.account];
  const std::string id = number(post.id);
  const std::string home = "https://" + who.server;
  Dice counts(post.id);
  return "{\"id\":\"" + id + "\",\"created_at\":\"" + post.created +
         "\",\"in_reply_to_id\":" + (post.reply_to != 0 ? "\"" + number(post.reply_to) + "\"" : "null") +
         ",\"in_reply_to_account_id\":" +
         (post.reply_to != 0 ? "\"" + accounts[post.reply_account].id + "\"" : "null") +
         ",\"sensitive\":false,\"spoiler_text\":\"\",\"visibility\":\"public\",\"language\":\"" +
         post.language + "\",\"uri\":\"" + home + "/users/" + who.user + "/statuses/" + id + "\",\"url\":\"" +
         home + "/@" + who.user + "/" + id + "\",\"replies_count\":" + number(counts.below(4)) +
         ",\"reblogs_count\":" + number(counts.below(12)) +
         ",\"favourites_count\":" + number(counts.below(40)) +
         ",\"edited_at\":" + (edited.empty() ? "null" : "\"" + edited + "\"") + ",\"content\":\"" +
         post.content +
         "\",\"reblog\":null,\"application\":{\"name\":\"Web\",\"website\":null},\"account\":" + who.json +
         ",\"media_attachments\":[]," + post.tail + ",\"emojis\":[],\"card\":null,\"poll\":null}";
}

Corpus::Corpus(std::uint64_t seed, std::uint64_t expected)
    : state_(std::make_unique<State>(seed, expected)) {}
Corpus::~Corpus() = default;

Page Corpus::next(std::size_t most) {
  State& state = *state_;
  Page page;
  const std::size_t want = std::min<std::size_t>(most, 20 + state.dice.below(81));
  const bool escaped = state.dice.chance(30);
  page.json = "[";
  for (; page.posts < want; ++page.posts) {
    if (page.posts > 0) page.json += ",";
    if (!state.recent.empty() && state.dice.below(400) == 0) {
      Post& before = state.recent[state.dice.below(state.recent.size())];
      before.content = before.content.substr(0, before.content.size() - 4) +
                       " (edit: " + languages()[0].words[zipf(state.dice)] + ")</p>";
      page.json += state.json(before, base::to_rfc3339(state.clock));
      ++page.edits;
      continue;
    }
    Post post = state.write();
    page.json += state.json(post, "");
    if (state.recent.size() < kRecent) {
      state.recent.push_back(std::move(post));
    } else {
      state.recent[state.written % kRecent] = std::move(post);
    }
  }
  page.json += "]";
  if (escaped) page.json = escape_non_ascii(page.json);
  return page;
}

std::vector<std::string> words_of(Frequency frequency, std::size_t most) {
  const auto& words = languages()[0].words;
  struct Range {
    std::size_t from, to;
  };
  const Range range = frequency == Frequency::kTop      ? Range{0, 12}
                      : frequency == Frequency::kCommon ? Range{30, 300}
                      : frequency == Frequency::kMid    ? Range{1000, 5000}
                                                        : Range{20'000, kVocabulary};
  Dice dice(17 + static_cast<std::uint64_t>(frequency));
  std::vector<std::string> out;
  for (std::size_t i = 0; i < most; ++i) out.push_back(words[range.from + dice.below(range.to - range.from)]);
  return out;
}

std::vector<std::string> phrases(std::size_t most, bool longer) {
  const Language& english = languages()[0];
  Dice dice(longer ? 29 : 23);
  std::vector<std::string> out;
  while (out.size() < most) {
    const std::size_t rank = 20 + dice.below(600);
    const std::size_t second = english.next[rank];
    const bool third = dice.chance(30) || longer;
    out.push_back("\"" + english.words[rank] + " " + english.words[second] +
                  (third ? " " + english.words[english.next[second]] : "") + "\"");
  }
  return out;
}

std::vector<std::string> author_names(std::size_t most) {
  Dice dice(31);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < most; ++i) out.push_back(make_account(author_of(dice)).user);
  return out;
}

}  // namespace muniment::bench
