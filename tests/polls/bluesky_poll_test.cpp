#include "polls/bluesky_poll.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "support/scripted_server.hpp"

namespace muniment::polls {
namespace {

using sources::Fate;
using sources::Held;
using sources::Poll;

using test::ScriptedServer;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string kView = "https://view.example";
const std::string kAccount = kView + "/xrpc/app.bsky.feed.getAuthorFeed?actor=quay.example";
const std::string kDid = "did:plc:quay";
const std::string kProfile = kView + "/xrpc/app.bsky.actor.getProfile?actor=";
const std::string kFeed =
    kView + "/xrpc/app.bsky.feed.getAuthorFeed?actor=did%3Aplc%3Aquay&filter=posts_with_replies&limit=100";

std::string uri(const std::string& key, const std::string& did = kDid) {
  return "at://" + did + "/app.bsky.feed.post/" + key;
}
std::string encoded(std::string text) {
  for (std::size_t at = 0; (at = text.find(':', at)) != std::string::npos;) text.replace(at, 1, "%3A");
  return text;
}
std::string thread_url(const std::string& key, const std::string& did = kDid) {
  return kView + "/xrpc/app.bsky.feed.getPostThread?uri=" + encoded(uri(key, did)) +
         "&depth=100&parentHeight=0";
}
std::string single_url(const std::string& key, const std::string& did = kDid) {
  return kView + "/xrpc/app.bsky.feed.getPostThread?uri=" + encoded(uri(key, did)) +
         "&depth=0&parentHeight=0";
}
std::string batch_url(const std::vector<std::string>& uris) {
  std::string out = kView + "/xrpc/app.bsky.feed.getPosts";
  for (const auto& one : uris) out += (out.ends_with("getPosts") ? "?uris=" : "&uris=") + encoded(one);
  return out;
}
// Day 5 of the month is "3k5".
std::string view(int day, int replies = 0, const std::string& did = kDid, const std::string& parent = "") {
  const auto key = "3k" + std::to_string(day);
  const auto time = "2026-11-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + "T10:00:00.000Z";
  const auto reply = parent.empty() ? ""
                                    : R"(,"reply":{"root":{"uri":")" + parent + R"("},"parent":{"uri":")" +
                                          parent + R"("}})";
  return R"({"uri":")" + uri(key, did) + R"(","cid":"bafy","author":{"did":")" + did +
         R"(","handle":"x"},"record":{"$type":"app.bsky.feed.post","text":")" + key + R"(","createdAt":")" +
         time + "\"" + reply + R"(},"replyCount":)" + std::to_string(replies) + R"(,"indexedAt":")" + time +
         "\"}";
}
std::string feed(const std::vector<std::string>& views, const std::string& cursor = "") {
  std::string out = R"({"feed":[)";
  for (const auto& one : views) out += (out.ends_with('[') ? "" : ",") + (R"({"post":)" + one + "}");
  return out + "]" + (cursor.empty() ? "" : R"(,"cursor":")" + cursor + "\"") + "}";
}
std::string error(const std::string& name) {
  return R"({"error":")" + name + R"(","message":"…"})";
}
Held held(int day, const std::string& did = kDid, const std::string& parent = "") {
  return {uri("3k" + std::to_string(day), did), "", parent,
          "2026-11-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + "T10:00:00.000Z", did};
}

class Bluesky : public testing::Test {
 protected:
  Bluesky() {
    server.answers[kProfile + "quay.example"] = server.answers[kProfile + "did%3Aplc%3Aquay"] = {
        200, R"({"did":"did:plc:quay","handle":"quay.example"})"};
    server.answers[kFeed] = {200, feed({view(9), view(8)}, "c2")};
    server.answers[kFeed + "&cursor=c2"] = {200, feed({view(7), view(6)})};
  }
  std::unique_ptr<Poll> poll(const std::string& cursor = "", bool login = false,
                             const std::string& url = kAccount) {
    auto made = new_bluesky_poll({url, cursor, "2026-11-22T00:00:00Z", login});
    EXPECT_TRUE(made) << made.error().what;
    return made ? *std::move(made) : nullptr;
  }
  ScriptedServer server;
};

TEST_F(Bluesky, IsReadToTheEndAtFirstAndToWhatIsKnownFromThenOn) {
  const auto first = poll();
  EXPECT_THAT(server.play(*first).items, SizeIs(4));
  EXPECT_THAT(server.unknown, IsEmpty());
  server.asked.clear();
  const auto second = poll(first->cursor());
  server.play(*second);
  EXPECT_THAT(server.asked, ElementsAre(kProfile + "did%3Aplc%3Aquay", kFeed)) << "by its DID, and one page";
}

TEST_F(Bluesky, APageOfHiddenPostsAloneIsNotItsEnd) {
  server.answers[kFeed + "&cursor=c2"] = {200, feed({}, "c3")};
  server.answers[kFeed + "&cursor=c3"] = {200, feed({view(7), view(6)})};
  EXPECT_THAT(server.play(*poll()).items, SizeIs(4));
}
TEST_F(Bluesky, IsFollowedWhenItsHandleChanges) {
  const auto first = poll();
  server.play(*first);
  server.answers[kProfile + "did%3Aplc%3Aquay"].body = R"({"did":"did:plc:quay","handle":"harbour.example"})";
  EXPECT_THAT(server.play(*poll(first->cursor())).remarks,
              Contains(HasSubstr("quay.example is now called harbour.example")));
}

TEST_F(Bluesky, ThreadsAreReadWhenTheirNumberOfRepliesMoved) {
  server.answers[kFeed] = {200, feed({view(9, 1)})};
  server.answers[thread_url("3k9")] = {
      200, R"({"thread":{"$type":"app.bsky.feed.defs#threadViewPost","post":)" + view(9, 1) +
               R"(,"replies":[{"post":)" + view(10, 2, "did:plc:town", uri("3k9")) + "}]}}"};
  server.answers[thread_url("3k10", "did:plc:town")] = {
      200, R"({"thread":{"post":)" + view(10, 2, "did:plc:town", uri("3k9")) + R"(,"replies":[{"post":)" +
               view(11, 0, "did:plc:sea", uri("3k10", "did:plc:town")) + "}]}}"};
  const auto first = poll();
  EXPECT_THAT(server.play(*first).items, SizeIs(5));
  EXPECT_THAT(server.unknown, IsEmpty()) << "a thread that was cut is read on";
  server.asked.clear();
  server.play(*poll(first->cursor()));
  EXPECT_THAT(server.asked, SizeIs(2)) << "nothing moved";
}

TEST_F(Bluesky, WithMoreThreadsThanAPollAsksForGoesOnBelowTheOlderOnesInTheNext) {
  // Six pages of forty: each post has a reply.
  constexpr int kNewest = 240;
  const auto post = [](int number, const std::string& did, const std::string& parent) {
    const auto two = [](int count) { return (count < 10 ? "0" : "") + std::to_string(count); };
    auto out = view(5, parent.empty() ? 1 : 0, did, parent);
    const auto at = number % 1'000;
    const auto time = "2026-10-" + two(1 + at / 24) + "T" + two(at % 24) + ":00:00.000Z";
    for (const auto& [from, to] : {std::pair<std::string, std::string>("3k5", "3k" + std::to_string(number)),
                                   {"2026-11-05T10:00:00.000Z", time}})
      for (std::size_t place = 0; (place = out.find(from, place)) != std::string::npos; place += to.size())
        out.replace(place, from.size(), to);
    return out;
  };
  const auto page_url = [](int below) {
    return below > kNewest ? kFeed : kFeed + "&cursor=c" + std::to_string(below);
  };
  for (int below = kNewest + 1; below > 1; below -= 40) {
    std::vector<std::string> views;
    for (int number = below - 1; number >= below - 40; --number) {
      const auto key = "3k" + std::to_string(number);
      views.push_back(post(number, kDid, ""));
      server.answers[thread_url(key)] = {200, R"({"thread":{"post":)" + views.back() +
                                                  R"(,"replies":[{"post":)" +
                                                  post(5'000 + number, "did:plc:sea", uri(key)) + "}]}}"};
    }
    server.answers[page_url(below)] = {200, feed(views, below > 41 ? "c" + std::to_string(below - 40) : "")};
  }
  std::map<std::string, int> asked_for;
  std::set<std::string> items;
  std::string resume;
  for (std::size_t polls = 1; polls <= 3; ++polls) {
    const auto it = *new_bluesky_poll({kAccount, "", "2026-11-22T00:00:00Z", false, resume});
    server.asked.clear();
    const auto out = server.play(*it);
    EXPECT_THAT(server.unknown, IsEmpty());
    for (const auto& item : out.items) items.insert(item.interaction.id);
    for (const auto& url : server.asked)
      if (url.find("getPostThread") != std::string::npos) ++asked_for[url];
    if (polls < 3) {
      ASSERT_THAT(out.faults, SizeIs(1)) << polls;
      EXPECT_THAT(out.faults[0], HasSubstr("the next poll goes on below others"));
      EXPECT_THAT(asked_for, SizeIs(polls * kBlueskyThreads));
      resume = it->resume({});
    } else {
      EXPECT_THAT(out.faults, IsEmpty());
    }
  }
  EXPECT_THAT(asked_for, SizeIs(kNewest));
  for (const auto& [url, times] : asked_for) EXPECT_EQ(times, 1) << url;
  EXPECT_THAT(items, SizeIs(2 * kNewest)) << "each post, and its reply";
}

TEST_F(Bluesky, AnEditShowsWhenItsTurnComesAndADeletionIsSaidByTheServer) {
  const auto it = poll();
  server.play(*it);
  const auto asks = it->ask_after({held(9), held(8), held(7), held(6), held(4), held(5)});
  ASSERT_THAT(asks, SizeIs(1)) << "those that came are not asked after";
  EXPECT_EQ(asks[0].url, batch_url({uri("3k4"), uri("3k5")}));
  server.answers[asks[0].url] = {200, R"({"posts":[)" + view(4) + "]}"};
  server.answers[single_url("3k5")] = {400, error("NotFound")};
  const auto out = server.play(*it, asks);
  ASSERT_THAT(out.verdicts, SizeIs(1));
  EXPECT_EQ(out.verdicts[0].id, uri("3k5"));
  EXPECT_EQ(out.verdicts[0].fate, Fate::kGone);
  EXPECT_EQ(out.verdicts[0].words, "NotFound");
  EXPECT_THAT(out.items, SizeIs(1));
}

TEST_F(Bluesky, ADeactivatedAccountHidesItsPostsAndDeletesNothing) {
  server.answers[kFeed] = {200, feed({view(9, 1)})};
  server.answers[thread_url("3k9")] = {200, R"({"thread":{"post":)" + view(9, 1) + R"(,"replies":[]}})"};
  server.answers[batch_url({uri("3k10", "did:plc:dan"), uri("3k10", "did:plc:eve")})] = {200,
                                                                                         R"({"posts":[]})"};
  server.answers[kProfile + "did%3Aplc%3Adan"] = {400, error("AccountDeactivated")};
  server.answers[kProfile + "did%3Aplc%3Aeve"] = {400, error("InvalidRequest")};
  server.answers[single_url("3k10", "did:plc:eve")] = {400, error("NotFound")};
  const auto it = poll();
  server.play(*it);
  const auto out = server.play(
      *it, it->ask_after({held(10, "did:plc:dan", uri("3k9")), held(10, "did:plc:eve", uri("3k9"))}));
  ASSERT_THAT(out.verdicts, SizeIs(2));
  EXPECT_EQ(out.verdicts[0].fate, Fate::kBarred);
  EXPECT_EQ(out.verdicts[0].words, "AccountDeactivated");
  EXPECT_EQ(out.verdicts[1].fate, Fate::kGone);
  EXPECT_THAT(server.asked, Not(Contains(single_url("3k10", "did:plc:dan"))));
}

TEST_F(Bluesky, AnOwnAccountThatIsDeactivatedIsAskedAfterAsAWhole) {
  const auto first = poll();
  server.play(*first);
  server.answers[kProfile + "did%3Aplc%3Aquay"] = {400, error("AccountDeactivated")};
  server.answers[batch_url({uri("3k9"), uri("3k8")})] = {200, R"({"posts":[]})"};
  const auto second = poll(first->cursor());
  EXPECT_THAT(server.play(*second).remarks, Contains(HasSubstr("AccountDeactivated")));
  const auto out = server.play(*second, second->ask_after({held(9), held(8)}));
  ASSERT_THAT(out.verdicts, SizeIs(2));
  EXPECT_EQ(out.verdicts[0].fate, Fate::kBarred);
}

TEST_F(Bluesky, AnErrorThatSaysNothingOfTheAccountIsAnErrorOfThePoll) {
  const auto first = poll();
  server.play(*first);
  for (const auto* said : {"ExpiredToken", "InvalidToken", "UpstreamFailure"}) {
    server.answers[kProfile + "did%3Aplc%3Aquay"] = {400, error(said)};
    const auto second = poll(first->cursor());
    const auto out = server.play(*second);
    EXPECT_THAT(out.errors, Not(IsEmpty())) << said;
    EXPECT_THAT(out.remarks, IsEmpty()) << said;
  }
}

TEST_F(Bluesky, BelowAnOldPostOfWhichItIsTheTurnMoreRepliesThanAreHeldAreRead) {
  const auto it = poll("newest 2026-11-09T10:00:00.000Z\n");
  server.play(*it);
  const auto asks = it->ask_after({held(2), held(3), held(4, "did:plc:jo", uri("3k3"))});
  ASSERT_THAT(asks, SizeIs(1));
  server.answers[asks[0].url] = {200, R"({"posts":[)" + view(2, 1) + "," + view(3, 1) + "," +
                                          view(4, 0, "did:plc:jo", uri("3k3")) + "]}"};
  server.answers[thread_url("3k2")] = {
      200, R"({"thread":{"$type":"app.bsky.feed.defs#threadViewPost","post":)" + view(2, 1) +
               R"(,"replies":[{"$type":"app.bsky.feed.defs#threadViewPost","post":)" +
               view(5, 0, "did:plc:jo", uri("3k2")) + "}]}}"};
  server.asked.clear();
  const auto out = server.play(*it, asks);
  EXPECT_THAT(server.asked, ElementsAre(asks[0].url, thread_url("3k2"))) << "the reply to the other is held";
  EXPECT_EQ(out.items.back().interaction.id, uri("3k5", "did:plc:jo"));
}

TEST_F(Bluesky, ASilentServerProvesNothing) {
  const auto it = poll();
  server.play(*it);
  server.answers[batch_url({uri("3k5")})] = {200, R"({"posts":[]})"};
  server.answers[single_url("3k5")] = {404, "<html>not here</html>"};
  const auto out = server.play(*it, it->ask_after({held(5)}));
  ASSERT_THAT(out.verdicts, SizeIs(1));
  EXPECT_EQ(out.verdicts[0].fate, Fate::kUnclear) << "a proxy's 404 is not Bluesky's";
}

TEST_F(Bluesky, MentionsAreReadInASessionOfTheSameAccount) {
  const auto session = kView + "/xrpc/com.atproto.server.createSession";
  const auto mentions =
      kView +
      "/xrpc/app.bsky.notification.listNotifications?reasons=mention&reasons=reply&reasons=quote&limit=100";
  server.answers[session] = {200, R"({"did":"did:plc:quay","accessJwt":"withheld"})"};
  server.answers[mentions] = {200, R"({"notifications":[)" + view(12, 0, "did:plc:sea") + "]}"};
  const auto it = poll("", true);
  const auto start = it->start();
  ASSERT_THAT(start, SizeIs(1));
  EXPECT_TRUE(start[0].post);
  EXPECT_EQ(start[0].body, "{}") << "the parts are put in by whoever has them";
  EXPECT_THAT(start[0].shows, SizeIs(2));
  EXPECT_THAT(start[0].learns, SizeIs(2));
  EXPECT_THAT(server.play(*it, start).items, SizeIs(5));
  EXPECT_THAT(server.asked, Contains(mentions));

  server.answers[session].body = R"({"did":"did:plc:other","accessJwt":"withheld"})";
  server.asked.clear();
  server.play(*poll("", true));
  EXPECT_THAT(server.asked, Not(Contains(mentions))) << "another account's mentions are not this source's";
}

TEST_F(Bluesky, ARefusedLoginIsAFaultAndWhatIsPublicIsRead) {
  server.answers[kView + "/xrpc/com.atproto.server.createSession"] = {401, error("AuthenticationRequired")};
  const auto out = server.play(*poll("", true));
  EXPECT_THAT(out.items, SizeIs(4));
  EXPECT_THAT(out.faults, Contains(HasSubstr("the login was refused")));
}

TEST_F(Bluesky, ASessionThatRunsOutIsRenewedOnce) {
  server.answers[kView + "/xrpc/com.atproto.server.createSession"] = {200, R"({"did":"did:plc:other"})"};
  const auto refresh = kView + "/xrpc/com.atproto.server.refreshSession";
  server.answers[refresh] = {200, "{}"};
  server.answers[kFeed] = {400, error("ExpiredToken")};
  const auto out = server.play(*poll("", true));
  EXPECT_EQ(std::ranges::count(server.asked, refresh), 1);
  EXPECT_EQ(std::ranges::count(server.asked, kFeed), 2);
  EXPECT_THAT(out.errors, SizeIs(1));
}

TEST_F(Bluesky, ASearchIsReadNewestFirst) {
  const auto url =
      "https://public.api.bsky.app/xrpc/app.bsky.feed.searchPosts?q=low%20tide&sort=latest&limit=100";
  server.answers[url] = {200, R"({"posts":[)" + view(3, 0, "did:plc:sea") + "]}"};
  EXPECT_THAT(server.play(*poll("", false, "https://bsky.app/search?q=low+tide")).items, SizeIs(1));
}

TEST(BlueskyAddress, ThatNamesNoAccountIsRefused) {
  for (const auto* url :
       {"https://bsky.app/", "https://bsky.app/profile/", "https://bsky.app/profile/a/post/b",
        "https://view.example/xrpc/app.bsky.feed.getAuthorFeed", "https://bsky.app/search"})
    EXPECT_EQ(new_bluesky_poll({url, ""}).error().code, Code::kInvalid) << url;
}

}  // namespace
}  // namespace muniment::polls
