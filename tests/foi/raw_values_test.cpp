#include "foi/raw_values.hpp"

#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using support::ReleaseDesk;

constexpr std::string_view kPicture = "https://files.wexcombe.example/avatars/8/9f31.png";

std::string account(std::string_view picture) {
  return R"({"acct":"x","avatar":")" + std::string(picture) + R"("})";
}

// Una, who is withheld, asked (1); Ben answers her (2), and his raw bytes are handed out.
class RawValuesTest : public testing::Test {
 protected:
  void add(const std::string& of_una, const std::string& of_ben) {
    desk.add(desk.post("1", "una", "Una Pell", "The pump is broken."), of_una);
    desk.add(desk.post("2", "ben", "Ben Oakes", "It is mended."), of_ben);
  }
  static Request typed() {
    Request out;
    out.redact = {"1:author.*:*=s40(2)"};
    out.keep = {"2:raw"};
    return out;
  }
  // Why Ben's raw bytes are withheld; empty: they are handed out, and the gate let them pass.
  std::string why_not() {
    const auto plan = support::plan_of(desk, typed());
    EXPECT_EQ(desk.file("data/bundle.json").find("answered") != std::string::npos,
              support::field(plan, 2, "raw").shown_whole());
    for (const auto& remark : plan.automatic)
      if (remark.seq == 2 && remark.field == "raw") return remark.code + ": " + remark.what;
    EXPECT_TRUE(support::field(plan, 2, "raw").shown_whole());
    return {};
  }

  ReleaseDesk desk;
};

TEST_F(RawValuesTest, WhatOnlyWithheldBytesSayIsFoundInTheBytesOfAnother) {
  add(R"({"account":)" + account(kPicture) + "}", R"({"answered":)" + account(kPicture) + "}");
  EXPECT_EQ(why_not(), "s40(2): it says what else only the withheld bytes say, in record 1, field raw");
}

TEST_F(RawValuesTest, AlsoUnderEscapes) {
  add(R"({"account":)" + account(kPicture) + "}",
      R"({"answered":"https:\/\/files.wexcombe.example\/avatars\/8\/9f31.png"})");
  EXPECT_NE(why_not(), "");
}

TEST_F(RawValuesTest, ANumberOfAnAccountIsFoundHoweverItIsWritten) {
  add(R"({"account":{"id":"109302436954721982"}})", R"({"answered":109302436954721982})");
  EXPECT_NE(why_not(), "");
}

TEST_F(RawValuesTest, ASmallNumberIsAnybodys) {
  add(R"({"likes":1234567})", R"({"answered":1234567})");
  EXPECT_EQ(why_not(), "");
}

TEST_F(RawValuesTest, AnAddressOfMailIsFoundToo) {
  add(R"({"author_email":"u.pell@post.example"})", R"({"answered":["u.pell@post.example"]})");
  EXPECT_NE(why_not(), "");
}

TEST_F(RawValuesTest, ATokenIsFoundToo) {
  add(R"({"user_key":"u9f31c0de77a1b2c3"})", R"({"answered":{"key":"u9f31c0de77a1b2c3"}})");
  EXPECT_NE(why_not(), "");
}

TEST_F(RawValuesTest, WhatStandsAtTheSamePlaceIsTheOthersOwn) {
  add(R"({"account":)" + account(kPicture) + "}", R"({"answered":1,"account":)" + account(kPicture) + "}");
  EXPECT_EQ(why_not(), "");
}

// It answers itself: one of the two places is that of the answer, too.
TEST_F(RawValuesTest, OneSuchPlaceDoesNotExcuseAnother) {
  add(R"({"account":)" + account(kPicture) + R"(,"answered":)" + account(kPicture) + "}",
      R"({"answered":)" + account(kPicture) + "}");
  EXPECT_NE(why_not(), "");
}

TEST_F(RawValuesTest, WhatAFieldShowsIsNoSecret) {
  desk.add(desk.post("1", "una", "Una Pell", "The pump is broken."),
           R"({"page":"https://news.example/pump/7"})");
  desk.add(desk.post("2", "ben", "Ben Oakes", "See https://news.example/pump/7 for more."),
           R"({"answered":"https://news.example/pump/7"})");
  EXPECT_EQ(why_not(), "");
}

TEST_F(RawValuesTest, WhereNoAccountIsWithheldTheBytesSayNothingOfSomebodyWithheld) {
  add(R"({"account":)" + account(kPicture) + "}", R"({"answered":)" + account(kPicture) + "}");
  auto words = typed();
  words.redact = {"1:text:words=\"broken\"=s38"};
  EXPECT_TRUE(desk.disclose(words).has_value());
}

TEST_F(RawValuesTest, BytesThatAreNoJsonOrTooDeepAreLetPass) {
  add("avatar: " + std::string(kPicture), R"({"answered":)" + account(kPicture) + "}");
  EXPECT_EQ(why_not(), "");
  ReleaseDesk deep;
  deep.add(deep.post("1", "una", "Una Pell", "The pump."), std::string(100'000, '['));
  deep.add(deep.post("2", "ben", "Ben Oakes", "Mended."), R"({"x":1})");
  EXPECT_TRUE(deep.disclose(typed()).has_value());
}

TEST(RawValues, AreTellingWhenTheyPointAtSomebody) {
  for (const char* value : {"https://x.example/a", "https://x.example/?u=7", "jane@post.example", "@janedoe",
                            "5f0c1d7e-3a77-4a41-9a51-0c6d1b2a3f44", "1589681856941002753", "68401342"})
    EXPECT_TRUE(is_telling(value)) << value;
  for (const char* value : {"", "public", "https://x.example", "https://x.example/", "@news", "@ab",
                            "jane@home", "2026-03-01T10:00:00.000Z", "6840134", "the pump is broken at 7",
                            "abcdefghijklmnopqrst", "see https://x.example/a"})
    EXPECT_FALSE(is_telling(value)) << value;
}

}  // namespace
}  // namespace muniment::foi
