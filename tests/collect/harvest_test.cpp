#include "collect/harvest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <map>

#include "base/sha256.hpp"
#include "support/fake_transport.hpp"
#include "support/faulty_disk.hpp"
#include "support/memory_catalogue.hpp"
#include "support/scripted_poll.hpp"
#include "support/small_ledger.hpp"

namespace muniment::collect {
namespace {

using support::item_url;
using support::kListing;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class HarvestTest : public testing::Test {
 protected:
  PollOutcome poll(net::Transport& transport) {
    support::MemoryCatalogue catalogue(town.reader());
    support::ScriptedPoll script;
    const auto outcome = harvest_poll(
        source, script, {transport, town.appender(), town.reader(), catalogue, town.clock, {}, &stop});
    EXPECT_TRUE(outcome) << outcome.error().what;
    town.clock.advance(std::chrono::hours{1});
    return outcome.value_or(PollOutcome{});
  }
  PollOutcome poll() { return poll(web); }

  // "kind" of each entry from `first` on.
  std::vector<std::string> kinds(ledger::Seq first = 0) {
    std::vector<std::string> out;
    EXPECT_TRUE(town.reader().each(first, size(), [&](const ledger::Entry& entry, const records::Body*) {
      out.push_back(entry.kind);
      return true;
    }));
    return out;
  }
  ledger::Seq size() { return town.reader().head()->size; }
  records::Body body(ledger::Seq seq) { return town.reader().body(seq).value(); }
  std::string field(ledger::Seq seq, std::string_view name) {
    return records::bytes_of(body(seq), name).value_or("");
  }
  // The page of an exchange, put together again from its frame and the entries it names.
  std::string restored(ledger::Seq exchange) {
    auto page = field(exchange, "frame");
    const auto places = field(exchange, "frame.items");
    std::size_t grown = 0;
    for (std::size_t at = 0; at < places.size(); at = places.find('\n', at) + 1) {
      std::size_t used = 0;
      const auto offset = std::stoull(places.substr(at), &used);
      const auto raw = field(std::stoull(places.substr(at + used)), "raw");
      page.insert(offset + grown, raw);
      grown += raw.size();
    }
    return page;
  }

  support::SmallLedger town;
  support::FakeTransport web{town.clock};
  SourceSettings source{"town", "town", kListing, false};
  std::atomic<bool> stop{false};
};

TEST_F(HarvestTest, CapturesEveryPageAndRecordsItsCoverage) {
  web.serve(kListing, 200, "a First words #1\n> https://town.example/list?page=2\nb Second words #1");
  web.serve("https://town.example/list?page=2", 200, "c Third words");
  const auto outcome = poll();
  EXPECT_EQ(outcome.outcome, Outcome::kComplete);
  EXPECT_EQ(outcome.counts.fresh, 3U);
  EXPECT_THAT(kinds(), ElementsAre("exchange", "capture", "capture", "exchange", "capture", "coverage"));
  EXPECT_EQ(field(1, "text"), "First words");
  EXPECT_EQ(field(1, "raw"), "a First words #1");
  EXPECT_EQ(field(1, "exchange"), "0");
  EXPECT_EQ(restored(0), "a First words #1\n> https://town.example/list?page=2\nb Second words #1");
  EXPECT_EQ(field(0, "payload.sha256"), base::to_hex(base::sha256(restored(0))));
  EXPECT_EQ(field(0, "tls"), "TLSv1.3, certificate of a test, verified");
  EXPECT_EQ(field(5, "outcome"), "complete");
  EXPECT_EQ(field(5, "new"), "3");
  EXPECT_EQ(field(5, "pages"), "2");
  EXPECT_EQ(field(5, "cursor"), "cursor after 3");
  EXPECT_EQ(field(5, "covers.from"), "");
}

TEST_F(HarvestTest, CountsAnswersThatSayTooManyQuestions) {
  web.serve(kListing, 429, "slow down");
  EXPECT_EQ(poll().limits, 1U);
  EXPECT_EQ(field(size() - 1, "limits"), "1");
}

TEST_F(HarvestTest, TellsUnchangedMovedAndChangedApart) {
  web.serve(kListing, 200, "a First words #1\nb Second words #1\nc Third words #1");
  poll();
  const auto before = size();
  web.forget(kListing);
  web.serve(kListing, 200, "a First words #1\nb Second words #2\nc Third words, put right #1");
  const auto outcome = poll();
  EXPECT_THAT(kinds(before), ElementsAre("exchange", "seen-again", "edit-seen", "coverage"));
  EXPECT_EQ(outcome.counts.unchanged, 1U);
  EXPECT_EQ(outcome.counts.moved, 1U);
  EXPECT_EQ(outcome.counts.changed, 1U);
  EXPECT_EQ(field(before + 2, "of"), ledger::citation(3, town.reader().leaf(3).value()));
  EXPECT_EQ(restored(before), "a First words #1\nb Second words #2\nc Third words, put right #1");
  EXPECT_EQ(field(before + 3, "covers.from"), field(4, "finished"));
}

TEST_F(HarvestTest, AnUnchangedSourceAddsItsExchangeAndCoverageOnly) {
  web.serve(kListing, 200, "a First words #1");
  poll();
  const auto before = size();
  poll();
  EXPECT_THAT(kinds(before), ElementsAre("exchange", "coverage"));
  EXPECT_EQ(restored(before), "a First words #1");
}

TEST_F(HarvestTest, ItemsThatClaimOneIdAreNoEditsOfOneAnother) {
  const std::string one = "a First words\na Other words\nb Third words";
  const std::string other = "a Other words\nb Third words\na First words";
  for (const auto& page : {one, one, other}) web.serve(kListing, 200, page);
  const auto first = poll();
  EXPECT_EQ(first.counts.fresh, 2U);
  EXPECT_EQ(first.outcome, Outcome::kComplete);
  ASSERT_THAT(first.remarks, SizeIs(1));
  EXPECT_THAT(first.remarks[0], HasSubstr("several items claim to be a"));
  EXPECT_EQ(restored(0), one);
  // In another order the one that is held stays.
  for (const auto& page : {one, other}) {
    const auto before = size();
    const auto again = poll();
    EXPECT_THAT(kinds(before), ElementsAre("exchange", "coverage")) << page;
    EXPECT_EQ(again.counts.unchanged, 2U);
    EXPECT_THAT(again.remarks, SizeIs(1));
    EXPECT_EQ(restored(before), page);
  }
}

TEST_F(HarvestTest, AnItemThatComesTwiceWithTwoCountersIsTakenOnce) {
  for (int i = 0; i < 3; ++i) {
    const auto before = size();
    web.serve(kListing, 200, "a First words #1\na First words #2");
    EXPECT_THAT(poll().remarks, IsEmpty());
    EXPECT_EQ(size() - before, i == 0 ? 3U : 2U);
  }
}

TEST_F(HarvestTest, AsksConditionallyAndRecordsNotModified) {
  web.serve(kListing, 200, "a First words #1",
            {{"ETag", "\"v1\""},
             {"Last-Modified", "Sun, 22 Nov 2026 02:00:00 GMT"},
             {"Set-Cookie", "session=hush"},
             {"X-WP-Nonce", "hush"}});
  web.serve(kListing, 304, "", {{"ETag", "\"v1\""}});
  web.serve(item_url("a"), 200, "a First words #1");
  poll();
  EXPECT_EQ(net::header(web.asked().at(0).headers, "if-none-match"), "");
  EXPECT_EQ(field(0, "headers").find("hush"), std::string::npos);
  const auto before = size();
  poll();
  EXPECT_EQ(net::header(web.asked().at(1).headers, "if-none-match"), "\"v1\"");
  EXPECT_EQ(net::header(web.asked().at(1).headers, "if-modified-since"), "Sun, 22 Nov 2026 02:00:00 GMT");
  EXPECT_EQ(field(before, "status"), "304");
}

TEST_F(HarvestTest, ADeletionIsRecordedOnlyWhenSaidTwice) {
  web.serve(kListing, 200, "a First words #1\nb Second words #1\nc Third words");
  poll();
  const auto before = size();
  web.forget(kListing);
  web.forget_asked();
  web.serve(kListing, 200, "a First words #1");
  web.serve(item_url("b"), 404, "{\"code\":\"no_such_item\"}");
  web.serve(item_url("c"), 410, "gone");
  const auto slept = town.clock.slept();
  const auto outcome = poll();
  EXPECT_THAT(web.asked_urls(),
              ElementsAre(kListing, item_url("b"), item_url("c"), item_url("b"), item_url("c")));
  EXPECT_EQ(net::header(web.asked().at(3).headers, "cache-control"), "no-cache");
  EXPECT_GE(town.clock.slept() - slept, kBeforeAskingAgain);
  EXPECT_THAT(kinds(before), ElementsAre("exchange", "exchange", "exchange", "exchange", "deletion-seen",
                                         "exchange", "deletion-seen", "coverage"));
  EXPECT_EQ(outcome.deleted, 2U);
  EXPECT_EQ(outcome.outcome, Outcome::kComplete);
  const auto deletion = before + 4;
  EXPECT_EQ(field(deletion, "id"), "b");
  EXPECT_EQ(field(deletion, "status"), "404");
  EXPECT_EQ(field(deletion, "words"), "no_such_item");
  EXPECT_EQ(field(deletion, "of"), ledger::citation(2, town.reader().leaf(2).value()));
  EXPECT_EQ(field(deletion, "exchanges"), std::to_string(before + 1) + " " + std::to_string(before + 3));

  web.forget_asked();
  EXPECT_EQ(poll().deleted, 0U);
  EXPECT_THAT(web.asked_urls(), ElementsAre(kListing))
      << "what is known to be deleted is not asked after again";
}

TEST_F(HarvestTest, ASlipOfThePlatformIsNotADeletion) {
  web.serve(kListing, 200, "a First words #1\nb Second words #1");
  poll();
  const auto before = size();
  web.forget(kListing);
  web.serve(kListing, 200, "a First words #1");
  web.serve(item_url("b"), 404, "");
  web.serve(item_url("b"), 200, "b Second words #1");
  const auto outcome = poll();
  EXPECT_THAT(kinds(before), ElementsAre("exchange", "exchange", "exchange", "coverage"));
  EXPECT_EQ(outcome.deleted, 0U);
  EXPECT_EQ(outcome.missing, 0U);
  EXPECT_THAT(outcome.remarks, ElementsAre(HasSubstr("no deletion is recorded")));
}

TEST_F(HarvestTest, AnUnclearAnswerIsAGapAndNoEvidence) {
  web.serve(kListing, 200, "a First words #1\nb Second words #1");
  poll();
  const auto before = size();
  web.forget(kListing);
  web.serve(kListing, 200, "a First words #1");
  web.serve(item_url("b"), 500, "!");
  const auto outcome = poll();
  EXPECT_THAT(kinds(before), ElementsAre("exchange", "exchange", "coverage"));
  EXPECT_EQ(outcome.missing, 1U);
  EXPECT_EQ(outcome.outcome, Outcome::kPartial);
  EXPECT_EQ(field(size() - 1, "missing"), "1");
  EXPECT_EQ(field(size() - 1, "cursor"), "");
}

TEST_F(HarvestTest, ARefusalIsRecordedOnceAndADeletionAfterItToo) {
  web.serve(kListing, 200, "a First words #1");
  poll();
  auto before = size();
  web.forget(kListing);
  web.serve(kListing, 200, "");
  web.serve(item_url("a"), 401, "");
  EXPECT_EQ(poll().unavailable, 1U);
  EXPECT_THAT(kinds(before), ElementsAre("exchange", "exchange", "unavailable-seen", "coverage"));
  before = size();
  EXPECT_EQ(poll().unavailable, 0U);
  EXPECT_THAT(kinds(before), ElementsAre("exchange", "exchange", "coverage"));
  web.forget(item_url("a"));
  web.serve(item_url("a"), 404, "");
  EXPECT_EQ(poll().deleted, 1U);
}

TEST_F(HarvestTest, WhatComesBackIsANewVersionEvenWithTheSameWords) {
  web.serve(kListing, 200, "a First words #1\nb Second words #1");
  poll();
  web.forget(kListing);
  web.serve(kListing, 200, "");
  web.serve(item_url("a"), 404, "");
  web.serve(item_url("b"), 403, "");
  poll();
  const auto before = size();
  web.forget(kListing);
  web.serve(kListing, 200, "a First words #1\nb Second words #1");
  const auto outcome = poll();
  EXPECT_THAT(kinds(before), ElementsAre("exchange", "edit-seen", "edit-seen", "coverage"));
  EXPECT_EQ(outcome.counts.changed, 2U);
  EXPECT_EQ(field(before + 1, "of"), ledger::citation(1, town.reader().leaf(1).value()));
  EXPECT_EQ(poll().counts.unchanged, 2U);
}

TEST_F(HarvestTest, APageThatCannotBeReadIsKeptAsItCame) {
  const std::string page = "!\xff\xfe nonsense";
  web.serve(kListing, 200, page);
  const auto outcome = poll();
  EXPECT_THAT(kinds(), ElementsAre("exchange", "coverage"));
  EXPECT_EQ(restored(0), page);
  EXPECT_EQ(field(0, "unread"), "this is not a page of the town's");
  EXPECT_EQ(outcome.outcome, Outcome::kFailed);
  EXPECT_EQ(field(1, "outcome"), "failed");
  EXPECT_THAT(field(1, "errors"), HasSubstr(kListing));
}

TEST_F(HarvestTest, NothingIsAskedAfterWhenTheListingWasIncomplete) {
  web.serve(kListing, 200, "a First words #1\nb Second words #1");
  poll();
  web.forget(kListing);
  web.serve(kListing, 200, "a First words #1\n> https://town.example/list?page=2");
  web.serve("https://town.example/list?page=2", 502, "!");
  EXPECT_EQ(poll().outcome, Outcome::kPartial);
}

TEST_F(HarvestTest, NothingFoundDiffersFromNothingCaptured) {
  web.serve(kListing, 200, "");
  poll();
  EXPECT_EQ(field(size() - 1, "outcome"), "complete");
  web.forget(kListing);
  web.fail(kListing, {Code::kUnavailable, "no connection to " + std::string(kListing)});
  const auto outcome = poll();
  EXPECT_EQ(outcome.pages, 0U);
  EXPECT_EQ(field(size() - 1, "outcome"), "failed");
  EXPECT_THAT(field(size() - 1, "errors"), HasSubstr("no connection"));
  EXPECT_EQ(kinds().back(), "coverage");
}

TEST_F(HarvestTest, GivesUpASourceThatIsDownInsteadOfAskingOnForEver) {
  std::string listing;
  for (int i = 0; i < 50; ++i) listing += std::to_string(i) + " Words\n";
  web.serve(kListing, 200, listing);
  poll();
  web.forget(kListing);
  web.serve(kListing, 200, "");
  for (int i = 0; i < 50; ++i) web.fail(item_url(std::to_string(i)), {Code::kUnavailable, "no connection"});
  web.forget_asked();
  const auto outcome = poll();
  EXPECT_EQ(web.asked().size(), 1U + kFailuresInARow);
  EXPECT_THAT(outcome.errors.back(), HasSubstr("47 questions were not asked"));
}

TEST_F(HarvestTest, StopsBetweenQuestionsAndSaysSo) {
  web.serve(kListing, 200, "a First words\n> https://town.example/list?page=2");
  support::MemoryCatalogue catalogue(town.reader());
  support::ScriptedPoll script;
  const auto outcome = harvest_poll(source, script,
                                    {web, town.appender(), town.reader(), catalogue, town.clock,
                                     [this](const PollOutcome&) { stop = true; }, &stop});
  ASSERT_TRUE(outcome);
  EXPECT_TRUE(outcome->interrupted);
  EXPECT_EQ(outcome->outcome, Outcome::kPartial);
  EXPECT_THAT(kinds(), ElementsAre("exchange", "capture", "coverage"));
  EXPECT_THAT(field(2, "remarks"), HasSubstr("stopped on request"));
  EXPECT_EQ(field(2, "cursor"), "");
}

TEST_F(HarvestTest, PermissionForAPrivateHostDoesNotFollowLinksElsewhere) {
  source.url = "https://town.example/list";
  source.allow_private = true;
  web.serve(kListing, 200, "> https://town.example:8443/list\n> https://other.example/list");
  web.serve("https://town.example:8443/list", 200, "");
  web.serve("https://other.example/list", 200, "");
  poll();
  EXPECT_TRUE(web.asked().at(0).allow_private);
  EXPECT_FALSE(web.asked().at(1).allow_private);
  EXPECT_FALSE(web.asked().at(2).allow_private);
}

TEST_F(HarvestTest, CredentialsInAnAddressDoNotReachTheLedger) {
  web.serve(kListing, 200, "> https://town.example/list?access_token=hush&page=2");
  web.serve("https://town.example/list?access_token=hush&page=2", 200, "a First words");
  poll();
  EXPECT_EQ(field(1, "url"), "https://town.example/list?access_token=withheld&page=2");
}

// The listing of three pages that the tests below interrupt, and what must be in the ledger in the end.
void serve_three_pages(support::FakeTransport& web) {
  web.serve(kListing, 200, "a First words\n> https://town.example/list?page=2");
  web.serve("https://town.example/list?page=2", 200, "b Second words\n> https://town.example/list?page=3");
  web.serve("https://town.example/list?page=3", 200, "c Third words\nd Fourth words");
}

std::map<std::string, int> captures(ledger::Reader& reader) {
  std::map<std::string, int> out;
  EXPECT_TRUE(reader.each(0, reader.head()->size, [&](const ledger::Entry& entry, const records::Body* body) {
    if (entry.kind == ledger::kind::kCapture || entry.kind == ledger::kind::kEdit)
      ++out[records::bytes_of(*body, "id").value_or("?")];
    return true;
  }));
  return out;
}
const std::map<std::string, int> kEachOnce = {{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}};

// Fails at one request: before it leaves (the request is lost), or after it was answered (the reply is lost).
class LossyTransport final : public net::Transport {
 public:
  LossyTransport(net::Transport& inner, int nth, bool reply) : inner_(inner), nth_(nth), reply_(reply) {}
  Result<net::Response> get(const net::Request& request) override {
    if (nth_-- != 0) return inner_.get(request);
    if (reply_) EXPECT_TRUE(inner_.get(request));
    return Error{Code::kUnavailable, "the line broke", {}};
  }

