#include "index/mistyped.hpp"

#include <gmock/gmock.h>

namespace muniment::index {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kAll[] = "filters are from:, platform:, source:, tag:, after:, before:, on:, is:";

TEST(MistypedFilter, IsToldWithTheOneThatIsNear) {
  EXPECT_THAT(mistyped_filters("frm:jane"),
              ElementsAre("there is no filter frm:, so it was searched as words; from: is near"));
  EXPECT_THAT(mistyped_filters("water Platfrom:x"),
              ElementsAre("there is no filter platfrom:, so it was searched as words; platform: is near"));
  EXPECT_THAT(mistyped_filters("-(frm:\"Jane Clerk\" OR tags:roads)"),
              ElementsAre("there is no filter frm:, so it was searched as words; from: is near",
                          "there is no filter tags:, so it was searched as words; tag: is near"));
}

TEST(MistypedFilter, IsToldWithAllThereAreWhereNoneIsNear) {
  for (const char* name : {"lang", "channel", "by"})
    EXPECT_THAT(
        mistyped_filters(std::string(name) + ":x"),
        ElementsAre("there is no filter " + std::string(name) + ":, so it was searched as words; " + kAll));
}

TEST(MistypedFilter, IsToldOnce) {
  EXPECT_THAT(mistyped_filters("frm:jane OR FRM:john"), testing::SizeIs(1));
}

TEST(MistypedFilter, IsNoFilterThatThereIs) {
  EXPECT_THAT(mistyped_filters("from:jane is:deleted ON:2026"), IsEmpty());
}

TEST(MistypedFilter, IsNoAddressNoTimeAndNothingInQuotationMarks) {
  for (const char* query : {"https://town.example/a:b", "mailto:jane@town.example", "did:plc:abc", "10:30",
                            "\"frm:jane\"", ":smile:", "note:", "note: this", "water", "", "\""})
    EXPECT_THAT(mistyped_filters(query), IsEmpty()) << query;
}

TEST(MistypedFilter, IsRefusedWhereItMustNotBe) {
  const auto refused = no_mistyped_filter("water Frm:jane lang:x");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().what, "there is no filter frm:; from: is near");
  EXPECT_EQ(refused.error().hint, "if words are meant, put them in quotation marks: \"Frm:jane\"");
  const auto quoted = no_mistyped_filter("frm:\"Jane Clerk\"");
  ASSERT_FALSE(quoted);
  EXPECT_EQ(quoted.error().hint, "if words are meant, leave a blank after the colon: frm: \"…\"");
  for (const char* query : {"from:jane", "\"frm:jane\"", "frm: \"Jane Clerk\"", "10:30", ""})
    EXPECT_TRUE(no_mistyped_filter(query)) << query;
}

TEST(SmallOperator, IsSaidToBeAWord) {
  EXPECT_EQ(small_operator("water or boil"),
            "or was searched as a word; the operators AND, OR and NOT are in capitals");
  EXPECT_EQ(small_operator("water And boil"),
            "And was searched as a word; the operators AND, OR and NOT are in capitals");
  for (const char* query : {"water OR boil", "\"water or boil\"", "tag:or", "order", "-\"not\"", "\""})
    EXPECT_EQ(small_operator(query), "") << query;
}

}  // namespace
}  // namespace muniment::index
