#include "collect/import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <sstream>
#include <thread>

#include "base/bytes.hpp"
#include "base/sha256.hpp"
#include "records/body.hpp"
#include "records/interaction.hpp"
#include "records/provenance.hpp"
#include "support/made_archive.hpp"
#include "support/memory_catalogue.hpp"
#include "support/small_ledger.hpp"

namespace muniment::collect {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

class ImportTest : public testing::Test {
 protected:
  void another_process_appends() {
    support::FakeClock clock;
    support::FakeEntropy entropy(7);
    const auto other = town_.open();
    ASSERT_TRUE(ledger::Appender(*other, clock, entropy).append(support::small_draft(1)));
  }

  std::filesystem::path write(std::string_view name, std::string_view bytes) const {
    return folder_.write(name, bytes);
  }

  Result<ImportOutcome> import(const std::vector<std::filesystem::path>& paths,
                               const std::string& authority = {},
                               std::function<void(const ImportOutcome&)> progress = {},
                               const std::atomic<bool>* stop = nullptr) {
    const auto reading_store = town_.open(false);
    ledger::Reader reader(*reading_store);
    support::MemoryCatalogue catalogue(reader);
    ImportRun run{town_.store(), *reading_store, catalogue, town_.clock, town_.entropy, {}, {}, {}, stop};
    run.progress = std::move(progress);
    std::vector<SavedPath> files;
    for (const auto& path : paths) files.push_back({path, true});
    ImportWishes wishes;
    wishes.authority = authority;
    return import_files(std::move(files), wishes, run);
  }

  // A poll of X that is shown this.
  void poll_brings(const std::string& page) {
    support::MemoryCatalogue catalogue(town_.reader());
    ASSERT_TRUE(catalogue.at(size()));
    auto reading = sources::read_saved(*sources::format_named("x"), page, {});
    ASSERT_TRUE(reading);
    ExchangeFacts facts;
    facts.source = "town";
    facts.method = "GET";
    facts.format = "x";
    auto entries = compose_page(size(), facts, page, std::move(reading->items), catalogue, town_.reader());
    ASSERT_TRUE(entries);
    ASSERT_TRUE(town_.appender().append(
        [&](const ledger::Head&) { return Result<std::vector<ledger::Draft>>(entries->drafts); }));
  }

  ledger::Seq size() { return town_.reader().head()->size; }
  records::Body body(ledger::Seq seq) { return town_.reader().body(seq).value(); }
  std::string field(ledger::Seq seq, std::string_view name) {
    return records::bytes_of(body(seq), name).value_or("");
  }
  std::vector<ledger::Seq> exchanges() {
    std::vector<ledger::Seq> out;
    for (ledger::Seq seq = 0; seq < size(); ++seq)
      if (!field(seq, "payload.sha256").empty()) out.push_back(seq);
    return out;
  }

  // The page of an exchange as docs/formats/capture.md puts it together.
  std::string restored(ledger::Seq exchange) {
    const auto frame = field(exchange, "frame");
    std::istringstream places(field(exchange, "frame.items"));
    std::string page;
    std::size_t at = 0;
    for (std::string line; std::getline(places, line);) {
      std::istringstream numbers(line);
      std::size_t offset = 0;
      ledger::Seq seq = 0;
      numbers >> offset >> seq;
      auto raw = field(seq, "raw");
      if (std::size_t from = 0, length = 0; numbers >> from >> length) raw = raw.substr(from, length);
      page += frame.substr(at, offset - at) + raw;
      at = offset;
    }
    return page + frame.substr(at);
  }

  void expect_whole_pages() {
    for (const auto seq : exchanges())
      EXPECT_EQ(base::to_hex(base::sha256(restored(seq))), field(seq, "payload.sha256")) << seq;
  }

  support::SmallLedger town_;
  support::TempFolder folder_;
};

std::string posts(std::size_t count) {
  std::string lines;
  for (std::size_t i = 0; i < count; ++i)
    lines += R"({"id_str":")" + std::to_string(i) + R"(","text":")" + std::string(1'000, 'x') +
             R"(","user":{"id_str":"1","screen_name":"jo"}})"
             "\n";
  return lines;
}

TEST_F(ImportTest, KeepsWhenACrawlSaysThatItCapturedAPageApartFromWhenItWasRead) {
  const std::string answer = "HTTP/1.1 200 OK\r\n\r\n" + posts(1);
  ASSERT_TRUE(import({write("x.warc", support::made_warc_record("response", "https://x.example/1", answer)),
                      write("loose.jsonl", posts(2))}));
  ASSERT_EQ(exchanges().size(), 2U);
  const auto crawl = exchanges()[0], loose = exchanges()[1];
  EXPECT_EQ(field(crawl, "crawled"), "2026-05-01T10:00:00.000Z");
  EXPECT_NE(field(crawl, "fetched"), field(crawl, "crawled"));
  EXPECT_EQ(records::provenance_of(body(crawl), "crawled"), records::Provenance::kReported);
  EXPECT_EQ(field(loose, "crawled"), "");
}

