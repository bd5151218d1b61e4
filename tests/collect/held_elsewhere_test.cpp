// Feeds that repeat, or claim, each other's entries.
#include "collect/held_elsewhere.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "records/body.hpp"
#include "sources/feed_page.hpp"
#include "support/memory_catalogue.hpp"
#include "support/small_ledger.hpp"

namespace muniment::collect {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class Feeds : public testing::Test {
 protected:
  // One entry, as the feed of that source and address shows it.
  PageCounts shows(const std::string& source, const std::string& url, const std::string& guid,
                   const std::string& title) {
    const auto page = "<rss><channel><item><guid isPermaLink=\"false\">" + guid +
                      "</guid><link>https://link.example/1</link><title>" + title +
                      "</title></item></channel></rss>";
    auto reading = sources::read_feed(page, url, "", "");
    EXPECT_TRUE(reading);
    support::MemoryCatalogue catalogue(town.reader());
    const auto size = town.reader().head()->size;
    EXPECT_TRUE(catalogue.at(size));
    ExchangeFacts facts;
    facts.method = source.empty() ? "FILE" : "GET";
    facts.source = source;
    facts.url = url;
    facts.format = "feed";
    auto made = compose_page(size, facts, page, std::move(reading->items), catalogue, town.reader());
    EXPECT_TRUE(made);
    parted = made->parted;
    EXPECT_TRUE(town.appender().append(
        [&](const ledger::Head&) { return Result<std::vector<ledger::Draft>>(made->drafts); }));
    return made->counts;
  }

  // Titles by name, the newest version of each.
  std::map<std::string, std::string> items() {
    std::map<std::string, std::string> out;
    for (ledger::Seq seq = 0; seq < town.reader().head()->size; ++seq)
      if (const auto body = town.reader().body(seq).value(); records::value_of(body, "platform"))
        if (const auto title = records::text_of(body, "summary"))
          out[records::text_of(body, "id").value_or("")] = *title;
    return out;
  }

  support::SmallLedger town;
  std::vector<std::string> parted;
};

const std::string kTown = "https://town.example/feed", kOther = "https://other.example/feed";

TEST_F(Feeds, OneDoesNotEditWhatAnotherSaid) {
  const std::string guid = "https://blog.example/post/1";
  shows("town", kTown, guid, "The water is safe");
  EXPECT_EQ(shows("other", kOther, guid, "The water is poison").fresh, 1U);
  EXPECT_THAT(parted, ElementsAre(guid));
  EXPECT_THAT(items(),
              ElementsAre(Pair(guid, "The water is safe"), Pair(kOther + "#" + guid, "The water is poison")));
  EXPECT_EQ(shows("other", kOther, guid, "The water is poison").unchanged, 1U);
  EXPECT_THAT(parted, IsEmpty()) << "it has got its name";
  EXPECT_EQ(shows("other", kOther, guid, "The water is bad").changed, 1U);
  EXPECT_EQ(shows("town", kTown, guid, "The water is clean").changed, 1U);
  EXPECT_EQ(items().at(guid), "The water is clean");
}

TEST_F(Feeds, OneThatFirstRepeatsMayNotEditAfterwards) {
  shows("town", kTown, "urn:x:1", "The water is safe");
  EXPECT_EQ(shows("other", kOther, "urn:x:1", "The water is safe").fresh, 0U);
  EXPECT_THAT(parted, IsEmpty());
  shows("other", kOther, "urn:x:1", "The water is poison");
  EXPECT_EQ(items().at("urn:x:1"), "The water is safe");
}

TEST_F(Feeds, OneMaySayWhatItsOwnEntriesAre) {
  const std::string guid = "https://town.example/?p=1";
  shows("other", kOther, guid, "The water is poison");
  EXPECT_EQ(shows("town", kTown, guid, "The water is safe").changed, 1U);
  EXPECT_THAT(items(), ElementsAre(Pair(guid, "The water is safe")));
}

TEST_F(Feeds, OneThatIsAddedAgainUnderAnotherNameIsTheSame) {
  shows("town", "http://town.example/feed", "urn:x:1", "The water is safe");
  EXPECT_EQ(shows("council", "https://www.town.example/feed", "urn:x:1", "The water is clean").changed, 1U);
  EXPECT_THAT(items(), ElementsAre(Pair("urn:x:1", "The water is clean")));
}

TEST_F(Feeds, WhatCameFromAFileMayBeEdited) {
  shows("", kTown, "urn:x:1", "The water is safe");
  EXPECT_EQ(shows("other", kOther, "urn:x:1", "The water is clean").changed, 1U);
}

}  // namespace
}  // namespace muniment::collect
