#include "index/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "index/projection.hpp"
#include "support/fake_entropy.hpp"
#include "support/followed_entries.hpp"
#include "support/temp_folder.hpp"

namespace muniment::index {
namespace {

using support::small_post;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kOrigin[] = "archive.wexcombe.example/muniment/1";

class CatalogueOf : public ::testing::Test {
 protected:
  Catalogue follow() {
    auto projection = Projection::open(path(), kOrigin, entropy);
    EXPECT_TRUE(projection);
    const auto applied = projection->apply(entries.from(projection->position()));
    EXPECT_TRUE(applied) << applied.error().what;
    auto catalogue = Catalogue::open(path(), kOrigin);
    EXPECT_TRUE(catalogue);
    return std::move(*catalogue);
  }
  void source(const std::string& name, const std::string& action) {
    records::BodyBuilder body;
    body.add("name", name).add("action", action).add("actor", "clerk");
    if (action == "add")
      body.add("platform", "feed").add("url", "https://town.example/feed").add("allow-private", "yes");
    entries.add(ledger::kind::kSource, body.build());
  }
  void exchange(const std::string& status, const std::string& headers, const std::string& unread = {}) {
    records::BodyBuilder body;
    body.add("source", "town").add("url", "https://town.example/feed").add("status", status);
    body.add("headers", headers).add("unread", unread);
    entries.add(ledger::kind::kExchange, body.build());
  }
  void coverage(const std::string& outcome, const std::string& finished, const std::string& cursor) {
    records::BodyBuilder body;
    body.add("source", "town").add("outcome", outcome).add("finished", finished).add("cursor", cursor);
    body.add("started", "2026-03-01T00:00:00.000Z");
    entries.add(ledger::kind::kCoverage, body.build());
  }
  static std::vector<std::string> ids(Catalogue& catalogue, std::string_view source) {
    const auto rows = catalogue.held(source);
    EXPECT_TRUE(rows);
    std::vector<std::string> held;
    for (const auto& row : *rows) held.push_back(row.id);
    return held;
  }
  std::filesystem::path path() const { return folder.path() / "index.db"; }