 private:
  net::Transport& inner_;
  int nth_;
  bool reply_;
};

TEST_F(HarvestTest, ALostRequestOrReplyLosesAndDoublesNothing) {
  for (const bool reply : {false, true}) {
    for (int nth = 0; nth < 3; ++nth) {
      SCOPED_TRACE(testing::Message() << "request " << nth << (reply ? ", reply lost" : ", request lost"));
      support::SmallLedger ledger;
      support::FakeTransport pages(ledger.clock);
      serve_three_pages(pages);
      LossyTransport lossy(pages, nth, reply);
      for (const bool expect_whole : {false, true}) {
        support::MemoryCatalogue catalogue(ledger.reader());
        support::ScriptedPoll script;
        const auto outcome =
            harvest_poll(source, script,
                         {lossy, ledger.appender(), ledger.reader(), catalogue, ledger.clock, {}, nullptr});
        ASSERT_TRUE(outcome);
        EXPECT_EQ(outcome->outcome == Outcome::kComplete, expect_whole);
        ledger.clock.advance(std::chrono::hours{1});
      }
      EXPECT_EQ(captures(ledger.reader()), kEachOnce);
    }
  }
}

// Ends the process without a word at one request.
class KillingTransport final : public net::Transport {
 public:
  KillingTransport(net::Transport& inner, int nth) : inner_(inner), nth_(nth) {}
  Result<net::Response> get(const net::Request& request) override {
    if (nth_-- == 0) std::raise(SIGKILL);
    return inner_.get(request);
  }

