#include "index/search.hpp"

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
using Seqs = std::vector<ledger::Seq>;

constexpr char kOrigin[] = "archive.wexcombe.example/muniment/1";

class Search : public ::testing::Test {
 protected:
  std::filesystem::path path() const { return folder.path() / "index.db"; }

  void follow() {
    auto projection = Projection::open(path(), kOrigin, entropy);
    ASSERT_TRUE(projection) << projection.error().what;
    const auto batch = entries.from(projection->position());
    const auto applied = projection->apply(batch);
    ASSERT_TRUE(applied) << applied.error().what;
  }

  Result<Hits> ask(std::string_view text, SearchOptions options = {}) {
    auto searcher = Searcher::open(path(), kOrigin);
    if (!searcher) return searcher.error();
    const auto query = parse_query(text);
    if (!query) return query.error();
    return searcher->search(*query, options);
  }

  Seqs found(std::string_view text, SearchOptions options = {}) {
    const auto hits = ask(text, options);
    EXPECT_TRUE(hits) << text << ": " << (hits ? "" : hits.error().what);
    Seqs seqs;
    if (hits)
      for (const auto& hit : hits->hits) seqs.push_back(hit.seq);
    return seqs;
  }

  support::TempFolder folder;
  support::FakeEntropy entropy;
  support::FollowedEntries entries;
};

TEST_F(Search, FindsWordsPhrasesAndBeginningsNewestFirst) {
  entries.capture(small_post("1", "A pothole in Mill Lane", 10));
  entries.capture(small_post("2", "The lane by the mill: no potholes", 30));
  entries.capture(small_post("3", "Éclair & POTHOLE", 20));
  follow();
  EXPECT_THAT(found("pothole"), ElementsAre(2, 0));
  EXPECT_THAT(found("pot*"), ElementsAre(1, 2, 0));
  EXPECT_THAT(found("\"mill lane\""), ElementsAre(0));
  EXPECT_THAT(found("mill lane"), ElementsAre(1, 0));
  EXPECT_THAT(found("eclair"), ElementsAre(2));
  EXPECT_THAT(found("pothole OR potholes"), ElementsAre(1, 2, 0));
  EXPECT_THAT(found("lane NOT potholes"), ElementsAre(0));
  EXPECT_THAT(found("-lane"), ElementsAre(2));
  EXPECT_THAT(found("pothole OR -lane"), ElementsAre(2, 0));
  EXPECT_THAT(found("nowhere"), IsEmpty());
}

TEST_F(Search, FindsALetterInEachOfItsSpellings) {
  const std::pair<const char*, std::vector<const char*>> cases[] = {
      {"IĞDIR ve Diyarbakır", {"ığdır", "iğdır", "IGDIR", "diyarbakir", "DİYARBAKIR"}},
      {"Ёлка и ёж", {"елка", "ёлка", "еж", "ЕЖ", "е\u0308лка"}},
      {"Ελληνικά ΟΔΟΣ ᾳ", {"ελληνικα", "ΕΛΛΗΝΙΚΑ", "οδός", "οδοσ", "α"}},
      {"العَرَبِيَّة", {"العربية", "العـــربية"}},
      {"שָׁלוֹם", {"שלום"}},
      {"\uFB01ne ③ Ａｄｄｒｅｓｓ", {"fine", "3", "address"}},
      {"ｶﾞｲﾄﾞ", {"ガイド", "カ\u3099イト\u3099", "イド"}},
      {"co\u00ADoper\u200Bation", {"cooperation", "co\u00ADoperation"}},
      {"Straße İstanbul", {"STRASSE", "straße", "istanbul"}},
      {"Łukasz Søren Đorđe Æthel œuvre Þórr Ħal",
       {"lukasz", "soren", "DORDE", "aethel", "oeuvre", "thorr", "hal", "ŁUKASZ", "sør*"}},
      {"\u1112\u1161\u11AB글", {"한글"}},
      {"ᲗᲑᲘᲚᲘᲡᲘ", {"თბილისი"}},
  };
  for (const auto& [text, queries] : cases) entries.capture(small_post(text, text));
  follow();
  ledger::Seq at = 0;
  for (const auto& [text, queries] : cases) {
    for (const auto* query : queries) EXPECT_THAT(found(query), ElementsAre(at)) << query << " in " << text;
    EXPECT_THAT(found(text), ElementsAre(at)) << text;
    ++at;
  }
}

