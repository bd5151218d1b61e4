// What real payloads are known to do (tests/sources/peculiarities.txt) is held to by tests that exist.
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "support/source_tree.hpp"
#include "support/temp_folder.hpp"

namespace {

std::set<std::string> names_of_tests() {
  const std::regex heading("TEST(_F|_P)?\\(\\s*([A-Za-z0-9_]+)\\s*,\\s*([A-Za-z0-9_]+)\\s*\\)");
  std::set<std::string> names;
  for (const auto& file : muniment::support::sources_under("tests"))
    for (auto at = std::sregex_iterator(file.text.begin(), file.text.end(), heading);
         at != std::sregex_iterator(); ++at)
      names.insert((*at)[2].str() + "." + (*at)[3].str());
  return names;
}

TEST(Peculiarities, AreEachHeldToByTestsThatExist) {
  const auto tests = names_of_tests();
  const std::regex shape("([^|]+) \\| ([^|]+) \\| ([^|]+)");
  std::set<std::string> said;
  std::istringstream in(muniment::support::contents(MUNIMENT_SOURCE_DIR "/tests/sources/peculiarities.txt"));
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.starts_with("#")) continue;
    std::smatch parts;
    ASSERT_TRUE(std::regex_match(line, parts, shape)) << line;
    EXPECT_TRUE(said.insert(parts[1].str() + "|" + parts[2].str()).second) << "said twice: " << line;
    std::istringstream named(parts[3].str());
    for (std::string test; named >> test;)
      EXPECT_TRUE(tests.contains(test)) << "there is no test " << test << " for: " << line;
  }
  EXPECT_FALSE(said.empty());
}

}  // namespace
