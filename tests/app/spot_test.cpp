#include "app/spot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/sources.hpp"
#include "app/status.hpp"
#include "support/town_archive.hpp"

namespace muniment::app {
namespace {

using support::TownArchive;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr char kAsks[] = "Please send me a copy of the inspection report for the pier.";
constexpr char kThanks[] = "What a lovely evening on the pier.";

class Spotting : public testing::Test {
 protected:
  ledger::Seq post(const std::string& id, const std::string& text,
                   std::string_view kind = ledger::kind::kCapture,
                   const std::string& author = "https://mast.example/@resident",
                   const std::string& type = "post") {
    records::Interaction item;
    item.platform = "mastodon";
    item.id = id;
    item.type = type;
    item.author.handle = "resident@mast.example";
    item.author.url = author;
    item.posted = "2026-03-01T10:00:00.000Z";
    item.text = text;
    records::BodyBuilder body;
    records::add_fields(body, std::move(item));
    body.add("source", "town").add("fetched", "2026-03-01T11:00:00.000Z");
    return town.add(kind, body.build());
  }
  SpotRun run(bool again = false) {
    const auto done = spot(*town, again);
    EXPECT_TRUE(done) << done.error().what;
    return done.value_or(SpotRun{});
  }
  std::vector<PossibleRequest> waiting(bool all = false) {
    const auto requests = possible_requests(*town, all);
    EXPECT_TRUE(requests) << requests.error().what;
    return requests.value_or(std::vector<PossibleRequest>{});
  }

  TownArchive town;
};

TEST_F(Spotting, NoticesAnItemOnceAndKeepsThreeTimesApart) {
  const auto seq = post("1", kAsks);
  post("2", kThanks);
  town.at("2026-03-02T08:00:00Z");
  const auto first = run();
  EXPECT_EQ(first.items, 2U);
  EXPECT_EQ(first.noticed, 1U);
  ASSERT_THAT(waiting(), SizeIs(1));
  const auto request = waiting()[0];
  EXPECT_EQ(request.item, seq);
  EXPECT_EQ(request.posted, "2026-03-01T10:00:00.000Z");
  EXPECT_EQ(request.captured, "2026-03-01T11:00:00.000Z");
  EXPECT_EQ(request.noticed, "2026-03-02T08:00:00.000Z");
  EXPECT_THAT(request.reasons, Not(IsEmpty()));
  EXPECT_EQ(request.text, kAsks);
  EXPECT_EQ(status(*town)->waiting, 1U);
  EXPECT_EQ(town.field(request.seq, "of"), ledger::citation(seq, *town->reader().leaf(seq)));
}

TEST_F(Spotting, GoesOnWhereItStopped) {
  post("1", kAsks);
  EXPECT_EQ(run().items, 1U);
  const auto size = town->reader().head()->size;
  EXPECT_EQ(run().items, 0U);
  EXPECT_EQ(town->reader().head()->size, size) << "a run that finds nothing new writes nothing";
  post("2", kAsks);
  const auto second = run();
  EXPECT_EQ(second.items, 1U);
  EXPECT_EQ(second.noticed, 1U);
}

TEST_F(Spotting, NoticesNothingTwiceHoweverOftenItLooks) {
  post("1", kAsks);
  run();
  post("1", std::string(kAsks) + " Thanks.", ledger::kind::kEdit);
  run();
  EXPECT_EQ(run(true).noticed, 0U);
  ASSERT_TRUE(town->renew_index());
  EXPECT_EQ(run(true).noticed, 0U);
  EXPECT_EQ(town.count("possible-request"), 1U);
}

TEST_F(Spotting, NoticesAnItemThatBecameARequestByAnEdit) {
  post("1", kThanks);
  EXPECT_EQ(run().noticed, 0U);
  const auto edit = post("1", kAsks, ledger::kind::kEdit);
  EXPECT_EQ(run().noticed, 1U);
  EXPECT_EQ(waiting().at(0).item, edit);
}

TEST_F(Spotting, PassesOverWhatTheBodyItselfSays) {
  ASSERT_TRUE(add_source(*town, {"town", "mastodon", "https://mast.example/@wexcombe", false, "clerk"}));
  post("1", kAsks, ledger::kind::kCapture, "https://mast.example/@wexcombe");
  post("2", kAsks, ledger::kind::kCapture, "https://mast.example/@resident", "repost");
  EXPECT_EQ(run().noticed, 0U);
  post("3", kAsks);
  EXPECT_EQ(run().noticed, 1U);
}

TEST_F(Spotting, LooksAtContactsThatPeopleTypedIn) {
  records::BodyBuilder body;
  body.add("platform", "contact").add("id", "counter/1").add("type", "counter").add("direction", "in");
  body.add("posted", "2026-03-01T10:00:00.000Z").add("written", "2026-03-01T10:05:00.000Z");
  body.add_text("text", kAsks).add("provenance.class", "typed");
  town.add(ledger::kind::kContact, body.build());
  EXPECT_EQ(run().noticed, 1U);
  EXPECT_EQ(waiting().at(0).captured, "2026-03-01T10:05:00.000Z");
}

TEST_F(Spotting, APersonDecidesAndMayDecideAgain) {
  const auto item = post("1", kAsks);
  run();
  const auto seq = waiting().at(0).seq;
  const auto first = decide(*town, {std::to_string(seq), true, "asks for a report by name", "Ines Calloway"});
  ASSERT_TRUE(first) << first.error().what;
  EXPECT_EQ(town.field(first->entry, "of"), ledger::citation(seq, *town->reader().leaf(seq)));
  EXPECT_EQ(town->reader().entry(first->entry)->kind, "request-judged");
  EXPECT_THAT(waiting(), IsEmpty());
  EXPECT_EQ(waiting(true).at(0).decision, "yes");
  ASSERT_TRUE(decide(*town, {"1", false, "withdrawn on the phone", "Ben Ash"}));
  const auto last = waiting(true).at(0);
  EXPECT_EQ(last.decision, "no");
  EXPECT_EQ(last.decided_by, "Ben Ash");
  EXPECT_EQ(last.why, "withdrawn on the phone");
  EXPECT_EQ(town.count("request-judged"), 2U);
  EXPECT_EQ(last.item, item);
}

TEST_F(Spotting, WhatTheRulesMissedCanBeDecidedToo) {
  const auto item = post("1", kThanks);
  run();
  const auto entry = decide(*town, {"1", true, "it was meant as one; she rang to say so", "Ines Calloway"});
  ASSERT_TRUE(entry) << entry.error().what;
  EXPECT_EQ(town.field(entry->entry, "of"), ledger::citation(item, *town->reader().leaf(item)));
}

TEST_F(Spotting, ADecisionNeedsAnItemAndAReason) {
  post("1", kAsks);
  EXPECT_EQ(decide(*town, {"1", true, " ", "Ines"}).error().code, Code::kInvalid);
  EXPECT_EQ(decide(*town, {"99", true, "because", "Ines"}).error().code, Code::kNotFound);
  EXPECT_EQ(town.count("request-judged"), 0U);
}

}  // namespace
}  // namespace muniment::app