TEST_F(ImportTest, ThatIsStoppedSaysSoAndTheNextGoesOn) {
  const auto file = write("posts.jsonl", posts(30'000));
  std::atomic<bool> stop{false};
  const auto outcome = import(
      {file}, {}, [&](const ImportOutcome&) { stop = true; }, &stop);
  ASSERT_TRUE(outcome);
  EXPECT_TRUE(outcome->stopped);
  EXPECT_GT(outcome->counts.read, 0U);
  EXPECT_LT(outcome->counts.read, 30'000U);
  const auto rest = import({file});
  ASSERT_TRUE(rest);
  EXPECT_FALSE(rest->stopped);
  EXPECT_EQ(rest->counts.read, 30'000U);
  EXPECT_EQ(rest->counts.fresh, 30'000U - outcome->counts.fresh);
}

TEST_F(ImportTest, WritesALongFileAsPartsThatAreTheFileTogether) {
  const auto lines = posts(9'000);
  const auto outcome = import({write("posts.jsonl", lines)});
  ASSERT_TRUE(outcome) << outcome.error().what;
  EXPECT_EQ(outcome->counts.fresh, 9'000U);
  EXPECT_EQ(outcome->files, 1U);
  std::string together;
  std::uint64_t number = 0;
  for (const auto seq : exchanges()) {
    EXPECT_EQ(field(seq, "part"), std::to_string(++number));
    EXPECT_EQ(field(seq, "part.from"), std::to_string(together.size()));
    EXPECT_EQ(field(seq, "format"), "x");
    together += restored(seq);
  }
  EXPECT_GE(number, 2U);
  EXPECT_EQ(together, lines);
  expect_whole_pages();
}

TEST_F(ImportTest, AddsNothingForTheSameFileAgain) {
  const auto file = write("posts.jsonl", posts(10));
  ASSERT_TRUE(import({file}));
  const auto before = size();
  const auto again = import({file});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->counts.unchanged, 10U);
  EXPECT_EQ(size(), before);
  expect_whole_pages();
}

std::string post(std::string_view id, std::string_view text, int likes = 0) {
  return R"({"id_str":")" + std::string(id) + R"(","text":")" + std::string(text) + R"(","favorite_count":)" +
         std::to_string(likes) +
         R"(,"user":{"id_str":"1","screen_name":"jo"}})"
         "\n";
}

TEST_F(ImportTest, AnOldFileAgainAfterANewerOneBringsNoOldWordsBack) {
  const auto monday = write("monday.jsonl", post("7", "It is safe.") + post("8", "Same.", 1));
  const auto tuesday = write("tuesday.jsonl", post("7", "It is not safe.") + post("8", "Same.", 2));
  ASSERT_TRUE(import({monday}));
  ASSERT_EQ(import({tuesday})->counts.changed, 1U);
  const auto before = size();
  for (const auto& file : {monday, tuesday, monday}) {
    const auto again = import({file});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->counts.unchanged, 2U);
  }
  EXPECT_EQ(size(), before);
  expect_whole_pages();
}

TEST_F(ImportTest, AFileThatBroughtNothingNewBringsNoOldWordsBackEither) {
  ASSERT_TRUE(import({write("monday.jsonl", post("7", "It is safe."))}));
  const auto tuesday = write("tuesday.jsonl", post("7", "It is safe.") + post("9", "New."));
  ASSERT_TRUE(import({tuesday}));
  ASSERT_EQ(import({write("wednesday.jsonl", post("7", "It is not safe."))})->counts.changed, 1U);
  const auto before = size();
  const auto again = import({tuesday});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->counts.unchanged, 2U);
  EXPECT_EQ(size(), before);
  expect_whole_pages();
}

TEST_F(ImportTest, OldWordsInAnotherFileAreAnEdit) {
  ASSERT_TRUE(import({write("monday.jsonl", post("7", "It is safe."))}));
  ASSERT_TRUE(import({write("tuesday.jsonl", post("7", "It is not safe."))}));
  const auto back = import({write("wednesday.jsonl", post("7", "It is safe.") + post("9", "New."))});
  ASSERT_TRUE(back);
  EXPECT_EQ(back->counts.changed, 1U);
  EXPECT_EQ(back->counts.fresh, 1U);
}

// A page as Mastodon gives it: status 7, last edited at this hour of 2 March; none: never.
std::string status(const std::string& text, int edited_at = -1) {
  const auto edited = edited_at < 0 ? "null" : "\"2026-03-02T0" + std::to_string(edited_at) + ":00:00.000Z\"";
  return R"([{"id":"7","uri":"https://social.example/s/7","created_at":"2026-03-01T08:00:00.000Z","edited_at":)" +
         edited + R"(,"content":"<p>)" + text +
         R"(</p>","visibility":"public","account":{"id":"1","username":"town","acct":"town","url":"https://social.example/@town"}}])";
}

TEST_F(ImportTest, AnEarlierFormByThePlatformsOwnTimesIsAFormerVersionAndNoEdit) {
  ASSERT_TRUE(import({write("last.json", status("It is mended.", 5))}));
  const auto first = write("first.json", status("It is off."));
  const auto between = write("between.json", status("It is still off.", 3));
  for (const auto& file : {first, between}) {
    const auto earlier = import({file});
    ASSERT_TRUE(earlier);
    EXPECT_EQ(earlier->counts.changed, 0U);
    EXPECT_EQ(earlier->counts.former, 1U);
    const auto seq = size() - 1;
    EXPECT_EQ(field(seq, "edit.of"), "https://social.example/s/7");
    EXPECT_EQ(field(seq, "type"), "version");
    EXPECT_THAT(field(seq, "id"), HasSubstr("https://social.example/s/7#as-of-2026-03-0"));
  }
  const auto before = size();
  const auto again = import({first, between, write("copy.json", status("It is off.") + " ")});
  EXPECT_EQ(again->counts.unchanged, 3U);
  EXPECT_EQ(size(), before + 1) << "the page of the copy, whose bytes are new";
  const auto later = import({write("later.json", status("It is off again.", 6))});
  EXPECT_EQ(later->counts.changed, 1U);
  expect_whole_pages();
}

