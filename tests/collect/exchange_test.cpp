#include "collect/exchange.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <sstream>

#include "base/sha256.hpp"
#include "collect/harvest.hpp"
#include "support/fake_transport.hpp"
#include "support/memory_catalogue.hpp"
#include "support/scripted_poll.hpp"
#include "support/small_ledger.hpp"

namespace muniment::collect {
namespace {

using support::kListing;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kPage[] = "a First words #1\nb Second words #1\nc Third words #1";

struct Slice {
  std::size_t offset, length;
};

// Reads as the town's platform does, but names these places of the page.
class SlippingPoll final : public sources::Poll {
 public:
  explicit SlippingPoll(std::vector<Slice> slices) : slices_(std::move(slices)) {}
  std::vector<sources::Ask> start() override { return town_.start(); }
  Result<sources::Reading> read(const sources::Ask& ask, const sources::Answer& answer) override {
    auto reading = town_.read(ask, answer);
    for (std::size_t i = 0; reading && i < reading->items.size() && i < slices_.size(); ++i) {
      reading->items[i].offset = slices_[i].offset;
      reading->items[i].length = slices_[i].length;
    }
    return reading;
  }
  std::vector<sources::Ask> ask_after(const std::vector<sources::Held>&) override { return {}; }
  std::string cursor() const override { return {}; }

 private:
  std::vector<Slice> slices_;
  support::ScriptedPoll town_;
};

class ExchangeTest : public testing::Test {
 protected:
  PollOutcome poll(std::vector<Slice> slices) {
    support::MemoryCatalogue catalogue(town.reader());
    support::FakeTransport web{town.clock};
    web.serve(kListing, 200, kPage);
    SlippingPoll script(std::move(slices));
    const SourceSettings source{"town", "town", kListing, false};
    const auto outcome = harvest_poll(
        source, script, {web, town.appender(), town.reader(), catalogue, town.clock, {}, nullptr});
    EXPECT_TRUE(outcome) << outcome.error().what;
    return outcome.value_or(PollOutcome{});
  }
  std::vector<std::string> kinds() {
    std::vector<std::string> out;
    EXPECT_TRUE(
        town.reader().each(0, town.reader().head()->size, [&](const ledger::Entry& entry, const auto*) {
          out.push_back(entry.kind);
          return true;
        }));
    return out;
  }
  std::string field(ledger::Seq seq, std::string_view name) {
    return records::bytes_of(town.reader().body(seq).value(), name).value_or("");
  }
  // The page of an exchange, put together from its frame and the entries it names.
  std::string restored(ledger::Seq exchange) {
    const auto frame = field(exchange, "frame");
    std::istringstream places(field(exchange, "frame.items"));
    std::string page;
    std::size_t copied = 0, offset = 0;
    for (ledger::Seq holder = 0; places >> offset >> holder; copied = offset)
      page += frame.substr(copied, offset - copied) + field(holder, "raw");
    return page + frame.substr(copied);
  }

