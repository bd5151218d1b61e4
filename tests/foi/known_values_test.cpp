#include "foi/known_values.hpp"

#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using support::field;

TEST(KnownValues, AreNotWhatAnybodyPutInTheirPlace) {
  for (const auto& [name, value] : {std::pair("type", "post"),
                                    {"visibility", "Public"},
                                    {"lang", "zh-Hant"},
                                    {"lang", "de-AT"},
                                    {"media.0.type", "image/png"},
                                    {"platform", "mastodon"}})
    EXPECT_TRUE(is_vocabulary({name, value, {}})) << name << " " << value;
  for (const auto& [name, value] : {std::pair("type", "olwen"),
                                    {"visibility", "harrow"},
                                    {"lang", "kim"},
                                    {"lang", "en-Rose"},
                                    {"media.0.type", "image/olwen"},
                                    {"source", "post"},
                                    {"words", "post"}})
    EXPECT_FALSE(is_vocabulary({name, value, {}})) << name << " " << value;
}

TEST(KnownValues, ExcuseNoNameThatStandsInTheirPlace) {
  support::ReleaseDesk desk;
  auto post = desk.post("1", "ben", "Ben", "Good morning.");
  post.type = "olwen_harrow";
  post.visibility = "harrow";
  desk.add(post);
  auto other = desk.post("2", "oh77", "Olwen Harrow", "Good evening.");
  other.tags = {"harrow"};
  desk.add(other);
  Request typed;
  typed.redact = {"2:author.name:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 1, "type").shows_nothing());
  EXPECT_TRUE(field(plan, 1, "visibility").shows_nothing());
  EXPECT_TRUE(field(plan, 2, "tags").shows_nothing());
  EXPECT_TRUE(field(plan, 2, "type").shown_whole());
}

TEST(KnownValues, AreLookedForWhenAnotherValueIsWithheldInTheirPlace) {
  support::ReleaseDesk desk;
  auto post = desk.post("1", "ben", "Ben", "Good morning.");
  post.visibility = "Seen by Olwen Harrow";
  desk.add(post);
  desk.add(desk.post("2", "cat", "Cat", "It was seen by Olwen Harrow."));
  Request typed;
  typed.redact = {"1:visibility:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_EQ(support::shown(plan).find("Harrow"), std::string::npos);
}

}  // namespace
}  // namespace muniment::foi
