#include "foi/contact_details.hpp"

#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

TEST(ContactDetails, AreKnownByTheirShape) {
  for (const auto* text : {"write to olwen.h@post.example please", "mailto:o@h.example"})
    EXPECT_EQ(contact_detail_in(text), ContactDetail::kMail) << text;
  for (const auto* text :
       {"07700 900123", "Ring +44 (0)7700 900-123.", "01632 960 123, after six", "tel 0044.7700.900.123"})
    EXPECT_EQ(contact_detail_in(text), ContactDetail::kTelephone) << text;
  for (const auto* text : {"16 Rope Walk, WX1 4AB", "sw1a1aa", "at M1 1AE."})
    EXPECT_EQ(contact_detail_in(text), ContactDetail::kPostcode) << text;
}

TEST(ContactDetails, AreNotWhatOnlyLooksLikeThem) {
  for (const auto* text :
       {"@olwen@social.example", "https://social.example/@olwen", "a @ b.c", "on 12 June 2026 at 07:30",
        "0123456789012345678901", "06:30. The water is back, 640 households", "A4 2 pages", "the B52 6 feet",
        "since 2024/2025", ""})
    EXPECT_EQ(contact_detail_in(text), ContactDetail::kNone) << text;
}

TEST(ContactDetails, AreDoubtedInWhatAWithheldAuthorWrote) {
  support::ReleaseDesk desk;
  desk.add(desk.post("1", "oh77", "Olwen Harrow", "The pump is broken. Ring 07700 900123."));
  desk.add(desk.post("2", "clerk", "Town Desk", "Ring us: 01632 960123."));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_TRUE(support::has(plan.doubtful, 1, "text"));
  EXPECT_FALSE(support::has(plan.doubtful, 2, "text"));
}

TEST(ContactDetails, AreNoDoubtWhereTheyAreWithheld) {
  support::ReleaseDesk desk;
  desk.add(desk.post("1", "oh77", "Olwen Harrow", "The pump is broken. Ring 07700 900123."));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)", "1:text:words=\"07700 900123\"=s40(2)"};
  EXPECT_FALSE(support::has(support::plan_of(desk, typed).doubtful, 1, "text"));
}

}  // namespace
}  // namespace muniment::foi
