#include "base/money.hpp"

#include <gtest/gtest.h>

namespace muniment::base {
namespace {

TEST(Money, IsReadAsItIsWritten) {
  EXPECT_EQ(read_money("20"), (Money{20'000'000, ""}));
  EXPECT_EQ(read_money("0.005"), (Money{5'000, ""}));
  EXPECT_EQ(read_money("12.50 EUR"), (Money{12'500'000, "EUR"}));
  EXPECT_EQ(read_money("0.000001 €"), (Money{1, "€"}));
  EXPECT_EQ(read_money("1000000000")->millionths, kMostMoney * kMillion);
  for (const auto* text :
       {"", ".5", "5.", "1.0000001", "-1", "1,50", "1 ", "1 U S", "1 US/D", "1 a1", "x", "1e3", "1000000001",
        "99999999999999999999", "1 ABCDEFGHIJKLM", "1 \xff", "+1", "EUR 1"})
    EXPECT_FALSE(read_money(text)) << text;
}

TEST(Money, IsWrittenSoThatItIsReadBack) {
  for (const auto* text : {"20", "0.005 USD", "12.50 EUR", "0", "0.000001", "0.10", "7.25 €"})
    EXPECT_EQ(money_text(*read_money(text)), text);
  EXPECT_EQ(money_text(*read_money("1.500")), "1.50");
  EXPECT_EQ(money_text(*read_money("007.0")), "7");
}

}  // namespace
}  // namespace muniment::base
