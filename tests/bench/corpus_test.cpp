#include "bench/corpus.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>

#include "base/sha256.hpp"

namespace muniment::bench {
namespace {

TEST(Corpus, IsTheSameForTheSameSeedAndAnotherForAnother) {
  Corpus one(1, 1000);
  Corpus again(1, 1000);
  Corpus other(2, 1000);
  const Page page = one.next();
  EXPECT_EQ(page.json, again.next().json);
  EXPECT_NE(page.json, other.next().json);
}

TEST(Corpus, HasTheShapeAndTheMeasureOfRealPages) {
  Corpus corpus(kSeed, 10'000);
  std::set<std::string> ids;
  std::size_t posts = 0, edits = 0, bytes = 0, english = 0, replies = 0, versions = 0;
  std::string last;
  while (posts < 3000) {
    const Page page = corpus.next();
    EXPECT_GE(page.posts, 20U);
    EXPECT_LE(page.posts, 100U);
    const auto parsed = boost::json::parse(page.json);
    ASSERT_EQ(parsed.as_array().size(), page.posts);
    for (const auto& status : parsed.as_array()) {
      ids.insert(std::string(status.at("id").as_string()));
      english += status.at("language").as_string() == "en" ? 1U : 0U;
      replies += status.at("in_reply_to_id").is_string() ? 1U : 0U;
      versions += status.at("edited_at").is_string() ? 1U : 0U;
      if (!status.at("edited_at").is_string()) {
        const std::string created(status.at("created_at").as_string());
        EXPECT_GT(created, last);
        last = created;
      }
    }
    posts += page.posts;
    edits += page.edits;
    bytes += page.json.size();
  }
  EXPECT_EQ(ids.size(), posts - edits);
  EXPECT_EQ(versions, edits);
  EXPECT_GT(edits, 0U);
  EXPECT_NEAR(static_cast<double>(bytes) / static_cast<double>(posts), 1870, 150);
  EXPECT_NEAR(static_cast<double>(english) / static_cast<double>(posts), 0.58, 0.05);
  EXPECT_NEAR(static_cast<double>(replies) / static_cast<double>(posts), 0.38, 0.05);
}

TEST(Corpus, QueryWordsAreOfTheirClass) {
  for (const auto& word : words_of(Frequency::kTop, 5)) EXPECT_LE(word.size(), 4U) << word;
  EXPECT_NE(words_of(Frequency::kRare, 5), words_of(Frequency::kMid, 5));
  for (const auto& phrase : phrases(5)) EXPECT_NE(phrase.find(' '), std::string::npos);
}

}  // namespace
}  // namespace muniment::bench