  support::TempFolder folder;
  support::FakeEntropy entropy;
  support::FollowedEntries entries;
};

TEST_F(CatalogueOf, TellsKnownFromChangedFromUnseen) {
  const auto item = small_post("1", "as it was");
  entries.capture(item, "{\"n\":1}");
  auto catalogue = follow();
  const auto known = *catalogue.lookup("mastodon", "1");
  ASSERT_TRUE(known);
  EXPECT_EQ(known->seq, 0U);
  EXPECT_EQ(known->digests, catalogue.keys().digests(item, "{\"n\":1}"));
  EXPECT_EQ(known->digests.content, catalogue.keys().digests(item, "{\"n\":2}").content);
  EXPECT_NE(known->digests.raw, catalogue.keys().digests(item, "{\"n\":2}").raw);
  EXPECT_NE(known->digests.content, catalogue.keys().digests(small_post("1", "as it is"), "").content);
  EXPECT_FALSE(*catalogue.lookup("mastodon", "2"));
  EXPECT_FALSE(*catalogue.lookup("wordpress", "1"));
}

TEST_F(CatalogueOf, NamesTheEntriesThatHoldAnItemsBytesNewestFirst) {
  entries.capture(small_post("1", "one"), "{\"n\":1}");
  entries.capture(small_post("2", "other"), "{}");
  entries.edit(small_post("1", "two"), "{\"n\":2}");
  entries.event(ledger::kind::kSeenAgain, "mastodon", "1", "{\"n\":3}");
  entries.event(ledger::kind::kDeletion, "mastodon", "1");
  auto catalogue = follow();
  const auto key = [&](std::string_view id) { return catalogue.keys().item("mastodon", id); };
  EXPECT_THAT(*catalogue.holders(key("1"), 9), ElementsAre(3U, 2U, 0U));
  EXPECT_THAT(*catalogue.holders(key("1"), 2), ElementsAre(3U, 2U));
  EXPECT_THAT(*catalogue.holders(key("2"), 9), ElementsAre(1U));
  EXPECT_THAT(*catalogue.holders(key("3"), 9), IsEmpty());
}

TEST_F(CatalogueOf, KnowsThePagesOfFilesThatWereRead) {
  const auto exchange = [&](std::string_view method, std::string_view page, std::string_view unread,
                            std::string_view source) {
    records::BodyBuilder body;
    body.add("method", std::string(method))
        .add("url", "posts.jsonl")
        .add("payload.sha256", std::string(page));
    body.add("unread", std::string(unread)).add("source", std::string(source));
    entries.add(ledger::kind::kExchange, body.build());
  };
  exchange("FILE", "aa", "", "");
  exchange("FILE", "bb", "nobody knows what it is", "");
  exchange("GET", "cc", "", "town");
  exchange("FILE", "aa", "", "");
  auto catalogue = follow();
  const auto read = [&](std::string_view page) {
    return *catalogue.registered(catalogue.keys().page_register(page));
  };
  EXPECT_THAT(read("aa"), ElementsAre(0U, 3U));
  EXPECT_THAT(read("bb"), IsEmpty());
  EXPECT_THAT(read("cc"), IsEmpty());
}

TEST_F(CatalogueOf, AnswersManyInTheOrderAsked) {
  for (int i = 0; i < 50; ++i) entries.capture(small_post(std::to_string(i), "x"));
  auto catalogue = follow();
  std::vector<std::int64_t> asked;
  for (int i = 60; i-- > 0;) asked.push_back(catalogue.keys().item("mastodon", std::to_string(i)));
  const auto known = catalogue.lookup(asked);
  ASSERT_TRUE(known);
  for (std::size_t i = 0; i < 60; ++i) {
    ASSERT_EQ((*known)[i].has_value(), i >= 10);
    if (i < 10) continue;
    EXPECT_EQ((*known)[i]->seq, 59 - i);
  }
}

TEST_F(CatalogueOf, RemembersTheNewestBytesAndStateOfAnItem) {
  entries.capture(small_post("1", "x"), "a");
  entries.event(ledger::kind::kSeenAgain, "mastodon", "1", "b");
  auto catalogue = follow();
  EXPECT_EQ((*catalogue.lookup("mastodon", "1"))->digests.raw, catalogue.keys().raw_digest("b"));
  EXPECT_EQ((*catalogue.lookup("mastodon", "1"))->seq, 0U);
  EXPECT_EQ((*catalogue.lookup("mastodon", "1"))->raw_seq, 1U);
  entries.event(ledger::kind::kDeletion, "mastodon", "1");
  catalogue = follow();
  EXPECT_EQ((*catalogue.lookup("mastodon", "1"))->state, DocumentState::kDeleted);
  entries.edit(small_post("1", "y"), "\xff\xfe");
  catalogue = follow();
  const auto known = *catalogue.lookup("mastodon", "1");
  EXPECT_EQ(known->seq, 3U);
  EXPECT_EQ(known->state, DocumentState::kCurrent);
  EXPECT_EQ(known->digests, catalogue.keys().digests(small_post("1", "y"), "\xff\xfe"));
}

TEST_F(CatalogueOf, KeepsARegisterOfEntriesThatAreAboutNoItem) {
  source("town", "add");
  entries.capture(small_post("1", "x"));
  records::BodyBuilder gap;
  gap.add("source", "town").add("cause", "not-polled");
  const auto seq = entries.add(ledger::kind::kGap, gap.build());
  source("town", "pause");
  auto catalogue = follow();
  EXPECT_THAT(*catalogue.registered(ledger::kind::kSource), ElementsAre(0U, seq + 1));
  EXPECT_THAT(*catalogue.registered(ledger::kind::kSource, 1), ElementsAre(seq + 1));
  EXPECT_THAT(*catalogue.registered(ledger::kind::kGap), ElementsAre(seq));
  EXPECT_THAT(*catalogue.registered(ledger::kind::kCapture), IsEmpty());
}

TEST_F(CatalogueOf, AnActionThatOnlyChangesAPolicyLeavesTheStateAsItWas) {
  source("town", "add");
  source("town", "pause");
  source("town", "watch");
  auto catalogue = follow();
  EXPECT_EQ(catalogue.source("town")->state, SourceRow::State::kPaused);
}

TEST_F(CatalogueOf, ListsSourcesAsTheirEntriesLeaveThem) {
  source("town", "add");
  source("club", "add");
  source("town", "pause");
  entries.capture(small_post("1", "x"), "{}", "never-added");
  auto catalogue = follow();
  const auto sources = catalogue.sources();
  ASSERT_TRUE(sources);
  ASSERT_EQ(sources->size(), 2U);
  EXPECT_EQ((*sources)[0].name, "club");
  EXPECT_EQ((*sources)[1].state, SourceRow::State::kPaused);
  EXPECT_EQ((*sources)[1].url, "https://town.example/feed");
  EXPECT_TRUE((*sources)[1].allow_private);
  source("town", "remove");
  catalogue = follow();
  EXPECT_EQ(catalogue.source("town")->state, SourceRow::State::kRemoved);
  EXPECT_EQ(catalogue.source("never-added").error().code, Code::kNotFound);
}

TEST_F(CatalogueOf, HoldsWhatASourceBroughtUntilItIsDeleted) {
  source("town", "add");
  for (const auto* id : {"1", "2", "3"}) entries.capture(small_post(id, "x"), "{}", "town");
  entries.capture(small_post("4", "x"));
  entries.event(ledger::kind::kDeletion, "mastodon", "2");
  entries.event(ledger::kind::kBarred, "mastodon", "3");
  auto catalogue = follow();
  EXPECT_THAT(ids(catalogue, "town"), UnorderedElementsAre("1", "3"));
  EXPECT_THAT(ids(catalogue, "club"), IsEmpty());
  entries.edit(small_post("2", "back"), "{}", "town");
  catalogue = follow();
  EXPECT_THAT(ids(catalogue, "town"), UnorderedElementsAre("1", "2", "3"));
}

TEST_F(CatalogueOf, HoldsWhatASourceOnlySawAgain) {
  source("town", "add");
  entries.capture(small_post("1", "x"));
  records::BodyBuilder body;
  body.add("platform", "mastodon").add("id", "1").add("source", "town").add_bytes("raw", "{}");
  entries.add(ledger::kind::kSeenAgain, body.build());
  auto catalogue = follow();
  EXPECT_THAT(ids(catalogue, "town"), ElementsAre("1"));
  const std::vector<std::int64_t> keys = {catalogue.keys().item("mastodon", "2"),
                                          catalogue.keys().item("mastodon", "1")};
  EXPECT_THAT(*catalogue.are_held("town", keys), ElementsAre(false, true));
  EXPECT_THAT(*catalogue.are_held("club", keys), ElementsAre(false, false));
}

TEST_F(CatalogueOf, KeepsValidatorsOfTheLastAnswerThatWasUnderstood) {
  source("town", "add");
  exchange("200", "Content-Type: text/xml\nETag: \"v1\"\nLast-Modified: Sun, 01 Mar 2026 00:00:00 GMT\r");
  exchange("304", "etag: \"other\"");
  exchange("500", "etag: \"broken\"");
  auto catalogue = follow();
  auto validators = *catalogue.validators("town", "https://town.example/feed");
  EXPECT_EQ(validators.etag, "\"v1\"");
  EXPECT_EQ(validators.modified, "Sun, 01 Mar 2026 00:00:00 GMT");
  EXPECT_EQ(catalogue.validators("town", "https://town.example/other")->etag, "");
  exchange("200", "etag: \"v2\"", "not XML");
  catalogue = follow();
  EXPECT_EQ(catalogue.validators("town", "https://town.example/feed")->etag, "");
}

TEST_F(CatalogueOf, KnowsTheAnswersOfAPollUntilItsEnd) {
  source("town", "add");
  exchange("200", "");
  EXPECT_THAT(*follow().unended("town"), ElementsAre(1));
  exchange("404", "");
  entries.capture(small_post("1", "words"), "{}");
  EXPECT_THAT(*follow().unended("town"), ElementsAre(1, 2)) << "whatever the answer was";
  EXPECT_THAT(*follow().unended("parish"), IsEmpty());
  coverage("failed", "2026-03-01T00:01:00.000Z", "");
  EXPECT_THAT(*follow().unended("town"), IsEmpty());
  exchange("200", "");
  EXPECT_THAT(*follow().unended("town"), ElementsAre(5));
}

TEST_F(CatalogueOf, AFileIsNoAnswerOfAPoll) {
  for (const auto* method : {"FILE", "REPLAY"}) {
    records::BodyBuilder body;
    body.add("source", "town").add("method", method).add("url", "posts.json");
    entries.add(ledger::kind::kExchange, body.build());
  }
  EXPECT_THAT(*follow().unended("town"), IsEmpty());
}

TEST_F(CatalogueOf, MovesTheCursorOnlyByCompletePolls) {
  source("town", "add");
  coverage("complete", "2026-03-01T00:00:01.500Z", "page 7");
  coverage("partial", "2026-03-02T00:00:00.000Z", "page 9");
  auto catalogue = follow();
  const auto row = *catalogue.source("town");
  EXPECT_EQ(row.cursor, "page 7");
  EXPECT_EQ(row.complete, 1'772'323'201'500);
  const auto polls = *catalogue.coverage("town", 0);
  ASSERT_EQ(polls.size(), 2U);
  EXPECT_EQ(polls[1].outcome, "partial");
  EXPECT_EQ(catalogue.coverage("", row.complete + 1)->size(), 1U);
  EXPECT_THAT(*catalogue.coverage("club", 0), IsEmpty());
}

TEST_F(CatalogueOf, WhatIsKnownOfASourceIsOfItsAddress) {
  const auto add_at = [&](const std::string& url) {
    records::BodyBuilder body;
    body.add("name", "town").add("action", "add").add("platform", "feed").add("url", url);
    entries.add(ledger::kind::kSource, body.build());
  };
  const auto poll = [&](const std::string& started, const std::string& cursor,
                        const std::string& finished = "2036-03-02T00:00:00.000Z") {
    records::BodyBuilder body;
    body.add("source", "town").add("outcome", "complete").add("cursor", cursor);
    body.add("started", started).add("finished", finished);
    entries.add(ledger::kind::kCoverage, body.build());
  };
  add_at("https://town.example/feed");
  poll("2026-01-01T00:00:00.000Z", "page 7");
  source("town", "remove");
  add_at("https://town.example/feed");
  EXPECT_EQ(follow().source("town")->cursor, "page 7") << "the same address again goes on";
  source("town", "remove");
  add_at("https://parish.example/feed");
  auto catalogue = follow();
  EXPECT_EQ(catalogue.source("town")->cursor, "");
  EXPECT_EQ(catalogue.source("town")->complete, 0);
  poll("2026-01-01T00:00:00.000Z", "page 8");
  EXPECT_EQ(follow().source("town")->complete, 0) << "it began at the address before";
  poll("2036-03-01T00:00:00.000Z", "page 9");
  EXPECT_EQ(follow().source("town")->cursor, "page 9");
  poll("2026-01-01T00:00:00.000Z", "page 10", "2026-01-01T00:01:00.000Z");
  EXPECT_EQ(follow().source("town")->cursor, "page 10") << "a wrong clock dated the entries before it";
}

TEST_F(CatalogueOf, APollThatAWrongClockPutIntoTheFutureIsNotTheNewestForEver) {
  source("town", "add");
  coverage("complete", "2036-03-01T00:00:00.000Z", "");
  coverage("partial", "2026-03-02T00:00:00.000Z", "");
  coverage("failed", "2026-03-03T00:00:00.000Z", "");
  const auto polls = follow().newest_polls("town", 2);
  ASSERT_TRUE(polls) << polls.error().what;
  ASSERT_EQ(polls->size(), 2U);
  EXPECT_EQ(polls->at(0).outcome, "failed");
  EXPECT_EQ(polls->at(0).source, "town");
  EXPECT_EQ(polls->at(1).outcome, "partial");
}

}  // namespace
}  // namespace muniment::index
