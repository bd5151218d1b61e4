#include "polls/activitypub_poll.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
using testing::SizeIs;

const std::string kServer = "https://social.example";
const std::string kActor = kServer + "/users/wexcombe";
const std::string kOutbox = kActor + "/outbox";

std::string note(int id) {
  const auto n = std::to_string(id);
  return R"({"id":")" + kActor + "/statuses/" + n + R"(/activity","type":"Create","actor":")" + kActor +
         R"(","object":{"id":")" + kActor + "/statuses/" + n + R"(","type":"Note","attributedTo":")" +
         kActor + R"(","content":"<p>words</p>","published":"2026-11-0)" + n +
         R"(T00:00:00Z","to":["https://www.w3.org/ns/activitystreams#Public"]}})";
}
std::string page(const std::vector<std::string>& entries, const std::string& next = "") {
  std::string out =
      R"({"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollectionPage","orderedItems":[)";
  for (const auto& one : entries) out += (out.ends_with('[') ? "" : ",") + one;
  return out + "]" + (next.empty() ? "" : R"(,"next":")" + next + "\"") + "}";
}
Held held(int id) {
  const auto n = std::to_string(id);
  return {kActor + "/statuses/" + n, "", "", "2026-11-0" + n + "T00:00:00.000Z", kActor};
}

class Outbox : public testing::Test {
 protected:
  Outbox() {
    server.answers[kActor] = {200,
                              R"({"id":")" + kActor + R"(","type":"Person","outbox":")" + kOutbox + "\"}"};
    server.answers[kOutbox] = {
        200, R"({"type":"OrderedCollection","totalItems":3,"first":")" + kOutbox + "?page=1\"}"};
    server.answers[kOutbox + "?page=1"] = {200, page({note(5), note(4)}, kOutbox + "?page=2")};
    server.answers[kOutbox + "?page=2"] = {200, page({note(1)})};
  }
  std::unique_ptr<Poll> poll(const std::string& cursor = "") {
    auto made = new_activitypub_poll({kActor, cursor, "2026-11-22T00:00:00Z"});
    EXPECT_TRUE(made);
    return made ? *std::move(made) : nullptr;
  }
  ScriptedServer server;
};

TEST_F(Outbox, IsFoundFromTheAccountAndReadPageByPage) {
  const auto it = poll();
  EXPECT_THAT(it->start()[0].accept, HasSubstr("application/activity+json"));
  EXPECT_THAT(server.play(*it).items, SizeIs(3));
  EXPECT_THAT(server.unknown, IsEmpty());
  server.asked.clear();
  server.play(*poll(it->cursor()));
  EXPECT_THAT(server.asked, ElementsAre(kActor, kOutbox, kOutbox + "?page=1"));
}

TEST_F(Outbox, AtAnotherServerOrInACircleIsNotFollowed) {
  server.answers[kOutbox + "?page=1"] = {200, page({note(5)}, "https://elsewhere.example/next")};
  EXPECT_THAT(server.play(*poll()).remarks, Contains(HasSubstr("another server")));
  server.answers[kOutbox + "?page=1"] = {
      200, R"({"type":"OrderedCollectionPage","first":")" + kOutbox + "?page=1\"}"};
  EXPECT_THAT(server.play(*poll()).errors, SizeIs(1));
}

TEST_F(Outbox, ATombstoneOrGoneIsADeletion) {
  const auto it = poll();
  server.play(*it);
  const auto asks = it->ask_after({held(2), held(3), held(4)});
  ASSERT_THAT(asks, SizeIs(2));
  server.answers[held(2).id] = {410, ""};
  server.answers[held(3).id] = {200, R"({"id":")" + held(3).id + R"(","type":"Tombstone"})"};
  const auto out = server.play(*it, asks);
  ASSERT_THAT(out.verdicts, SizeIs(2));
  EXPECT_EQ(out.verdicts[0].fate, Fate::kGone);
  EXPECT_EQ(out.verdicts[1].fate, Fate::kGone);
  EXPECT_EQ(out.verdicts[1].words, "Tombstone");
}

TEST_F(Outbox, ThatShowsNothingOfWhatItSaysItHoldsWasNotRead) {
  server.answers[kOutbox] = {200,
                             R"({"type":"OrderedCollection","id":")" + kOutbox + R"(","totalItems":57})"};
  const auto out = server.play(*poll());
  ASSERT_THAT(out.errors, SizeIs(1));
  EXPECT_EQ(out.errors[0].code, Code::kDenied);
  server.answers[kOutbox] = {200, R"({"type":"OrderedCollection","totalItems":0})"};
  EXPECT_THAT(server.play(*poll()).errors, IsEmpty());
}

// "published" is what an author's server claims.
TEST_F(Outbox, APostOfTheFutureHidesNothingThatComesAfterIt) {
  auto future = note(9);
  future.replace(future.find("2026-11-09"), 10, "2999-01-01");
  server.answers[kOutbox + "?page=1"] = {200, page({future, note(5)}, kOutbox + "?page=2")};
  const auto first = new_activitypub_poll({kActor, "", "2026-11-06T00:00:00Z"});
  ASSERT_TRUE(first);
  server.play(**first);
  server.answers[kOutbox + "?page=1"] = {200, page({future, note(8)}, kOutbox + "?page=1a")};
  server.answers[kOutbox + "?page=1a"] = {200, page({note(7), note(6)}, kOutbox + "?page=2")};
  server.play(*poll((*first)->cursor()));
  EXPECT_THAT(server.asked, Contains(kOutbox + "?page=1a"));
}

// Under the name of an activity many servers show nothing at all.
TEST_F(Outbox, ARepostIsAskedAfterOnlyWhereTheOutboxNoLongerListsIt) {
  auto missing = held(7), older = held(1);
  missing.id += "/activity";
  older.id += "/announce";
  missing.is_repost = older.is_repost = true;
  const auto first = poll();
  server.play(*first);
  server.answers[kOutbox + "?page=1"] = {200, page({note(9), note(6)}, kOutbox + "?page=2")};
  server.answers[kOutbox + "?page=2"] = {200, page({note(5), note(4)}, kOutbox + "?page=3")};
  const auto later = poll(first->cursor());
  server.play(*later);
  const auto asks = later->ask_after({missing, older, held(1)});
  ASSERT_THAT(asks, SizeIs(2));
  EXPECT_EQ(asks[0].about, missing.id);
  EXPECT_EQ(asks[1].about, held(1).id) << "whose turn it is";
}

}  // namespace
}  // namespace muniment::polls
