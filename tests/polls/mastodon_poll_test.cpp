#include "polls/mastodon_poll.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "polls/known_states.hpp"
#include "support/scripted_server.hpp"

namespace muniment::polls {
namespace {

using sources::Fate;
using sources::Held;
using sources::Poll;

using test::Scripted;
using test::ScriptedServer;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kTown = "https://town.example";
const std::string kLookup = kTown + "/api/v1/accounts/lookup?acct=council";
const std::string kFirst = kTown + "/api/v1/accounts/1/statuses?limit=40";
const std::string kSecond = kTown + "/api/v1/accounts/1/statuses?limit=40&max_id=20";

std::string status(int id, int replies = 0, int parent = 0, const std::string& author = "council") {
  const auto n = std::to_string(id);
  return R"({"id":")" + n + R"(","uri":"https://town.example/users/)" + author + "/statuses/" + n +
         R"(","created_at":"2026-11-01T00:00:00.000Z","content":"<p>)" + n + R"(</p>","replies_count":)" +
         std::to_string(replies) + R"(,"in_reply_to_id":)" +
         (parent ? "\"" + std::to_string(parent) + "\"" : "null") + R"(,"account":{"acct":")" + author +
         R"(","url":"https://town.example/@)" + author + R"(","uri":"https://town.example/users/)" + author +
         R"("}})";
}
std::string list(const std::vector<std::string>& statuses) {
  std::string out = "[";
  for (const auto& one : statuses) out += (out.size() > 1 ? "," : "") + one;
  return out + "]";
}
Held held(int id, const std::string& author = "council", int parent = 0) {
  const auto n = std::to_string(id);
  return {"https://town.example/users/" + author + "/statuses/" + n, "town.example/" + n,
          parent ? "town.example/" + std::to_string(parent) : ""};
}
std::string next(const std::string& url) {
  return "<" + url + ">; rel=\"next\", <https://town.example/p>; rel=\"prev\"";
}
std::string single(int id) {
  return kTown + "/api/v1/statuses/" + std::to_string(id);
}

