#include "index/sieve.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "db/database.hpp"
#include "index/projection.hpp"
#include "index/search.hpp"
#include "records/interaction.hpp"
#include "support/followed_entries.hpp"
#include "support/small_ledger.hpp"

namespace muniment::index {
namespace {

using support::small_post;
using ::testing::ElementsAre;
using Seqs = std::vector<ledger::Seq>;

class Sifted : public ::testing::Test {
 protected:
  void capture(const records::Interaction& item) {
    records::BodyBuilder body;
    records::add_fields(body, records::Interaction(item));
    body.add("fetched", "2026-04-01T00:00:00.000Z").add("raw", "{}");
    EXPECT_TRUE(ledger.appender().append({std::string(ledger::kind::kCapture), body.build()}));
  }
  void follow() {
    auto projection = Projection::open(path(), support::kTestOrigin, ledger.entropy);
    ASSERT_TRUE(projection);
    ASSERT_TRUE(projection->follow(ledger.reader()));
    auto opened = Searcher::open(path(), support::kTestOrigin);
    ASSERT_TRUE(opened);
    searcher.emplace(std::move(*opened));
  }
  Seqs found(const std::string& text, bool with_texts, std::size_t limit = 20) {
    SearchOptions options;
    options.limit = limit;
    if (with_texts) options.ledger = &ledger.reader();
    const auto query = parse_query(text);
    EXPECT_TRUE(query) << text;
    const auto hits = searcher->search(*query, options);
    EXPECT_TRUE(hits) << text << (hits ? "" : ": " + hits.error().what);
    Seqs seqs;
    if (hits)
      for (const auto& hit : hits->hits) seqs.push_back(hit.seq);
    return seqs;
  }
  std::filesystem::path path() const { return ledger.folder() / "index.db"; }

  support::SmallLedger ledger{0};
  std::optional<Searcher> searcher;
};

TEST_F(Sifted, SearchesFindWhatTheEngineAloneFinds) {
  const std::vector<std::string> words = {"pot",      "pothole",
                                          "potholes", "Pôt",
                                          "lane",     "lanes",
                                          "mill",     "\u9053\u8def",
                                          "\u9053",   "don't",
                                          "x_pot",    "www.pot",
                                          "#pot",     "https://po.example/t",
                                          "7",        "7pot"};
  std::mt19937 random(20261126);
  const auto word = [&] { return words[random() % words.size()]; };
  const auto some = [&](std::size_t most) {
    std::string text;
    for (std::size_t i = random() % most; i > 0; --i) text += word() + (random() % 3 == 0 ? ", " : " ");
    return text;
  };
  for (int i = 0; i < 150; ++i) {
    auto post = small_post(std::to_string(i), some(7), i);
    if (i % 3 == 0) post.summary = some(3);
    if (i % 4 == 0) post.author.name = some(3);
    if (i % 5 == 0) post.author.handle = "@pot" + std::to_string(i % 7) + "@lane.example";
    if (i % 6 == 0) post.tags = {word()};
    capture(post);
  }
  follow();
  const std::vector<std::string> begun = {
      "po*", "pot*", "lan*", "7*", "\"mill la*\"", "\"pot mill lan*\"", "\u9053*", "x*", "don*"};
  const std::vector<std::string> others = {"mill",        "lane",      "\"mill lane\"",    "-pothole",
                                           "mill OR 7",   "from:pot5", "after:2026-03-01", "is:current",
                                           "-(mill lan*)"};
  for (const auto& beginning : begun)
    for (const auto& other : others) {
      const std::string two =
          beginning + " " + (other.find(" OR ") == std::string::npos ? other : "(" + other + ")");
      for (const auto& query : {two, two + " mi*", beginning + " OR mill"})
        for (const std::size_t limit : {3U, 0U})
          EXPECT_EQ(found(query, true, limit), found(query, false, limit)) << query;
    }
}

TEST_F(Sifted, ARemarkIsMadeOnce) {
  capture(small_post("1", "A pothole in Mill Lane", 1));
  follow();
  SearchOptions options;
  options.ledger = &ledger.reader();
  const auto hits = searcher->search(*parse_query("poth* from:nobody"), options);
  ASSERT_TRUE(hits);
  EXPECT_THAT(hits->remarks, ElementsAre("no account is called nobody"));
}

TEST_F(Sifted, ATextThatCannotBeReadAnyMoreIsFoundByTheEngine) {
  capture(small_post("1", "A pothole in Mill Lane", 1));
  capture(small_post("2", "No potholes in Mill Lane", 2));
  follow();
  auto keys = db::Database::open(ledger.folder() / "keys.db", db::Open::kWrite);
  ASSERT_TRUE(keys);
  ASSERT_TRUE(keys->execute("DELETE FROM secret WHERE seq = 1"));
  EXPECT_THAT(found("mill poth*", true), ElementsAre(1, 0));
}

TEST_F(Sifted, TheBeginningsOfWordsAreLookedForInEachColumnAlone) {
  auto post = small_post("1", "mill", 1);
  post.author.name = "Lane";
  capture(post);
  follow();
  Sieve sieve(ledger.reader(), searcher->tokenizer());
  const auto has = [&](std::vector<std::string> tokens) {
    const auto answer = sieve.has_all(0, {{"", std::move(tokens), true}});
    return answer && *answer && **answer;
  };
  EXPECT_TRUE(has({"mi"}));
  EXPECT_TRUE(has({"la"}));
  EXPECT_FALSE(has({"mill", "la"}));
  EXPECT_FALSE(has({"ill"}));
}

}  // namespace
}  // namespace muniment::index