class InAnyOrder : public ImportTest, public testing::WithParamInterface<std::vector<std::size_t>> {};

TEST_P(InAnyOrder, TheNewestFormInAnImportIsTheNewestInTheArchive) {
  const std::vector<std::filesystem::path> files = {write("first.json", status("It is off.")),
                                                    write("between.json", status("It is still off.", 3)),
                                                    write("last.json", status("It is mended.", 5))};
  std::vector<std::filesystem::path> in_order;
  for (const auto i : GetParam()) in_order.push_back(files[i]);
  ASSERT_TRUE(import(in_order));
  std::string newest;
  for (ledger::Seq seq = 0; seq < size(); ++seq)
    if (field(seq, "id") == "https://social.example/s/7") newest = field(seq, "text");
  EXPECT_EQ(newest, "It is mended.");
  const auto before = size();
  ASSERT_TRUE(import(files));
  EXPECT_EQ(size(), before);
  expect_whole_pages();
}

INSTANTIATE_TEST_SUITE_P(Orders, InAnyOrder,
                         testing::Values(std::vector<std::size_t>{0, 1, 2}, std::vector<std::size_t>{2, 1, 0},
                                         std::vector<std::size_t>{1, 2, 0},
                                         std::vector<std::size_t>{2, 0, 1}));

TEST_F(ImportTest, OldWordsOfWhatWasSeenToBeGoneDoNotBringItBack) {
  poll_brings(post("7", "It is not safe."));
  ASSERT_TRUE(town_.appender().append({std::string(ledger::kind::kDeletion),
                                       records::BodyBuilder().add("platform", "x").add("id", "7").build()}));
  const auto outcome = import({write("monday.jsonl", post("7", "It is safe."))});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->counts.former, 1U);
  EXPECT_EQ(outcome->counts.changed, 0U);
  EXPECT_EQ(field(size() - 1, "edit.of"), "7");
}

TEST_F(ImportTest, ItemsOfOneNameInAFileAreNotEditsEachTimeItComes) {
  const auto file = write("posts.jsonl", post("7", "One.") + post("7", "Two.") + post("7", "Three."));
  EXPECT_EQ(import({file})->counts.changed, 2U);
  const auto before = size();
  EXPECT_EQ(import({file})->counts.unchanged, 3U);
  EXPECT_EQ(size(), before);
  expect_whole_pages();
}

TEST_F(ImportTest, WhatAnotherAccountSaysUnderTheSameNameIsNoVersionOfIt) {
  const auto said_by = [](const std::string& account, const std::string& words) {
    return R"({"id_str":"7","text":")" + words + R"(","user":{"id_str":")" + account +
           R"(","screen_name":"jo"}})"
           "\n";
  };
  const auto file = write(
      "a.jsonl", said_by("1", "first words") + said_by("2", "of another") + said_by("1", "later words"));
  const auto outcome = import({file});
  ASSERT_TRUE(outcome) << outcome.error().what;
  EXPECT_EQ(outcome->counts.fresh, 1U);
  EXPECT_EQ(outcome->counts.changed, 1U) << "what the account itself says is a version";
  ASSERT_THAT(outcome->remarks, SizeIs(1));
  EXPECT_THAT(outcome->remarks[0].what, HasSubstr("several accounts claim to have said 7"));
  EXPECT_THAT(field(0, "remarks"), HasSubstr("several accounts claim to have said 7"));
  EXPECT_EQ(field(size() - 1, "text"), "later words");
  expect_whole_pages();
  const auto before = size();
  ASSERT_TRUE(import({file}));
  EXPECT_EQ(size(), before);
}

TEST_F(ImportTest, AFileThatComesAgainInOneCommandAddsNothing) {
  const auto monday = write("monday.jsonl", post("7", "It is safe.") + post("8", "Same.", 1));
  const auto tuesday = write("tuesday.jsonl", post("7", "It is not safe.") + post("8", "Same.", 2));
  const auto friday = write("friday.jsonl", post("7", "It was safe.") + post("8", "Same.", 3));
  const auto outcome = import({monday, tuesday, friday, tuesday, monday, friday});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->counts.fresh, 2U);
  EXPECT_EQ(outcome->counts.changed, 2U);
  EXPECT_EQ(outcome->counts.moved, 2U);
  EXPECT_EQ(outcome->counts.unchanged, 6U);
  EXPECT_EQ(outcome->files, 6U);
  EXPECT_THAT(exchanges(), SizeIs(3));
  const auto before = size();
  EXPECT_EQ(import({tuesday, friday, tuesday})->counts.unchanged, 6U);
  EXPECT_EQ(size(), before);
  expect_whole_pages();
}

TEST_F(ImportTest, PeopleWhoSayTheSameInTwoFilesOfOneCommandAreSeveral) {
  const auto row = std::string("jo,\"Closed\",2026-05-01 10:00\n");
  const auto head = std::string("author,text,time\n");
  const auto one = write("one.csv", head + row);
  const auto outcome = import({one, one, write("two.csv", head + row + row)});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->counts.fresh, 2U);
  EXPECT_EQ(outcome->counts.unchanged, 2U);
}