class AnAccount : public testing::Test {
 protected:
  AnAccount() {
    server.answers[kLookup] = {200,
                               R"({"id":"1","acct":"council","uri":"https://town.example/users/council"})"};
    server.answers[kFirst] = {200, list({status(30), status(20)}), next(kSecond)};
    server.answers[kSecond] = {200, list({status(12), status(11)})};
  }
  std::unique_ptr<Poll> poll(const std::string& cursor = "", const std::string& url = kTown + "/@council",
                             bool login = false) {
    auto made = new_mastodon_poll({url, cursor, "2026-11-22T00:00:00Z", login});
    EXPECT_TRUE(made);
    return made ? *std::move(made) : nullptr;
  }
  ScriptedServer server;
};

TEST_F(AnAccount, IsLookedUpAndReadToItsEndAtFirst) {
  const auto it = poll();
  const auto out = server.play(*it);
  EXPECT_THAT(server.asked, ElementsAre(kLookup, kFirst, kSecond));
  EXPECT_THAT(out.items, SizeIs(4));
  EXPECT_THAT(out.errors, IsEmpty());
  EXPECT_EQ(it->cursor(), "newest 30\n");
}

TEST_F(AnAccount, IsReadUntilAPageIsWhollyKnownFromThenOn) {
  const auto known = poll("newest 30\n");
  server.play(*known);
  EXPECT_THAT(server.asked, ElementsAre(kLookup, kFirst));
  server.asked.clear();
  const auto older = poll("newest 20\n");
  server.play(*older);
  EXPECT_THAT(server.asked, ElementsAre(kLookup, kFirst, kSecond));
}

TEST_F(AnAccount, IsAskedForThreadsWhoseRepliesAreNewOrAnotherNumber) {
  server.answers[kFirst] = {200, list({status(30, 2), status(25, 1), status(20, 5)})};
  server.answers[single(30) + "/context"] = {
      200, R"({"ancestors":[],"descendants":[)" + status(31, 0, 30, "jo") + "]}"};
  server.answers[single(20) + "/context"] = {500, ""};
  const auto it = poll("newest 25\nreplies 20=4 25=1\n");
  const auto out = server.play(*it);
  EXPECT_THAT(server.asked, ElementsAre(kLookup, kFirst, single(30) + "/context", single(20) + "/context"));
  EXPECT_THAT(out.items, SizeIs(4));
  // The thread that did not come is asked for again next time.
  EXPECT_EQ(it->cursor(), "newest 30\nreplies 30=2 25=1\n");
}

TEST_F(AnAccount, WithMoreThreadsThanAPollAsksForGoesOnUnderTheOlderOnesInTheNext) {
  // Six pages of forty: each status has a reply.
  std::map<std::string, int> asked_for;
  const int newest = 240;
  const auto page_url = [](int below) {
    return below == 241 ? kFirst
                        : kTown + "/api/v1/accounts/1/statuses?limit=40&max_id=" + std::to_string(below);
  };
  for (int below = newest + 1; below > 1; below -= 40) {
    std::vector<std::string> statuses;
    for (int id = below - 1; id >= below - 40; --id) {
      statuses.push_back(status(1000 + id, 1));
      server.answers[single(1000 + id) + "/context"] = {
          200, R"({"ancestors":[],"descendants":[)" + status(5000 + id, 0, 1000 + id, "jo") + "]}"};
    }
    server.answers[page_url(below)] = {200, list(statuses), below > 41 ? next(page_url(below - 40)) : ""};
  }
  std::string cursor, resume;
  for (int polls = 1; polls <= 3; ++polls) {
    const auto it = *new_mastodon_poll({kTown + "/@council", cursor, "2026-11-22T00:00:00Z", false, resume});
    server.asked.clear();
    const auto out = server.play(*it);
    for (const auto& url : server.asked)
      if (url.ends_with("/context")) ++asked_for[url];
    if (polls < 3) {
      ASSERT_THAT(out.faults, SizeIs(1)) << polls;
      EXPECT_THAT(out.faults[0], HasSubstr("the next poll goes on under older ones"));
      resume = it->resume({});
    } else {
      EXPECT_THAT(out.faults, IsEmpty());
    }
  }
  EXPECT_THAT(asked_for, SizeIs(240));
  for (const auto& [url, times] : asked_for) EXPECT_EQ(times, 1) << url;
}

TEST_F(AnAccount, TakesThreadsForOptional) {
  server.answers[kFirst] = {200, list({status(30, 2)})};
  const auto it = poll();
  ASSERT_TRUE(it->read({.url = kLookup, .accept = "", .about = ""},
                       {.status = 404, .url = "", .link = "", .content_type = "", .body = "", .total = ""})
                  .has_value() == false);
  const auto asks = it->start();
  const auto lookup = it->read(asks[0], {.status = 200,
                                         .url = "",
                                         .link = "",
                                         .content_type = "",
                                         .body = server.answers[kLookup].body,
                                         .total = ""});
  ASSERT_TRUE(lookup);
  const auto page = it->read(lookup->next[0], {.status = 200,
                                               .url = "",
                                               .link = "",
                                               .content_type = "",
                                               .body = server.answers[kFirst].body,
                                               .total = ""});
  ASSERT_TRUE(page);
  ASSERT_THAT(page->next, SizeIs(1));
  EXPECT_TRUE(page->next[0].optional);
}

TEST_F(AnAccount, IsAskedForWhatShouldHaveBeenListedAndWasNot) {
  const auto it = poll("newest 12\n");
  server.answers[kSecond].link = next(kTown + "/never");
  server.answers[kSecond].body = list({status(12), status(11)});
  server.play(*it);
  // 25 is missing; 20 came; 5 is older than what was listed; 40 newer; jo's is nobody's to list; another
  // server's.
  const auto asks = it->ask_after({held(25),
                                   held(20),
                                   held(5),
                                   held(40),
                                   held(26, "jo"),
                                   {"https://else.example/1", "else.example/25", ""}});
  ASSERT_THAT(asks, SizeIs(4)) << "those that are not missing take their turn after the one that is";
  EXPECT_EQ(asks[0].url, single(25));
  EXPECT_EQ(asks[0].about, held(25).id);
  for (const auto& ask : asks) {
    EXPECT_NE(ask.about, held(20).id);
    EXPECT_THAT(ask.url, HasSubstr("https://town.example/"));
    EXPECT_NE(ask.about, "https://else.example/1");
  }
}

TEST_F(AnAccount, IsAskedForRepliesMissingFromAThreadThatCame) {
  server.answers[kFirst] = {200, list({status(30, 1), status(20, 1)})};
  server.answers[single(30) + "/context"] = {
      200, R"({"ancestors":[],"descendants":[)" + status(33, 0, 30, "jo") + "]}"};
  const auto it = poll("newest 20\nreplies 20=1\n");
  server.play(*it);
  const auto asks =
      it->ask_after({held(31, "jo", 30), held(32, "al", 31), held(33, "jo", 30), held(21, "jo", 20)});
  std::vector<std::string> urls;
  for (const auto& ask : asks) urls.push_back(ask.url);
  EXPECT_THAT(urls, ElementsAre(single(32), single(31), single(21)));
}

TEST_F(AnAccount, HearsFromSingleAnswersWhatBecameOfAStatus) {
  const auto it = poll();
  server.play(*it);
  server.answers[single(24)] = {404, R"({"error":"Record not found"})"};
  server.answers[single(25)] = {410, ""};
  server.answers[single(26)] = {401, R"({"error":"This method requires an authenticated user"})"};
  server.answers[single(27)] = {503, "<html>"};
  server.answers[single(28)] = {200, status(28)};
  server.answers[single(29)] = {200, status(3)};
  const auto out =
      server.play(*it, it->ask_after({held(24), held(25), held(26), held(27), held(28), held(29)}));
  std::map<std::string, Fate> fates;
  for (const auto& verdict : out.verdicts) fates[verdict.id] = verdict.fate;
  EXPECT_EQ(fates[held(24).id], Fate::kGone);
  EXPECT_EQ(fates[held(25).id], Fate::kGone);
  EXPECT_EQ(fates[held(26).id], Fate::kBarred);
  EXPECT_EQ(fates[held(27).id], Fate::kUnclear);
  EXPECT_EQ(fates[held(28).id], Fate::kPresent);
  EXPECT_EQ(fates[held(29).id], Fate::kUnclear);
}

TEST_F(AnAccount, NeverFollowsAListToAnotherServerOrInACircle) {
  server.answers[kFirst].link = next("https://evil.example/api");
  const auto away = poll();
  EXPECT_THAT(server.play(*away).remarks, ElementsAre(HasSubstr("another server")));
  server.answers[kFirst].link = next(kFirst);
  const auto circle = poll();
  EXPECT_THAT(server.play(*circle).remarks, ElementsAre(HasSubstr("read already")));
}

TEST_F(AnAccount, NeverPutsAHostileNumberIntoAnAddress) {
  server.answers[kFirst] = {
      200,
      R"([{"id":"../../admin?x","uri":"https://town.example/users/council/statuses/x","content":"","replies_count":4,"account":{"acct":"council"}}])"};
  const auto it = poll();
  const auto out = server.play(*it);
  EXPECT_THAT(out.items, SizeIs(1));
  EXPECT_THAT(server.asked, ElementsAre(kLookup, kFirst));
  EXPECT_THAT(it->ask_after({{"https://town.example/users/council/statuses/y", "town.example/9?x", ""}}),
              IsEmpty());
  server.answers[kLookup].body = R"({"id":"1/../2"})";
  const auto renamed = poll();
  EXPECT_THAT(server.play(*renamed).errors, SizeIs(1));
}

TEST_F(AnAccount, SaysWhatWentWrongWithoutLosingWhatCame) {
  server.answers[kSecond] = {429, R"({"error":"Too many requests"})"};
  const auto it = poll();
  const auto out = server.play(*it);
  EXPECT_THAT(out.items, SizeIs(2));
  ASSERT_THAT(out.errors, SizeIs(1));
  EXPECT_EQ(out.errors[0].code, Code::kUnavailable);
  server.answers[kLookup] = {404, R"({"error":"Record not found"})"};
  const auto none = poll();
  EXPECT_EQ(server.play(*none).errors.at(0).code, Code::kNotFound);
}

TEST(ATag, IsReadAndAskedAfterWhoeverWroteUnderIt) {
  ScriptedServer server;
  const auto timeline = kTown + "/api/v1/timelines/tag/bins?limit=40";
  server.answers[timeline] = {200, list({status(30, 4, 0, "jo"), status(20, 0, 0, "al")})};
  auto it = new_mastodon_poll({kTown + "/tags/bins", ""});
  ASSERT_TRUE(it);
  server.play(**it);
  EXPECT_THAT(server.asked, ElementsAre(timeline));
  EXPECT_THAT((*it)->ask_after({held(25, "jo"), held(30, "jo")}), SizeIs(1));
}

TEST(MastodonAddresses, AreTakenInEveryFormThatPeopleCopy) {
  const auto first = [](const std::string& url) {
    auto it = new_mastodon_poll({url, ""});
    return it ? (*it)->start().at(0).url : "refused";
  };
  EXPECT_EQ(first(kTown + "/@council"), kLookup);
  EXPECT_EQ(first(kTown + "/@council/"), kLookup);
  EXPECT_EQ(first(kTown + "/users/council"), kLookup);
  EXPECT_EQ(first(kTown + "/@jo@else.example"), kTown + "/api/v1/accounts/lookup?acct=jo@else.example");
  EXPECT_EQ(first(kTown + "/api/v1/accounts/1/statuses"), kFirst);
  EXPECT_EQ(first(kTown + "/api/v1/accounts/1/statuses?limit=5"),
            kTown + "/api/v1/accounts/1/statuses?limit=5");
  EXPECT_EQ(first(kTown + "/api/v1/timelines/tag/bins"), kTown + "/api/v1/timelines/tag/bins?limit=40");
  for (const auto path : {"/", "/@", "/@council/113", "/about", "/api/v1/accounts/1/following"})
    EXPECT_EQ(first(kTown + path), "refused") << path;
}

TEST(MastodonNumbers, AreOrderedByLengthAndThenByDigits) {
  EXPECT_TRUE(is_older_number("9", "10"));
  EXPECT_TRUE(is_older_number("10", "11"));
  EXPECT_FALSE(is_older_number("11", "11"));
  EXPECT_FALSE(is_older_number("113", "99"));
}

const std::string kVerify = kTown + "/api/v1/accounts/verify_credentials";
const std::string kMentions = kTown + "/api/v1/notifications?types[]=mention&types[]=quote&limit=40";

std::string notification(int id, const std::string& inner) {
  return R"({"id":")" + std::to_string(id) +
         R"(","type":"mention","created_at":"2026-11-01T00:00:00.000Z",)" +
         R"("account":{"acct":"a"},"status":)" + inner + "}";
}

