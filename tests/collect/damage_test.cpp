#include "collect/damage.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace muniment::collect {
namespace {

constexpr char kCut[] = "it is cut short: it ends before all that it opens is closed";
constexpr char kDeep[] = "it is nested more than 256 deep";

// Of which the first bytes were looked at already.
std::string damage_behind(const std::string& file, std::size_t beginning) {
  base::MemoryStream rest(file.substr(beginning));
  return damage_in(std::string_view(file).substr(0, beginning), rest);
}

TEST(Damage, IsJsonThatIsCutShort) {
  EXPECT_EQ(damage_in("{"), kCut);
  EXPECT_EQ(damage_in(R"([{"id":"1"},{"id)"), kCut);
  EXPECT_EQ(damage_in(R"([{"id":"\"]}"})"), kCut) << "what stands in a string closes nothing";
  EXPECT_EQ(damage_in("{\"id\":1}\n{\"id\":2}\n{\"id\""), kCut);
}

TEST(Damage, IsJsonThatIsNestedTooDeeply) {
  EXPECT_EQ(damage_in(std::string(100'000, '[')), kDeep);
  EXPECT_EQ(damage_in(std::string(100'000, '[') + std::string(100'000, ']')), kDeep);
  EXPECT_EQ(damage_in(std::string(256, '[') + std::string(256, ']')), "");
}

TEST(Damage, IsSaidWithItsPlace) {
  EXPECT_EQ(damage_in("{\"a\":1,\n \"b\" 1}"), "it is not well-formed JSON from byte 14 on (line 2)");
  EXPECT_EQ(damage_in("window.x =\n[1,]"), "it is not well-formed JSON from byte 15 on (line 2)");
}

TEST(Damage, IsWhatTheReaderSaysOfJsonThatIsClosedAndBroken) {
  EXPECT_NE(damage_in("[\"\xff\"]").find("UTF-8"), std::string::npos);
}

TEST(Damage, IsNoneInWhatIsWhole) {
  for (const char* whole : {"{}", "[]", "[1]\n", "{\"a\":1}\n{\"a\":2}\n", "{\n\"a\":1}\n{\n\"a\":2}\n",
                            "x = [1];", "x = [1];\ny = [2];", "Dear Sir", "<html>", ""})
    EXPECT_EQ(damage_in(whole), "") << whole;
}

TEST(Damage, OfALargeFileIsFoundBehindItsBeginning) {
  std::string file = "[{\"words\":\"\"}";
  while (file.size() < 600'000) file += ",\n{\"words\":\"the quay \\u00e9\"}";
  const auto lines = std::ranges::count(file, '\n');
  EXPECT_EQ(damage_behind(file + "]", 262'144), "");
  EXPECT_EQ(damage_behind(file + "]\n" + file + "]", 262'144), "");
  EXPECT_EQ(damage_behind(file, 262'144), kCut);
  EXPECT_EQ(damage_in(file + "]"), "");
  EXPECT_EQ(damage_in(file + " 1]"), "it is not well-formed JSON from byte " +
                                         std::to_string(file.size() + 2) + " on (line " +
                                         std::to_string(lines + 1) + ")");
  EXPECT_EQ(damage_behind(file + ",\n{\"words\" \"\"}]", 262'144),
            "it is not well-formed JSON from byte " + std::to_string(file.size() + 12) + " on (line " +
                std::to_string(lines + 2) + ")");
  EXPECT_EQ(damage_behind(file + std::string(300, '['), 262'144),
            "it is not well-formed JSON from byte " + std::to_string(file.size() + 1) + " on (line " +
                std::to_string(lines + 1) + ")");
  EXPECT_EQ(damage_behind(file + "," + std::string(300, '['), 262'144), kDeep);
}

TEST(Damage, OfALargeTextInBracketsIsNone) {
  std::string log;
  while (log.size() < 600'000) log += "[2026-05-01 10:00:00] the quay is shut\n";
  EXPECT_EQ(damage_behind(log, 262'144), "");
  std::string letter = "[Draft] Dear Sir";
  letter.append(600'000, ' ');
  EXPECT_EQ(damage_behind(letter, 262'144), "");
}

}  // namespace
}  // namespace muniment::collect
