#include "collect/questions.hpp"

#include <gtest/gtest.h>

namespace muniment::collect {
namespace {

sources::Ask optional(const std::string& url) {
  sources::Ask out{.url = url, .accept = "", .about = ""};
  out.optional = true;
  return out;
}

TEST(Questions, OneThatFailedIsPutOffBehindAllOthersOnce) {
  Questions questions;
  auto first = optional("https://town.example/1");
  first.at_once = true;
  questions.add({first, optional("https://town.example/2")});
  ASSERT_TRUE(questions.later(questions.next()));
  EXPECT_EQ(questions.next().url, "https://town.example/2");
  const auto again = questions.next();
  EXPECT_EQ(again.url, first.url);
  EXPECT_FALSE(again.at_once);
  EXPECT_FALSE(questions.later(again));
  EXPECT_TRUE(questions.empty());
}

TEST(Questions, OneThatHadToBeAnsweredIsNotPutOff) {
  Questions questions;
  EXPECT_FALSE(questions.later({.url = "https://town.example/list", .accept = "", .about = ""}));
  EXPECT_TRUE(questions.empty());
}

TEST(Questions, OneThatWasPutOffAndNotAskedAgainIsLeft) {
  Questions questions;
  ASSERT_TRUE(questions.later(optional("https://town.example/1")));
  EXPECT_EQ(questions.left(false).size(), 1U);
}

}  // namespace
}  // namespace muniment::collect