TEST_F(AnAccount, WithALoginItsMentionsAreReadUntilTheyAreKnown) {
  server.answers[kVerify] = {200, R"({"id":"1"})"};
  const auto second = kTown + "/api/v1/notifications?max_id=70";
  server.answers[kMentions] = {200, list({notification(71, status(31, 0, 0, "clerk"))}), next(second)};
  server.answers[second] = {200, list({notification(60, status(29, 0, 0, "clerk"))})};
  const auto first = poll("", kTown + "/@council", true);
  const auto start = first->start();
  ASSERT_THAT(start, SizeIs(2));
  EXPECT_THAT(start[0].shows, SizeIs(1));
  EXPECT_THAT(start[1].shows, IsEmpty()) << "what is public is asked without";
  EXPECT_THAT(server.play(*first, start).items, SizeIs(6));
  EXPECT_THAT(server.asked, Contains(second));
  server.asked.clear();
  server.answers[kMentions].body = list({notification(71, status(31, 0, 0, "clerk"))});
  server.play(*poll(first->cursor(), kTown + "/@council", true));
  EXPECT_THAT(server.asked, testing::Not(Contains(second)));
}

TEST_F(AnAccount, OfAnotherLoginGivesNoMentions) {
  server.answers[kVerify] = {200, R"({"id":"2"})"};
  server.play(*poll("", kTown + "/@council", true));
  EXPECT_THAT(server.asked, testing::Not(Contains(kMentions)));
}

