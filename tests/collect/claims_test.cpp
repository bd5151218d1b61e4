// Feeds that give one identifier to several entries.
#include "collect/claims.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/exchange.hpp"
#include "records/body.hpp"
#include "records/made_name.hpp"
#include "sources/feed_page.hpp"
#include "support/memory_catalogue.hpp"
#include "support/small_ledger.hpp"

namespace muniment::collect {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string entry(const std::string& link, const std::string& title) {
  return "<item><guid isPermaLink=\"false\">urn:x:1</guid><link>https://town.example/" + link +
         "</link><title>" + title + "</title></item>";
}

class AFeed : public testing::Test {
 protected:
  PageCounts comes(const std::vector<std::string>& entries, std::string method = "GET") {
    std::string page = "<rss><channel>";
    for (const auto& one : entries) page += one;
    page += "</channel></rss>";
    auto reading = sources::read_feed(page, "https://town.example/feed", "", "");
    EXPECT_TRUE(reading);
    support::MemoryCatalogue catalogue(town.reader());
    const auto size = town.reader().head()->size;
    EXPECT_TRUE(catalogue.at(size));
    ExchangeFacts facts;
    facts.method = std::move(method);
    facts.source = "feed";
    facts.format = "feed";
    auto made = compose_page(size, facts, page, std::move(reading->items), catalogue, town.reader());
    EXPECT_TRUE(made);
    collided = made->collided;
    EXPECT_TRUE(town.appender().append(
        [&](const ledger::Head&) { return Result<std::vector<ledger::Draft>>(made->drafts); }));
    return made->counts;
  }

  // Titles by name, the newest version of each.
  std::map<std::string, std::string> items() {
    std::map<std::string, std::string> out;
    for (ledger::Seq seq = 0; seq < town.reader().head()->size; ++seq)
      if (const auto body = town.reader().body(seq).value(); records::value_of(body, "url"))
        if (const auto id = records::text_of(body, "id"))
          out[*id] = records::text_of(body, "summary").value_or("");
    return out;
  }

  static std::string beside(const std::string& link) {
    return "urn:x:1#" + records::made_mark("https://town.example/" + link);
  }

  support::SmallLedger town;
  std::vector<std::string> collided;
};

TEST_F(AFeed, WithOneIdentifierForTwoPagesHasTwoItems) {
  EXPECT_EQ(comes({entry("bins", "Bins"), entry("ferry", "Ferry")}).fresh, 2U);
  EXPECT_THAT(items(),
              ElementsAre(testing::Pair("urn:x:1", "Bins"), testing::Pair(beside("ferry"), "Ferry")));
  EXPECT_THAT(collided, IsEmpty());
  EXPECT_TRUE(records::is_made_from_content(beside("ferry"))) << "a disclosure treats it as one";
}

TEST_F(AFeed, InAnotherOrderBringsNothing) {
  const auto bins = entry("bins", "Bins"), ferry = entry("ferry", "Ferry"), quay = entry("quay", "Quay");
  comes({bins, ferry});
  for (const auto* method : {"GET", "FILE"}) {
    for (const auto& entries : std::vector<std::vector<std::string>>{
             {ferry, bins}, {bins, ferry}, {ferry}, {bins}, {ferry, ferry, bins}}) {
      const auto counts = comes(entries, method);
      EXPECT_EQ(counts.unchanged, counts.read);
    }
  }
  EXPECT_EQ(comes({quay, ferry, bins}).fresh, 1U);
  EXPECT_EQ(comes({bins, quay}).unchanged, 2U);
  EXPECT_THAT(items(), SizeIs(3));
}

TEST_F(AFeed, WhoseEntryIsEditedHasAnEditOfThatEntry) {
  comes({entry("bins", "Bins"), entry("ferry", "Ferry")});
  EXPECT_EQ(comes({entry("ferry", "Ferry late"), entry("bins", "Bins")}).changed, 1U);
  EXPECT_EQ(comes({entry("ferry", "Ferry late"), entry("bins", "Bins today")}).changed, 1U);
  EXPECT_THAT(items(), ElementsAre(testing::Pair("urn:x:1", "Bins today"),
                                   testing::Pair(beside("ferry"), "Ferry late")));
}

TEST_F(AFeed, AnEntryThatCameAloneKeepsItsIdentifierWhenAnotherComesBeforeIt) {
  comes({entry("ferry", "Ferry")});
  EXPECT_EQ(comes({entry("bins", "Bins"), entry("ferry", "Ferry")}).fresh, 1U);
  EXPECT_THAT(items(), ElementsAre(testing::Pair("urn:x:1", "Ferry"), testing::Pair(beside("bins"), "Bins")));
}

TEST_F(AFeed, AnEntryAloneMayMoveToAnotherAddress) {
  comes({entry("bins", "Bins")});
  EXPECT_EQ(comes({entry("news/bins", "Bins")}).changed, 1U);
  EXPECT_THAT(items(), SizeIs(1));
}

TEST_F(AFeed, WithTwoEntriesForOnePageHasOneItemAndSaysSo) {
  EXPECT_EQ(comes({entry("bins", "Bins"), entry("bins", "Bins again")}).fresh, 1U);
  EXPECT_THAT(items(), ElementsAre(testing::Pair("urn:x:1", "Bins")));
  EXPECT_THAT(collided, ElementsAre("urn:x:1"));
  EXPECT_EQ(comes({entry("bins", "Bins again"), entry("bins", "Bins")}).unchanged, 1U);
}

}  // namespace
}  // namespace muniment::collect