 private:
  net::Transport& inner_;
  int nth_;
};

TEST_F(HarvestTest, AKillLosesNothingThatWasFetchedAndTheNextPollCarriesOn) {
  serve_three_pages(web);
  for (int nth = 0; nth < 3; ++nth) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      const auto store = town.open();
      ledger::Appender appender(*store, town.clock, town.entropy);
      ledger::Reader reader(*store);
      support::MemoryCatalogue catalogue(reader);
      support::ScriptedPoll script;
      KillingTransport killing(web, nth);
      (void)harvest_poll(source, script, {killing, appender, reader, catalogue, town.clock, {}, nullptr})
          .has_value();
      _exit(0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child was to be killed at request " << nth;
    EXPECT_EQ(captures(town.reader()).size(), static_cast<std::size_t>(nth));
  }
  EXPECT_EQ(poll().outcome, Outcome::kComplete);
  EXPECT_EQ(captures(town.reader()), kEachOnce);
}

std::map<std::string, int> exchanges(ledger::Reader& reader) {
  std::map<std::string, int> out;
  EXPECT_TRUE(reader.each(0, reader.head()->size, [&](const ledger::Entry& entry, const records::Body* body) {
    if (entry.kind == ledger::kind::kExchange) ++out[records::bytes_of(*body, "url").value_or("?")];
    return true;
  }));
  return out;
}

// A disk that fails once: the page is tried again, and whether or not the first try had arrived after all,
// it is there once.
TEST_F(HarvestTest, WhicheverDiskCallFailsEachAnswerIsThereOnce) {
  const auto vfs = support::FaultyDisk::vfs();
  int faults = 0;
  for (int nth = 0;; ++nth) {
    SCOPED_TRACE(nth);
    support::SmallLedger ledger(0, vfs);
    support::FakeTransport pages(ledger.clock);
    serve_three_pages(pages);
    support::MemoryCatalogue catalogue(ledger.reader());
    support::ScriptedPoll script;
    support::FaultyDisk::arm(nth, support::FaultyDisk::Fails::kOnce);
    const auto outcome = harvest_poll(
        source, script, {pages, ledger.appender(), ledger.reader(), catalogue, ledger.clock, {}, nullptr});
    const bool fired = support::FaultyDisk::disarm();
    ASSERT_TRUE(outcome) << outcome.error().what;
    EXPECT_EQ(outcome->outcome, Outcome::kComplete);
    EXPECT_EQ(captures(ledger.reader()), kEachOnce);
    for (const auto& [url, times] : exchanges(ledger.reader())) EXPECT_EQ(times, 1) << url;
    if (!fired) break;
    ++faults;
  }
  EXPECT_GT(faults, 20);
}

// Writes, and says it did not.
class LyingStore final : public ledger::Store {
 public:
  explicit LyingStore(ledger::Store& inner) : inner_(inner) {}
  const std::string& origin() const override { return inner_.origin(); }
  Result<ledger::Head> head() override { return inner_.head(); }
  Result<ledger::Head> append(const ledger::Head& expected, base::Time now,
                              std::span<const ledger::Sealed> batch) override {
    if (!writes) return Error{Code::kIo, "the disk failed", {}};
    auto outcome = inner_.append(expected, now, batch);
    if (lies-- > 0) return Error{Code::kIo, "the disk failed; the entries may have been written", {}};
    return outcome;
  }
  void take_end() override { inner_.take_end(); }
  bool is_end_wanted() const override { return inner_.is_end_wanted(); }
  void give_up_end() override { inner_.give_up_end(); }
  Status range(ledger::Seq first, ledger::Seq end, bool bodies, const Visit& visit) override {
    return inner_.range(first, end, bodies, visit);
  }
  Result<base::Secret> secret(ledger::Seq seq) override { return inner_.secret(seq); }
  Status secrets(ledger::Seq first, ledger::Seq end,
                 const std::function<void(ledger::Seq, const base::Secret&)>& visit) override {
    return inner_.secrets(first, end, visit);
  }
  Result<std::string> file(const std::string& name) override { return inner_.file(name); }
  Result<std::string> tile(std::uint64_t level, std::uint64_t index) override {
    return inner_.tile(level, index);
  }
  Result<std::vector<base::Hash>> tile_roots(std::uint64_t level, std::uint64_t first,
                                             std::uint64_t end) override {
    return inner_.tile_roots(level, first, end);
  }
  Status add_checkpoint(ledger::Seq size, const std::string& note) override {
    return inner_.add_checkpoint(size, note);
  }
  Result<std::string> checkpoint(ledger::Seq at_least) override { return inner_.checkpoint(at_least); }
  Result<std::string> newest_checkpoint() override { return inner_.newest_checkpoint(); }
  void settle() override { inner_.settle(); }
  int lies = 1;
  bool writes = true;