TEST_F(AnAccount, ARefusedLoginIsAFaultAndWhatIsPublicIsRead) {
  server.answers[kVerify] = {401, R"({"error":"The access token is invalid"})"};
  const auto out = server.play(*poll("", kTown + "/@council", true));
  EXPECT_THAT(out.items, SizeIs(4));
  EXPECT_THAT(out.faults, Contains(HasSubstr("access token is invalid")));
}

TEST_F(AnAccount, WhatAStatusSaidBeforeIsReadFromItsHistoryOnce) {
  const auto history = single(30) + "/history";
  auto edited = status(30);
  edited.insert(edited.rfind(R"(,"account")"), R"(,"edited_at":"2026-11-03T00:00:00.000Z")");
  server.answers[kFirst] = {200, list({edited})};
  server.answers[history] = {200, R"([
    {"content":"<p>Frist</p>","created_at":"2026-11-01T00:00:00.000Z","account":{"acct":"council","url":"https://town.example/@council"}},
    {"content":"<p>First</p>","created_at":"2026-11-02T00:00:00.000Z","account":{"acct":"council"}},
    {"content":"<p>30</p>","created_at":"2026-11-03T00:00:00.000Z","account":{"acct":"council"}}])"};
  const auto it = poll();
  const auto out = server.play(*it);
  ASSERT_THAT(out.items, SizeIs(3));
  const auto& oldest = out.items[1].interaction;
  EXPECT_EQ(oldest.id, "https://town.example/users/council/statuses/30#2026-11-01T00:00:00.000Z");
  EXPECT_EQ(oldest.edit_of, "https://town.example/users/council/statuses/30");
  EXPECT_EQ(oldest.type, "version");
  EXPECT_EQ(oldest.text, "Frist");
  EXPECT_EQ(oldest.posted, "2026-11-01T00:00:00.000Z");
  EXPECT_EQ(out.items[2].interaction.posted, "2026-11-01T00:00:00.000Z");
  EXPECT_EQ(out.items[2].interaction.edited, "2026-11-02T00:00:00.000Z");
  server.asked.clear();
  server.play(*poll(it->cursor()));
  EXPECT_THAT(server.asked, testing::Not(Contains(history)));
}