TEST_F(Search, APhraseStandsInOneTextOfAnItem) {
  auto item = small_post("1", "Lane closed " + std::string(70'000, '.') + " until noon");
  item.summary = "Closed cafe";
  auto& picture = item.media.emplace_back();
  picture.url = "https://town.example/1.jpg";
  picture.alt = "noon sun";
  entries.capture(item);
  follow();
  EXPECT_THAT(found("\"closed until noon\""), ElementsAre(0)) << "a long text stands in several fields";
  EXPECT_THAT(found("\"closed cafe\""), ElementsAre(0));
  for (const auto* phrase : {"\"cafe lane\"", "\"noon noon\"", "\"sun closed\"", "\"noon closed\""})
    EXPECT_THAT(found(phrase), IsEmpty()) << phrase;
  EXPECT_THAT(found("cafe lane sun"), ElementsAre(0));
}

TEST_F(Search, AReplyIsOneAlsoWhereNobodySaysToWhat) {
  auto item = small_post("1", "You never answered");
  item.type = "reply";
  entries.capture(item);
  follow();
  EXPECT_THAT(found("is:reply"), ElementsAre(0));
}

TEST_F(Search, AnEditOfXIsOneThoughItsTimesAreTheSame) {
  auto edited = small_post("1", "The pump is mended");
  edited.edited = edited.posted;
  entries.capture(edited);
  edited.platform = "x";
  entries.capture(edited);
  follow();
  EXPECT_THAT(found("is:edited"), ElementsAre(1));
}

TEST_F(Search, TellsLettersApartThatAreNoSpellingsOfEachOther) {
  entries.capture(small_post("1", "мой Київ أمل"));
  entries.capture(small_post("2", "мои Києв امل", 1));
  entries.capture(small_post("3", "brand™ ACME® co·op", 2));
  follow();
  EXPECT_THAT(found("мой"), ElementsAre(0));
  EXPECT_THAT(found("мои\u0306"), ElementsAre(0)) << "taken apart, as some systems write it";
  EXPECT_THAT(found("мои"), ElementsAre(1));
  EXPECT_THAT(found("київ"), ElementsAre(0));
  EXPECT_THAT(found("أمل"), ElementsAre(0));
  EXPECT_THAT(found("brand acme"), ElementsAre(2)) << "signs join no words";
}

TEST_F(Search, FindsAccountsAndTagsInEachOfTheirSpellings) {
  auto item = small_post("1", "x");
  item.author = {"7", "elka@town.example", "Ёлка Ελληνικά", ""};
  item.tags = {"ёж"};
  entries.capture(item);
  follow();
  EXPECT_THAT(found("from:\"елка ελληνικα\""), ElementsAre(0));
  EXPECT_THAT(found("tag:еж"), ElementsAre(0));
}

TEST_F(Search, TreatsQuotesAndOperatorsOfTheEngineAsText) {
  entries.capture(small_post("1", "body: NEAR(a, b) ^x {tags}"));
  follow();
  for (const auto* text : {"\"NEAR(a, b)\"", "body:", "^x", "{tags}", "a+b", "x;", "\"\"\"x\"\"\"", "'x'"})
    EXPECT_TRUE(ask(text)) << text;
  EXPECT_THAT(found("\"NEAR(a, b)\""), ElementsAre(0));
  EXPECT_THAT(found("author:council"), IsEmpty());
}

TEST_F(Search, FindsWordsInsideWritingWithoutBlanks) {
  entries.capture(small_post("1", "東京都の道路工事"));
  entries.capture(small_post("2", "京都"));
  follow();
  EXPECT_THAT(found("道路"), ElementsAre(0));
  EXPECT_THAT(found("京都"), ElementsAre(1, 0));
  EXPECT_THAT(found("路道"), IsEmpty());
  // "Clean drinking water", and the like, in Thai, Lao, Khmer and Burmese; then "water" of each.
  const std::pair<const char*, const char*> kSaid[] = {
      {"ดื่มน้ำสะอาด", "น้ำ"}, {"ດື່ມນ້ຳສະອາດ", "ນ້ຳ"}, {"ផឹកទឹកស្អាត", "ទឹក"}, {"သောက်ရေသန့်", "ရေ"}};
  for (const auto& [text, word] : kSaid) entries.capture(small_post(text, text));
  follow();
  ledger::Seq next = 2;
  for (const auto& [text, word] : kSaid) EXPECT_THAT(found(word), ElementsAre(next++)) << word;
  EXPECT_THAT(found("น้ำดื่ม"), IsEmpty());
}

TEST_F(Search, LeavesOutTheNoiseOfLinksOnBothSides) {
  entries.capture(small_post("1", "see https://www.town.example/roads/a1"));
  follow();
  EXPECT_THAT(found("https://www.town.example/roads/a1"), ElementsAre(0));
  EXPECT_THAT(found("town.example"), ElementsAre(0));
  EXPECT_FALSE(ask("https://"));
}

TEST_F(Search, FiltersByAccountUnderAnyOfItsNames) {
  entries.capture(small_post("1", "one"));
  auto other = small_post("2", "two");
  other.author = {"99", "jane@town.example", "Jane Clerk", ""};
  entries.capture(other);
  follow();
  for (const auto* from :
       {"from:jane", "from:@jane@town.example", "from:\"jane clerk\"", "from:99", "from:JANE"})
    EXPECT_THAT(found(from), ElementsAre(1)) << from;
  EXPECT_THAT(found("-from:jane"), ElementsAre(0));
  const auto none = ask("from:nobody");
  ASSERT_TRUE(none);
  EXPECT_THAT(none->hits, IsEmpty());
  EXPECT_THAT(none->remarks, ElementsAre("no account is called nobody"));
}

TEST_F(Search, RefusesANameThatTooManyAccountsAnswerTo) {
  for (int i = 0; i < 70; ++i) {
    auto item = small_post(std::to_string(i), "hello");
    item.author = {"id" + std::to_string(i), "admin@h" + std::to_string(i) + ".example", "", ""};
    entries.capture(item);
  }
  follow();
  const auto hits = ask("from:admin");
  ASSERT_FALSE(hits);
  EXPECT_EQ(hits.error().code, Code::kInvalid);
  EXPECT_THAT(found("from:admin@h3.example"), ElementsAre(3));
}

TEST_F(Search, FiltersByPlatformSourceTagAndReply) {
  auto tagged = small_post("1", "grit");
  tagged.tags = {"Winter", "roads"};
  entries.capture(tagged, "{}", "town");
  auto reply = small_post("2", "thanks");
  reply.platform = "wordpress";
  reply.reply_to = "1";
  entries.capture(reply);
  follow();
  EXPECT_THAT(found("platform:wordpress"), ElementsAre(1));
  EXPECT_THAT(found("Platform:WordPress"), ElementsAre(1));
  EXPECT_THAT(found("NOT platform:mastodon"), ElementsAre(1));
  EXPECT_THAT(found("source:town"), ElementsAre(0));
  EXPECT_THAT(found("tag:winter"), ElementsAre(0));
  EXPECT_THAT(found("tag:thanks"), IsEmpty());
  EXPECT_THAT(found("is:reply"), ElementsAre(1));
  EXPECT_THAT(found("-is:reply"), ElementsAre(0));
  EXPECT_THAT(found("platform:feed"), IsEmpty());
}

TEST_F(Search, TakesDatesAsWholeDaysFromTheirBeginning) {
  constexpr int kDay = 24 * 60;
  entries.capture(small_post("1", "x", -1));
  entries.capture(small_post("2", "x", 0));
  entries.capture(small_post("3", "x", kDay - 1));
  entries.capture(small_post("4", "x", kDay));
  entries.capture(small_post("5", "x", 31 * kDay));
  follow();
  EXPECT_THAT(found("x after:2026-03-01"), ElementsAre(4, 3, 2, 1));
  EXPECT_THAT(found("x before:2026-03-01"), ElementsAre(0));
  EXPECT_THAT(found("x on:2026-03-01"), ElementsAre(2, 1));
  EXPECT_THAT(found("on:2026-03"), ElementsAre(3, 2, 1));
  EXPECT_THAT(found("x -after:2026-03-02"), ElementsAre(2, 1, 0));
  EXPECT_THAT(found("after:2026-03-02 before:2026-04"), ElementsAre(3));
  EXPECT_THAT(found("on:2026"), ElementsAre(4, 3, 2, 1, 0));
  EXPECT_FALSE(ask("x OR after:2026"));
  EXPECT_FALSE(ask("-on:2026"));
  SearchOptions east;
  east.start_of_day = [](int, unsigned, unsigned) { return std::int64_t{1'772'323'200 - 3600}; };
  EXPECT_THAT(found("x before:2026-03-01", east), IsEmpty());
}

TEST_F(Search, KeepsTheStatesOfVersionsThroughEditsAndDeletions) {
  entries.capture(small_post("1", "first words"));
  entries.edit(small_post("1", "second words"));
  entries.capture(small_post("2", "other words", 5));
  follow();
  EXPECT_THAT(found("first"), ElementsAre(0));
  EXPECT_THAT(found("is:superseded"), ElementsAre(0));
  EXPECT_THAT(found("is:edited"), ElementsAre(1, 0));
  EXPECT_THAT(found("words is:current"), ElementsAre(2, 1));
  EXPECT_THAT(found("words -is:current"), ElementsAre(0));
  EXPECT_EQ(ask("first")->hits[0].state, DocumentState::kSuperseded);
  EXPECT_EQ(ask("second")->hits[0].state, DocumentState::kCurrent);

  entries.event(ledger::kind::kBarred, "mastodon", "1");
  follow();
  EXPECT_THAT(found("is:unavailable"), ElementsAre(1));
  entries.event(ledger::kind::kDeletion, "mastodon", "1");
  follow();
  EXPECT_THAT(found("is:unavailable"), IsEmpty());
  EXPECT_THAT(found("is:deleted words"), ElementsAre(1));
  EXPECT_EQ(ask("second")->hits[0].state, DocumentState::kDeleted);
  EXPECT_EQ(ask("first")->hits[0].state, DocumentState::kSuperseded);

  entries.event(ledger::kind::kSeenAgain, "mastodon", "1");
  follow();
  EXPECT_THAT(found("is:deleted words"), ElementsAre(1)) << "a file shows nothing of what it has become";

  records::BodyBuilder listed;
  listed.add("platform", "mastodon").add("id", "1").add("source", "town");
  entries.add(ledger::kind::kSeenAgain, listed.build());
  follow();
  EXPECT_THAT(found("is:deleted"), IsEmpty());
  EXPECT_THAT(found("words is:current"), ElementsAre(2, 1));
  EXPECT_THAT(found("second"), ElementsAre(1));
}

TEST_F(Search, FindsAFormerVersionThatIsAnItemOfItsOwnAsSuperseded) {
  entries.capture(small_post("1", "The ferry sails at ten"));
  auto former = small_post("1#as-of-2026-03-01", "The ferry sails at nine");
  former.edit_of = "1";
  entries.capture(former);
  follow();
  EXPECT_THAT(found("ferry is:current"), ElementsAre(0));
  EXPECT_THAT(found("ferry is:superseded"), ElementsAre(1));
  former.text = "The ferry sails at eight";
  entries.edit(former);
  entries.event(ledger::kind::kSeenAgain, "mastodon", former.id, "{ }");
  follow();
  EXPECT_THAT(found("ferry is:current"), ElementsAre(0));
  EXPECT_EQ(found("ferry is:superseded").size(), 2U);
}

TEST_F(Search, TakesAVersionThatTellsMoreOfTheSameForNoEdit) {
  const auto tells_more = [&](const std::string& text) {
    records::BodyBuilder body;
    records::add_fields(body, small_post("1", text));
    entries.add(ledger::kind::kEdit, body.add("completes", "yes").build());
  };
  entries.capture(small_post("1", "The ferry sails at"));
  tells_more("The ferry sails at ten");
  follow();
  EXPECT_THAT(found("is:edited"), IsEmpty());
  EXPECT_THAT(found("ferry is:superseded"), ElementsAre(0));
  EXPECT_THAT(found("ferry is:current"), ElementsAre(1));
  tells_more("The ferry sails at ten today");
  entries.edit(small_post("1", "The ferry sails at noon"));
  follow();
  EXPECT_THAT(found("is:edited"), ElementsAre(3, 2)) << "what was edited, and into what";
  EXPECT_EQ(found("ferry is:superseded").size(), 3U);
  EXPECT_THAT(found("ferry is:current"), ElementsAre(3));
}

TEST_F(Search, TellsWhatAFileSaysIsGoneFromWhatWasSeenToBe) {
  for (const auto* id : {"1", "2", "3"}) entries.capture(small_post(id, "words of " + std::string(id)));
  entries.event(ledger::kind::kReported, "mastodon", "1");
  entries.event(ledger::kind::kDeletion, "mastodon", "2");
  entries.event(ledger::kind::kReported, "mastodon", "2");
  follow();
  EXPECT_THAT(found("is:reported-gone"), ElementsAre(0));
  EXPECT_THAT(found("is:deleted"), ElementsAre(1)) << "what was seen counts for more";
  EXPECT_THAT(found("words is:current"), ElementsAre(2));
  EXPECT_EQ(ask("is:reported-gone")->hits[0].state, DocumentState::kReported);
  entries.edit(small_post("1", "words of 1"));
  follow();
  EXPECT_THAT(found("is:reported-gone"), IsEmpty());
  EXPECT_THAT(found("words is:current"), testing::SizeIs(2));
}

TEST_F(Search, GivesItemsOfOneSecondPlacesOfTheirOwn) {
  constexpr int kMany = 1000;
  for (int i = 0; i < kMany / 2; ++i) entries.capture(small_post(std::to_string(i), "same"));
  follow();
  for (int i = kMany / 2; i < kMany; ++i) entries.capture(small_post(std::to_string(i), "same"));
  follow();
  SearchOptions all;
  all.limit = 0;
  auto seqs = found("same", all);
  std::sort(seqs.begin(), seqs.end());
  ASSERT_EQ(seqs.size(), static_cast<std::size_t>(kMany));
  EXPECT_EQ(std::unique(seqs.begin(), seqs.end()), seqs.end());
}

TEST_F(Search, PagesWithoutGapsOrRepeats) {
  for (int i = 0; i < 25; ++i) entries.capture(small_post(std::to_string(i), i % 2 ? "a b a" : "a", i));
  follow();
  for (const auto order : {Order::kNewest, Order::kRelevance}) {
    SearchOptions options;
    options.order = order;
    options.limit = 10;
    Seqs seqs;
    for (;;) {
      const auto page = ask("a", options);
      ASSERT_TRUE(page);
      for (const auto& hit : page->hits) seqs.push_back(hit.seq);
      if (!page->more) break;
      options.after = page->next;
    }
    std::sort(seqs.begin(), seqs.end());
    ASSERT_EQ(seqs.size(), 25U);
    for (std::size_t i = 0; i < 25; ++i) EXPECT_EQ(seqs[i], i);
  }
}

TEST_F(Search, PutsTheRarerAndTheMoreFrequentWordFirstByRelevance) {
  entries.capture(small_post("1", "grit grit grit road", 1));
  entries.capture(small_post("2", "grit and much else", 2));
  for (int i = 3; i < 30; ++i) entries.capture(small_post(std::to_string(i), "road", i));
  follow();
  SearchOptions options;
  options.order = Order::kRelevance;
  options.limit = 3;
  const auto seqs = found("grit OR road", options);
  EXPECT_EQ(seqs[0], 0U);
  EXPECT_EQ(seqs[1], 1U);
}

TEST_F(Search, CountsEveryMatchExactly) {
  for (int i = 0; i < 1500; ++i) entries.capture(small_post(std::to_string(i), i % 3 ? "a" : "a b", i));
  follow();
  auto searcher = Searcher::open(path(), kOrigin);
  ASSERT_TRUE(searcher);
  EXPECT_EQ(searcher->count(*parse_query("a"))->number, 1500U);
  EXPECT_EQ(searcher->count(*parse_query("a -b"))->number, 1000U);
  EXPECT_EQ(searcher->count(*parse_query("on:2026-03-01 b"))->number, 480U);
}

TEST_F(Search, CountsWithTheSameRemarks) {
  entries.capture(small_post("1", "a"));
  follow();
  auto searcher = Searcher::open(path(), kOrigin);
  ASSERT_TRUE(searcher);
  const auto counted = searcher->count(*parse_query("platform:disqus"));
  ASSERT_TRUE(counted);
  EXPECT_EQ(counted->number, 0U);
  EXPECT_THAT(counted->remarks,
              ElementsAre("nothing was captured from a platform called disqus; known are mastodon"));
}

TEST_F(Search, SaysThatThereIsNoIndexYet) {
  const auto searcher = Searcher::open(path(), kOrigin);
  ASSERT_FALSE(searcher);
  EXPECT_EQ(searcher.error().code, Code::kNotFound);
}

}  // namespace
}  // namespace muniment::index