TEST_F(ImportTest, WhatCannotBeReadAndComesTwiceInOneCommandIsKeptOnce) {
  const auto file = write("shopping.txt", "eggs, soup");
  const auto outcome = import({file, file});
  ASSERT_TRUE(outcome);
  EXPECT_THAT(outcome->refused, SizeIs(2));
  EXPECT_THAT(exchanges(), SizeIs(1));
}

std::string deletion(std::string_view id, std::string_view by) {
  return R"({"delete":{"status":{"id":7,"id_str":")" + std::string(id) + R"(","user_id_str":")" +
         std::string(by) +
         R"("},"timestamp_ms":"1772359200000"}})"
         "\n";
}

TEST_F(ImportTest, ANoticeOfADeletionIsAnEntryThatSaysWhoSaysSo) {
  const auto posts = write("posts.jsonl", post("7", "It is safe.") + post("8", "Stays."));
  ASSERT_TRUE(import({posts}));
  const auto notices = write("notices.jsonl", deletion("7", "1") + deletion("99", "1") + deletion("7", "1"));
  const auto outcome = import({notices});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->reports.written, 1U);
  EXPECT_EQ(outcome->reports.not_held, 1U);
  const auto last = size() - 1;
  EXPECT_EQ(town_.reader().entry(last)->kind, "absence-reported");
  EXPECT_EQ(field(last, "platform") + " " + field(last, "id"), "x 7");
  EXPECT_EQ(field(last, "says"), "deleted");
  EXPECT_EQ(field(last, "by"), "1");
  EXPECT_EQ(field(last, "since"), "2026-03-01T10:00:00.000Z");
  EXPECT_EQ(field(last, "exchange"), std::to_string(last - 1));
  EXPECT_THAT(field(last, "of"), testing::StartsWith("1 "));

  // Twice says nothing more; nor does an older file show that it is there again.
  EXPECT_EQ(import({notices})->reports.written, 0U);
  const auto other = write("other.jsonl", post("7", "It is safe.") + post("8", "Stays.") + post("9", "New."));
  EXPECT_EQ(import({other})->counts.changed, 0U);
  EXPECT_EQ(import({posts})->counts.unchanged, 2U);
  EXPECT_EQ(import({notices})->reports.written, 0U);
  expect_whole_pages();
}

TEST_F(ImportTest, ANoticeThatCameBeforeItsPostIsTakenInWhenItComesAgain) {
  const auto notices = write("notices.jsonl", deletion("7", "1"));
  EXPECT_EQ(import({notices})->reports.not_held, 1U);
  ASSERT_TRUE(import({write("posts.jsonl", post("7", "It is safe."))}));
  EXPECT_EQ(import({notices})->reports.written, 1U);
  EXPECT_EQ(import({notices})->reports.written, 0U);
}

TEST_F(ImportTest, ANoticeCountsThoughItsPostComesLaterInTheSameImport) {
  const auto notices = write("a.jsonl", deletion("7", "1") + deletion("8", "666") + deletion("99", "1"));
  const auto file = write("b.jsonl", post("7", "It is safe.") + post("8", "Stays."));
  const auto outcome = import({notices, file, notices});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->reports.written, 1U);
  EXPECT_EQ(outcome->reports.not_held, 1U);
  EXPECT_EQ(outcome->reports.not_believed, 1U);
  const auto last = size() - 1;
  EXPECT_EQ(town_.reader().entry(last)->kind, "absence-reported");
  EXPECT_EQ(field(last, "id"), "7");
  EXPECT_EQ(field(last, "exchange"), std::to_string(exchanges().front()));
  EXPECT_EQ(field(last, "fetched"), field(exchanges().front(), "fetched"));
  for (const auto& again : {notices, file}) EXPECT_EQ(import({again})->reports.written, 0U);
  EXPECT_EQ(import({notices, file})->reports.written, 0U);
  EXPECT_EQ(size(), last + 1);
  expect_whole_pages();
}

TEST_F(ImportTest, ANoticeOfAnEarlierImportStillNamesThePageThatBroughtIt) {
  const auto notices = write("a.jsonl", deletion("7", "1"));
  ASSERT_TRUE(import({notices}));
  const auto outcome = import({notices, write("b.jsonl", post("7", "It is safe."))});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->reports.written, 1U);
  EXPECT_THAT(exchanges(), SizeIs(2));
  EXPECT_EQ(field(size() - 1, "exchange"), std::to_string(exchanges().front()));
}

TEST_F(ImportTest, WhatAPollSawAgainIsNotReportedGoneByTheSameNoticeOnceMore) {
  const auto notices = write("a.jsonl", deletion("7", "1"));
  const auto text = post("7", "It is safe.");
  ASSERT_EQ(import({notices, write("b.jsonl", text)})->reports.written, 1U);
  poll_brings(text);
  const auto before = size();
  EXPECT_EQ(import({notices})->reports.written, 0U);
  EXPECT_EQ(size(), before);
  EXPECT_EQ(import({write("c.jsonl", deletion("7", "1") + deletion("99", "1"))})->reports.written, 1U);
}

TEST_F(ImportTest, APostAndItsDeletionMayStandInOneFile) {
  const auto file =
      write("stream.jsonl", post("7", "It is safe.") + deletion("7", "1") + post("8", "Stays."));
  const auto outcome = import({file});
  EXPECT_EQ(outcome->counts.fresh, 2U);
  EXPECT_EQ(outcome->reports.written, 1U);
  const auto before = size();
  EXPECT_EQ(import({file})->counts.unchanged, 2U);
  EXPECT_EQ(size(), before);
}