 private:
  ledger::Store& inner_;
};

TEST_F(HarvestTest, APageWrittenByAnAppendThatFailedIsNotWrittenTwice) {
  serve_three_pages(web);
  LyingStore lying(town.store());
  ledger::Appender appender(lying, town.clock, town.entropy);
  support::MemoryCatalogue catalogue(town.reader());
  support::ScriptedPoll script;
  const auto outcome =
      harvest_poll(source, script, {web, appender, town.reader(), catalogue, town.clock, {}, nullptr});
  ASSERT_TRUE(outcome) << outcome.error().what;
  EXPECT_EQ(outcome->counts.fresh, 4U);
  EXPECT_EQ(captures(town.reader()), kEachOnce);
  for (const auto& [url, times] : exchanges(town.reader())) EXPECT_EQ(times, 1) << url;
}

TEST_F(HarvestTest, ALedgerThatCannotBeWrittenEndsThePollWithAnErrorAndNothingHalfThere) {
  serve_three_pages(web);
  LyingStore broken(town.store());
  broken.writes = false;
  ledger::Appender appender(broken, town.clock, town.entropy);
  support::MemoryCatalogue catalogue(town.reader());
  support::ScriptedPoll script;
  const auto outcome =
      harvest_poll(source, script, {web, appender, town.reader(), catalogue, town.clock, {}, nullptr});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, Code::kIo);
  EXPECT_EQ(size(), 0U);
  EXPECT_EQ(web.asked().size(), 1U) << "what cannot be kept is not asked for";
}

}  // namespace
}  // namespace muniment::collect
