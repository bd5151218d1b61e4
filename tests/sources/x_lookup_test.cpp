#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::read_file_of;
using testing::ElementsAre;
using testing::SizeIs;

constexpr std::string_view kMap =
    R"({"id":{"12":{"id_str":"12","id":12,"created_at":"Fri May 01 10:00:00 +0000 2026","full_text":"The quay is open &amp; dry","user":{"id_str":"1","screen_name":"wexcombe","name":"Wexcombe","protected":false}},
 "13":null,"14":{"id_str":"14","created_at":"Fri May 01 11:00:00 +0000 2026","text":"For friends","user":{"id_str":"2","screen_name":"ann","protected":true}},"15":null,"16":{"no":"post"}}})";

TEST(XLookup, GivesThePostsAndSaysHowManyWereNotToBeHad) {
  const auto reading = read_file_of("x-lookup", kMap);
  EXPECT_EQ(fault_of(reading, kMap), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.platform, "x");
  EXPECT_EQ(post.id, "12");
  EXPECT_EQ(post.text, "The quay is open & dry");
  EXPECT_EQ(post.author.handle, "wexcombe");
  EXPECT_EQ(post.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_THAT(reading.remarks,
              testing::Contains("2 posts that were asked for were not to be had; why is not said"));
  EXPECT_EQ(reading.others, 1U);
}

TEST(XLookup, KeepsPostsOfProtectedAccountsApart) {
  const auto reading = read_file_of("x-lookup", kMap);
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[0].why_private, "");
  EXPECT_EQ(reading.items[1].why_private, "a post of a protected account");
}

TEST(XLookup, OfWhichNothingWasToBeHadIsReadAllTheSame) {
  const auto reading = read_file_of("x-lookup", R"({ "id" : { "13" : null } })");
  EXPECT_THAT(reading.items, SizeIs(0));
  EXPECT_THAT(reading.remarks, ElementsAre("1 post that was asked for was not to be had; why is not said"));
}

TEST(XLookup, IsNotAnyObjectUnderANameId) {
  EXPECT_FALSE(detect(R"({"id":{"name":"x"}})"));
  EXPECT_FALSE(detect(R"({"id":12})"));
  EXPECT_FALSE(detect(R"({"id":{}})"));
}

}  // namespace
}  // namespace muniment::sources