TEST_F(ImportTest, NobodyIsBelievedAboutAnothersPosts) {
  ASSERT_TRUE(import({write("posts.jsonl", post("7", "It is safe."))}));
  const auto outcome = import({write("notices.jsonl", deletion("7", "666"))});
  EXPECT_EQ(outcome->reports.not_believed, 1U);
  EXPECT_EQ(outcome->reports.written, 0U);
  const auto same_server = [](std::string_view who) {
    return R"({"@context":"https://www.w3.org/ns/activitystreams","type":"Delete","actor":"https://soc.example/users/)" +
           std::string(who) + R"(","object":"https://soc.example/users/jo/statuses/1"})";
  };
  ASSERT_TRUE(import({write(
      "note.json",
      R"({"@context":"https://www.w3.org/ns/activitystreams","type":"Note","id":"https://soc.example/users/jo/statuses/1","attributedTo":"https://soc.example/users/jo","content":"Hello","to":["https://www.w3.org/ns/activitystreams#Public"]})")}));
  EXPECT_EQ(import({write("forged.json", same_server("eve"))})->reports.not_believed, 1U);
  EXPECT_EQ(import({write("true.json", same_server("jo"))})->reports.written, 1U);
}

TEST_F(ImportTest, AMarkerWhereWordsWereHeldIsNoNewVersionOfThem) {
  const auto comment = [](std::string_view body, std::string_view author) {
    return R"({"id":"c1","link_id":"t3_p1","parent_id":"t3_p1","subreddit":"town","created_utc":1772359200,"author":")" +
           std::string(author) + R"(","body":")" + std::string(body) + "\"}\n";
  };
  ASSERT_TRUE(import({write("march.jsonl", comment("The bridge is closed.", "jo"))}));
  const auto april = write("april.jsonl", comment("[removed]", "[deleted]"));
  const auto outcome = import({april});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->counts.changed, 0U);
  EXPECT_EQ(outcome->counts.unchanged, 1U);
  EXPECT_EQ(outcome->reports.written, 1U);
  const auto last = size() - 1;
  EXPECT_EQ(field(last, "says"), "unavailable");
  EXPECT_EQ(field(last, "words"), "[removed]");
  EXPECT_EQ(import({april})->reports.written, 0U);
  EXPECT_EQ(size(), last + 1);
  expect_whole_pages();
}

TEST_F(ImportTest, AMarkerThatComesBeforeTheWordsInTheSameImportStillCounts) {
  const auto comment = [](std::string_view body, std::string_view author) {
    return R"({"id":"c1","link_id":"t3_p1","parent_id":"t3_p1","subreddit":"town","created_utc":1772359200,"author":")" +
           std::string(author) + R"(","body":")" + std::string(body) + "\"}\n";
  };
  const auto april = write("april.jsonl", comment("[deleted]", "[deleted]"));
  const auto march = write("march.jsonl", comment("The bridge is closed.", "jo"));
  ASSERT_TRUE(import({april, march}));
  const auto last = size() - 1;
  EXPECT_EQ(town_.reader().entry(last)->kind, "absence-reported");
  EXPECT_EQ(field(last, "says"), "deleted");
  ASSERT_TRUE(import({march, april}));
  EXPECT_EQ(size(), last + 1);
}