TEST_F(AnAccount, HistoriesBeyondWhatOnePollReadsAreReadByTheNextThoughNoListShowsTheirStatuses) {
  std::vector<std::string> statuses;
  for (int id = 125; id > 100; --id) {
    statuses.push_back(status(id));
    auto& one = statuses.back();
    one.insert(one.rfind(R"(,"account")"), R"(,"edited_at":"2026-11-03T00:00:00.000Z")");
    server.answers[single(id) + "/history"] = {200, "[]"};
  }
  server.answers[kFirst] = {200, list(statuses)};
  const auto histories = [&] {
    return std::ranges::count_if(server.asked, [](const auto& url) { return url.ends_with("/history"); });
  };
  const auto first = poll();
  server.play(*first);
  EXPECT_EQ(histories(), 20);
  server.asked.clear();
  server.answers[kFirst] = {200, list({status(200)})};
  const auto second = poll(first->cursor());
  server.play(*second);
  EXPECT_EQ(histories(), 5);
  EXPECT_EQ(second->cursor().find("owed"), std::string::npos);
}

TEST_F(AnAccount, BelowAnOldStatusOfWhichItIsTheTurnMoreRepliesThanAreHeldAreRead) {
  const auto it = poll("newest 30\n");
  server.play(*it);
  server.answers[single(5)] = {200, status(5, 2)};
  server.answers[single(6)] = {200, status(6, 1)};
  server.answers[single(7)] = {200, status(7, 0, 5, "jo")};
  server.answers[single(8)] = {200, status(8, 0, 6, "jo")};
  server.answers[single(5) + "/context"] = {
      200, R"({"ancestors":[],"descendants":[)" + status(40, 0, 5, "al") + "]}"};
  server.asked.clear();
  const auto out = server.play(*it, it->ask_after({held(5), held(6), held(7, "jo", 5), held(8, "jo", 6)}));
  EXPECT_THAT(server.unknown, IsEmpty());
  EXPECT_THAT(server.asked, Contains(single(5) + "/context"));
  EXPECT_THAT(server.asked, testing::Not(Contains(single(6) + "/context"))) << "its one reply is held";
  EXPECT_EQ(out.items.back().interaction.local, "town.example/40");
}

TEST_F(AnAccount, OldStatusesTakeTurnsInBeingAskedAfter) {
  const auto it = poll("newest 30\n");
  server.play(*it);
  std::vector<Held> all;
  for (int id = 1; id <= 9; ++id) {
    all.push_back(held(id));
    all.back().posted = "2020-01-01T00:00:00Z";
  }
  const auto asks = it->ask_after(all);
  EXPECT_THAT(asks, SizeIs(5)) << "a few a poll";
  const auto later = poll(it->cursor());
  server.play(*later);
  EXPECT_EQ(later->ask_after(all).front().url, single(6)) << "those that waited longest come first";
}

}  // namespace
}  // namespace muniment::polls