  support::SmallLedger town;
};

TEST_F(ExchangeTest, ItemsThatTouchAreCutOutOfTheFrame) {
  const auto outcome = poll({{0, 17}, {17, 18}, {35, 16}});
  EXPECT_EQ(outcome.outcome, Outcome::kComplete);
  EXPECT_THAT(kinds(), ElementsAre("exchange", "capture", "capture", "capture", "coverage"));
  EXPECT_EQ(field(0, "frame"), "");
  EXPECT_EQ(field(1, "raw") + field(2, "raw") + field(3, "raw"), kPage);
}

TEST_F(ExchangeTest, WhatCameAnotherWayIsHeldOnceASourceListsIt) {
  support::MemoryCatalogue catalogue(town.reader());
  ASSERT_TRUE(catalogue.at(0));
  support::ScriptedPoll script;
  auto reading = script.read(script.start().front(), {200, kListing, "", "", kPage, ""});
  ASSERT_TRUE(reading);
  ExchangeFacts facts;
  facts.method = "FILE";
  auto imported = compose_page(0, facts, kPage, std::move(reading->items), catalogue, town.reader());
  ASSERT_TRUE(imported);
  for (auto& draft : imported->drafts) ASSERT_TRUE(town.appender().append(std::move(draft)));
  ASSERT_TRUE(catalogue.at(town.reader().head()->size));
  EXPECT_EQ(catalogue.held("town")->size(), 0U);
  const std::vector<Slice> places = {{0, 16}, {17, 17}, {35, 16}};
  EXPECT_EQ(poll(places).counts.unchanged, 3U);
  EXPECT_EQ(poll(places).counts.unchanged, 3U);
  EXPECT_THAT(kinds(), ElementsAre("exchange", "capture", "capture", "capture", "exchange", "seen-again",
                                   "seen-again", "seen-again", "coverage", "exchange", "coverage"));
  EXPECT_EQ(catalogue.held("town")->size(), 3U);
}

TEST_F(ExchangeTest, AnItemWithoutASliceOfItsOwnIsCapturedAndLeavesTheFrameAlone) {
  const auto outcome = poll({{0, 16}, {0, 0}, {35, 16}});
  EXPECT_EQ(outcome.counts.fresh, 3U);
  EXPECT_EQ(field(0, "frame"), "\nb Second words #1\n");
  EXPECT_EQ(field(2, "raw"), "");
}

TEST_F(ExchangeTest, APageWhoseItemsDoNotFitIsKeptWholeAndMarkedUnread) {
  constexpr auto kMost = std::numeric_limits<std::size_t>::max();
  const std::vector<std::vector<Slice>> wrong = {
      {{0, 16}, {10, 20}, {35, 16}},        // crossing
      {{0, 51}, {17, 17}, {30, 16}},        // crossing inside another
      {{0, 16}, {35, 16}, {17, 17}},        // out of order
      {{0, 16}, {0, 16}, {35, 16}},         // the same twice
      {{0, 16}, {17, 17}, {35, 17}},        // beyond the end
      {{0, 16}, {17, 17}, {kMost, 1}},      // far outside
      {{0, 16}, {17, kMost - 5}, {35, 16}}  // an end that wraps around
  };
  ledger::Seq at = 0;
  for (const auto& slices : wrong) {
    SCOPED_TRACE(at);
    const auto outcome = poll(slices);
    EXPECT_EQ(outcome.outcome, Outcome::kFailed);
    EXPECT_EQ(outcome.counts.read, 0U);
    EXPECT_THAT(outcome.errors, ElementsAre(HasSubstr("the page was kept whole")));
    ASSERT_EQ(town.reader().head()->size, at + 2) << "one exchange and its coverage";
    EXPECT_EQ(field(at, "frame"), kPage);
    EXPECT_EQ(field(at, "frame.items"), "");
    EXPECT_EQ(field(at, "payload.sha256"), base::to_hex(base::sha256(kPage)));
    EXPECT_THAT(field(at, "unread"), HasSubstr("cross each other"));
    at += 2;
  }
}

// C4: whatever the page and wherever its items stand in it, frame and items give its bytes again.
TEST_F(ExchangeTest, FrameAndItemsGiveEveryPageBackWhereverItsItemsStand) {
  std::mt19937 random(20261122);
  support::MemoryCatalogue catalogue(town.reader());
  ledger::Seq first = 0;
  for (int round = 0; round < 300; ++round) {
    std::string page;
    std::vector<sources::Item> items;
    for (auto left = random() % 8; left > 0; --left) {
      page += std::string(random() % 5, '-');
      sources::Item item;
      item.interaction.platform = "town";
      item.interaction.id = std::to_string(random() % 40);
      item.interaction.text = "Words of version " + std::to_string(random() % 3);
      item.offset = page.size();
      for (auto bytes = random() % 12; bytes > 0; --bytes) page += static_cast<char>(random());
      item.length = page.size() - item.offset;
      items.push_back(std::move(item));
    }
    page += std::string(random() % 5, '-');
    ASSERT_TRUE(catalogue.at(first));
    const auto appended =
        town.appender().append([&](const ledger::Head& head) -> Result<std::vector<ledger::Draft>> {
          auto entries = compose_page(head.size, {}, page, items, catalogue, town.reader());
          if (!entries) return entries.error();
          return std::move(entries->drafts);
        });
    ASSERT_TRUE(appended) << appended.error().what;
    EXPECT_EQ(restored(first), page) << round;
    first = appended->after.size;
  }
}

// Whoever forgets fitting() gets an error, never a damaged frame.
TEST_F(ExchangeTest, ComposingRefusesItemsThatDoNotFit) {
  support::MemoryCatalogue catalogue(town.reader());
  sources::Item item;
  item.interaction.platform = "town";
  item.interaction.id = "a";
  item.offset = 40;
  item.length = 20;
  const auto entries = compose_page(0, {}, kPage, {item}, catalogue, town.reader());
  ASSERT_FALSE(entries);
  EXPECT_EQ(entries.error().code, Code::kInternal);
  EXPECT_FALSE((*catalogue.find(std::vector<ItemName>{{"town", "a"}}))[0]) << "it was noted all the same";
}

}  // namespace
}  // namespace muniment::collect