TEST_F(ImportTest, NoticesWaitThroughARestart) {
  const auto notices = write("a.jsonl", deletion("29999", "1"));
  const auto file = write("b.jsonl", posts(30'000));
  int flushes = 0;
  const auto outcome = import({notices, file, notices}, {}, [&](const ImportOutcome&) {
    if (++flushes == 3) another_process_appends();
  });
  ASSERT_TRUE(outcome) << outcome.error().what;
  EXPECT_GE(flushes, 3);
  EXPECT_EQ(outcome->counts.fresh, 30'000U);
  EXPECT_EQ(outcome->reports.written, 1U);
  EXPECT_EQ(outcome->reports.not_held, 0U);
  EXPECT_EQ(field(size() - 1, "id"), "29999");
}

TEST_F(ImportTest, CarriesOnAtThePartWhereAnotherProcessCameFirst) {
  const auto file = write("posts.jsonl", posts(30'000));
  int flushes = 0;
  const auto outcome = import({file}, {}, [&](const ImportOutcome&) {
    if (++flushes == 3) another_process_appends();
  });
  ASSERT_TRUE(outcome) << outcome.error().what;
  EXPECT_GE(flushes, 3);
  EXPECT_EQ(outcome->counts.read, 30'000U);
  EXPECT_EQ(outcome->counts.fresh, 30'000U);
  EXPECT_EQ(outcome->files, 1U);
  std::string together;
  for (const auto seq : exchanges()) together += restored(seq);
  EXPECT_EQ(together, posts(30'000));
}

// Whoever appended while a long file was read made what had been composed good for nothing, and the file was
// read again from its beginning: beside a service that appends every second an import came to no end.
TEST_F(ImportTest, WhoeverWaitsToAppendIsLetInAndNothingIsComposedTwice) {
  constexpr std::size_t kPosts = 12'000;
  auto files = town_.files();
  files.turns = write("turns", "");
  files.turn_wait = std::chrono::minutes{5};  // however slow the machine is
  const auto store = *ledger::SqliteStore::open(files, true);
  const auto reading_store = town_.open(false);
  ledger::Reader reader(*reading_store);
  support::MemoryCatalogue catalogue(reader);
  ImportRun run{*store, *reading_store, catalogue, town_.clock, town_.entropy, {}, {}, {}, nullptr};
  run.turn = {};
  int composed = 0, written = 0, appended = 0;
  std::thread other;
  run.progress = [&](const ImportOutcome&) {
    ++composed;
    if (other.joinable()) other.join();
    other = std::thread([&] {
      support::FakeEntropy entropy(static_cast<std::uint64_t>(composed));
      support::FakeClock clock;
      const auto theirs = *ledger::SqliteStore::open(files, true);
      appended += ledger::Appender(*theirs, clock, entropy).append(support::small_draft(1)).has_value();
    });
    while (!store->is_end_wanted()) std::this_thread::yield();
  };
  run.follow = [&](Written&&) { return ++written, Status{}; };

  const auto outcome = import_files({{write("posts.jsonl", posts(kPosts)), true}}, {}, run);

  other.join();
  ASSERT_TRUE(outcome) << outcome.error().what;
  EXPECT_EQ(outcome->counts.fresh, kPosts);
  EXPECT_GE(composed, 3);
  EXPECT_EQ(written, composed) << "some of it was composed again";
  EXPECT_EQ(appended, composed) << "each that waited was let in";
  EXPECT_EQ(exchanges().size() + kPosts + static_cast<unsigned>(appended), size());
}

constexpr std::string_view kPage =
    R"({"data":[{"id":"1","author_id":"1","text":"open words"},{"id":"2","author_id":"2","text":"closed words"},{"id":"3","author_id":"1","text":"more words"}],
 "includes":{"users":[{"id":"1","username":"jo","protected":false},{"id":"2","username":"al","protected":true}]}})";

TEST_F(ImportTest, KeepsNothingOfAPrivateItemWithoutAnAuthority) {
  const auto outcome = import({write("page.json", kPage)});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->counts.fresh, 2U);
  EXPECT_THAT(outcome->withheld, ElementsAre(Pair("a post of a protected account", 1U)));
  for (ledger::Seq seq = 0; seq < size(); ++seq)
    for (const auto& one : body(seq))
      EXPECT_EQ(one.value.find("closed words"), std::string::npos) << one.name;
  ASSERT_THAT(exchanges(), SizeIs(1));
  const auto begin = kPage.find("{\"id\":\"2\"");
  const auto length = kPage.find(",{\"id\":\"3\"") - begin;
  EXPECT_EQ(field(exchanges()[0], "left-out"), std::to_string(begin) + " " + std::to_string(length) + "\n");
  EXPECT_EQ(field(exchanges()[0], "authority"), "");
  expect_whole_pages();
}

TEST_F(ImportTest, RecordsTheAuthorityUnderWhichPrivateItemsAreKept) {
  const auto outcome = import({write("page.json", kPage)}, "minute 12/2026");
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->counts.fresh, 3U);
  EXPECT_THAT(outcome->withheld, IsEmpty());
  ASSERT_THAT(exchanges(), SizeIs(1));
  EXPECT_EQ(field(exchanges()[0], "authority"), "minute 12/2026");
  EXPECT_EQ(restored(exchanges()[0]), kPage);
}

// Whose chat it is stands before its first message, and who called in an element that is no message.
TEST_F(ImportTest, KeepsNothingOfAFileOfWhichAllIsPrivate) {
  const auto chat = write(
      "result.json",
      R"({"name":"Petra Pike","type":"personal_chat","id":7,"messages":[{"id":1,"type":"message","date":"2026-05-01T10:00:00","date_unixtime":"1777629600","from":"Petra Pike","text":"between us"},{"id":2,"type":"service","action":"phone_call","actor":"Petra Pike"}]})");
  const auto outcome = import({chat});
  ASSERT_TRUE(outcome);
  EXPECT_THAT(outcome->withheld, ElementsAre(Pair("a message in a private chat", 1U)));
  EXPECT_THAT(outcome->remarks, SizeIs(1)) << "what was left out is said";
  EXPECT_THAT(exchanges(), IsEmpty());
  EXPECT_EQ(import({chat}, "minute 12/2026")->counts.fresh, 1U);
}

TEST_F(ImportTest, KeepsNothingOfAnElementThatCannotBeReadAndIsMarkedAsPrivate) {
  const auto outbox = write(
      "outbox.json",
      R"({"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","orderedItems":[)"
      R"({"id":"https://town.example/1","type":"Note","content":"open words","to":"as:Public"},)"
      R"({"type":"Create","to":["https://town.example/jo"],"object":{"type":"Note","content":"closed words","to":["https://town.example/jo"]}},)"
      R"({"type":"Flag","to":"https://town.example/mod","object":["https://town.example/al"],"content":"he threatened me"},)"
      R"({"visibility":"direct","content":"more closed words"}]})");
  const auto outcome = import({outbox});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->counts.fresh, 1U);
  EXPECT_THAT(outcome->withheld,
              ElementsAre(Pair("a direct message", 1U), Pair("an activity for chosen people only", 2U)));
  for (ledger::Seq seq = 0; seq < size(); ++seq)
    for (const auto& one : body(seq))
      for (const auto* words : {"closed words", "threatened"})
        EXPECT_EQ(one.value.find(words), std::string::npos) << one.name;
  expect_whole_pages();
}

TEST_F(ImportTest, NeverKeepsAnAccessToken) {
  constexpr std::string_view kGraph =
      R"({"data":[{"id":"7_1","created_time":"2026-05-01T10:00:00+0000","message":"Roads","from":{"id":"7"}}],"paging":{"next":"https:\/\/graph.facebook.com\/7\/feed?access_token=EAABsecret12&limit=25"}})";
  ASSERT_TRUE(import({write("feed.json", kGraph)}));
  for (ledger::Seq seq = 0; seq < size(); ++seq)
    for (const auto& one : body(seq))
      EXPECT_EQ(one.value.find("EAABsecret12"), std::string::npos) << one.name;
  EXPECT_EQ(field(exchanges()[0], "payload.withheld"), "1");
  expect_whole_pages();
}

TEST_F(ImportTest, GivesAnItemInsideAnotherItsOwnBytes) {
  constexpr std::string_view kThread =
      R"({"kind":"Listing","data":{"children":[{"kind":"t1","data":{"name":"t1_a","body":"outer words","replies":{"kind":"Listing","data":{"children":[{"kind":"t1","data":{"name":"t1_b","body":"inner words","replies":""}}]}},"score":3}}]}})";
  ASSERT_TRUE(import({write("thread.json", kThread)}));
  std::map<std::string, std::string> raws;
  for (ledger::Seq seq = 0; seq < size(); ++seq) raws[field(seq, "id")] = field(seq, "raw");
  EXPECT_THAT(raws["t1_a"], HasSubstr("outer words"));
  EXPECT_THAT(raws["t1_a"], HasSubstr("\"score\":3"));
  EXPECT_EQ(raws["t1_a"].find("inner words"), std::string::npos);
  EXPECT_EQ(raws["t1_b"], R"({"kind":"t1","data":{"name":"t1_b","body":"inner words","replies":""}})");
  ASSERT_THAT(exchanges(), SizeIs(1));
  EXPECT_EQ(restored(exchanges()[0]), kThread);
}

TEST_F(ImportTest, KeepsWhatItCannotReadMarkedUnread) {
  const auto outcome = import({write("cut-off.json", R"([{"id":"1","created_at":"x","content":"<p>The)")});
  ASSERT_TRUE(outcome);
  ASSERT_THAT(outcome->refused, SizeIs(1));
  EXPECT_TRUE(outcome->refused[0].kept);
  ASSERT_THAT(exchanges(), SizeIs(1));
  EXPECT_FALSE(field(exchanges()[0], "unread").empty());
  expect_whole_pages();
}

TEST_F(ImportTest, WhatCannotBeReadIsKeptOnce) {
  const auto file = write("cut-off.json", R"([{"id":"1","created_at":"x","content":"<p>The)");
  ASSERT_TRUE(import({file}));
  const auto before = size();
  const auto again = import({file});
  ASSERT_TRUE(again);
  EXPECT_THAT(again->refused, SizeIs(1)) << "and is told each time";
  EXPECT_EQ(size(), before);
}

TEST_F(ImportTest, WhatCannotBeReadAndMayBePrivateIsNotKeptWithoutAnAuthority) {
  const auto file = write("cut-off.json", R"([{"id":"1","visibility" : "direct","content":"<p>between us)");
  const auto outcome = import({file});
  ASSERT_TRUE(outcome);
  ASSERT_THAT(outcome->refused, SizeIs(1));
  EXPECT_FALSE(outcome->refused[0].kept);
  EXPECT_THAT(outcome->refused[0].why.what, HasSubstr("a direct message"));
  EXPECT_THAT(exchanges(), IsEmpty());
  ASSERT_TRUE(import({file}, "minute 12/2026"));
  EXPECT_THAT(exchanges(), SizeIs(1));
}

std::string mail(std::string_view from, std::string_view text) {
  return "From: " + std::string(from) + "\nTo: records@town.example\nMessage-ID: <abc-1@citizen.example>\n" +
         "Date: Mon, 2 Mar 2026 10:00:00 +0000\nSubject: Reports\n\n" + std::string(text) + "\n";
}

TEST_F(ImportTest, AMessageUnderSomebodyElsesNameIsAnotherMessage) {
  const auto jane = write("jane.eml", mail("jane@citizen.example", "Please send me the reports."));
  const auto mallory = write("mallory.eml", mail("mallory@evil.example", "I withdraw everything."));
  ASSERT_EQ(import({jane}, "mailbox")->counts.fresh, 1U);
  const auto forged = import({mallory}, "mailbox");
  ASSERT_TRUE(forged);
  EXPECT_EQ(forged->counts.fresh, 1U);
  EXPECT_EQ(forged->counts.changed, 0U);
  const auto before = size();
  EXPECT_EQ(import({mallory, jane}, "mailbox")->counts.unchanged, 2U);
  EXPECT_EQ(size(), before);
}

TEST_F(ImportTest, PeopleWhoSayTheSameAreSeveral) {
  const std::string rows =
      "date,comment\n2026-03-01,Too expensive\n2026-03-01,Too expensive\n2026-03-01,Fine\n";
  const auto file = write("survey.csv", rows);
  EXPECT_EQ(import({file})->counts.fresh, 3U);
  const auto before = size();
  EXPECT_EQ(import({file})->counts.unchanged, 3U);
  EXPECT_EQ(size(), before);
  const auto longer = import({write("survey2.csv", rows + "2026-03-01,Too expensive\n")});
  ASSERT_TRUE(longer);
  EXPECT_EQ(longer->counts.fresh, 1U);
  EXPECT_EQ(longer->counts.unchanged, 3U);
}

// As X's interface gives it, and as its archive does, which leaves the thread out.
constexpr std::string_view kByInterface =
    R"({"data":[{"id":"1000","text":"Good morning.","author_id":"7","conversation_id":"999","created_at":"2026-03-01T10:00:00.000Z","lang":"en"}],
 "includes":{"users":[{"id":"7","username":"town","name":"Town"}]}})";
constexpr std::string_view kAccount =
    R"(window.YTD.account.part0 = [{"account":{"username":"town","accountId":"7","accountDisplayName":"Town"}}])";
std::string in_archive(std::string_view text) {
  return R"(window.YTD.tweets.part0 = [{"tweet":{"id_str":"1000","id":"1000","created_at":"Sun Mar 01 10:00:00 +0000 2026","full_text":")" +
         std::string(text) + R"(","lang":"en"}}])";
}

