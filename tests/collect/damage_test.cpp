#include "collect/damage.hpp"

#include <gtest/gtest.h>

namespace muniment::collect {
namespace {

TEST(Damage, IsJsonThatIsCutShort) {
  constexpr char kCut[] = "it is cut short: it ends before all that it opens is closed";
  EXPECT_EQ(damage_in("{", true), kCut);
  EXPECT_EQ(damage_in(R"([{"id":"1"},{"id)", true), kCut);
  EXPECT_EQ(damage_in(R"([{"id":"\"]}"})", true), kCut) << "what stands in a string closes nothing";
}

TEST(Damage, IsJsonThatIsNestedTooDeeply) {
  constexpr char kDeep[] = "it is nested more than 256 deep";
  EXPECT_EQ(damage_in(std::string(100'000, '['), true), kDeep);
  EXPECT_EQ(damage_in(std::string(100'000, '[') + std::string(100'000, ']'), true), kDeep);
  EXPECT_EQ(damage_in(std::string(100'000, '['), false), kDeep) << "its beginning tells it";
  EXPECT_EQ(damage_in(std::string(256, '[') + std::string(256, ']'), true), "");
}

TEST(Damage, IsWhatTheReaderSaysOfJsonThatIsClosedAndBroken) {
  EXPECT_NE(damage_in(R"({"a" 1})", true).find("not well-formed"), std::string::npos);
}

TEST(Damage, IsNoneInWhatIsWholeOrOnlyTheBeginning) {
  for (const char* whole :
       {"{}", "[]", "[1]\n", "{\"a\":1}\n{\"a\":2}\n", "x = [1];", "Dear Sir", "<html>", ""})
    EXPECT_EQ(damage_in(whole, true), "") << whole;
  EXPECT_EQ(damage_in("[{", false), "");
}

}  // namespace
}  // namespace muniment::collect