TEST_F(ImportTest, TheSamePostByAnotherRouteIsNoEdit) {
  const auto account = write("account.js", kAccount);
  ASSERT_EQ(import({write("page.json", kByInterface)})->counts.fresh, 1U);
  const auto same = import({account, write("tweets.js", in_archive("Good morning."))});
  ASSERT_TRUE(same);
  EXPECT_EQ(same->counts.changed, 0U);
  EXPECT_EQ(same->counts.moved, 1U);
  const auto other = import({account, write("later.js", in_archive("Good evening."))});
  ASSERT_TRUE(other);
  EXPECT_EQ(other->counts.changed, 1U) << "other words are a version whichever way they come";
}

TEST_F(ImportTest, NorIsItWhenBothRoutesComeInOneImport) {
  const auto outcome = import({write("page.json", kByInterface), write("account.js", kAccount),
                               write("tweets.js", in_archive("Good morning."))});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->counts.fresh, 1U);
  EXPECT_EQ(outcome->counts.changed, 0U);
}

// One post as an archive, both interfaces, and the older one with its cut text tell it.
class OfXInAnyOrder : public ImportTest, public testing::WithParamInterface<std::vector<std::size_t>> {};

TEST_P(OfXInAnyOrder, WhatTellsMoreOrLessOfOnePostIsNoEdit) {
  const std::vector<std::filesystem::path> files = {
      write("tweets.js", in_archive("The quay is closed from noon https://t.co/a")),
      write(
          "newer.json",
          R"({"data":[{"id":"1000","author_id":"7","text":"The quay is closed from noon https://t.co/a","created_at":"2026-03-01T10:00:00.000Z","lang":"en","conversation_id":"1000","edit_history_tweet_ids":["1000"]}],"includes":{"users":[{"id":"7","username":"town","name":"Town"}]}})"),
      write(
          "older.json",
          R"({"id":1000,"id_str":"1000","created_at":"Sun Mar 01 10:00:00 +0000 2026","full_text":"The quay is closed from noon https://t.co/a","user":{"id_str":"7","screen_name":"town","name":"Town"}})"),
      write(
          "cut.json",
          R"({"id":1000,"id_str":"1000","created_at":"Sun Mar 01 10:00:00 +0000 2026","text":"The quay is clo\u2026 https://t.co/b","truncated":true,"user":{"id_str":"7","screen_name":"town","name":"Town"}})")};
  const auto account = write("account.js", kAccount);
  std::vector<std::filesystem::path> all = {account};
  for (const auto i : GetParam()) all.push_back(files[i]);
  std::uint64_t changed = 0;
  if (GetParam().front() % 2 == 0) {  // in one import, or in one after the other
    changed = import(all)->counts.changed;
  } else {
    for (std::size_t i = 1; i < all.size(); ++i) changed += import({account, all[i]})->counts.changed;
  }
  EXPECT_EQ(changed, 0U);
  std::string text, thread;
  for (ledger::Seq seq = 0; seq < size(); ++seq) {
    if (field(seq, "id") != "1000" || field(seq, "posted").empty()) continue;
    text = field(seq, "text");
    thread = field(seq, "thread");
    EXPECT_EQ(field(seq, "completes"), field(seq, "of").empty() ? "" : "yes");
  }
  EXPECT_EQ(text, "The quay is closed from noon https://t.co/a");
  EXPECT_EQ(thread, "1000") << "what stands is what tells most";
  expect_whole_pages();
}

INSTANTIATE_TEST_SUITE_P(
    Orders, OfXInAnyOrder,
    testing::Values(std::vector<std::size_t>{0, 1, 2, 3}, std::vector<std::size_t>{3, 2, 1, 0},
                    std::vector<std::size_t>{1, 3, 0, 2}, std::vector<std::size_t>{2, 0, 3, 1},
                    std::vector<std::size_t>{0, 3, 1, 2}, std::vector<std::size_t>{3, 0, 2, 1}));

TEST_F(ImportTest, KeepsRemarksBesideThePartTheyAreAbout) {
  const std::string lines = posts(2) + "{\"id_str\":\"9\",\n" + posts(1);
  ASSERT_TRUE(import({write("posts.jsonl", lines)}));
  EXPECT_THAT(field(exchanges()[0], "remarks"), HasSubstr("at byte"));
  expect_whole_pages();
}

}  // namespace
}  // namespace muniment::collect
