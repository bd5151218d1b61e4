#include "collect/json_check.hpp"

#include <gtest/gtest.h>

#include "base/utf8.hpp"
#include "support/saved_files.hpp"

namespace muniment::collect {
namespace {

std::string fault_of(std::string_view json, std::size_t piece = 1) {
  JsonCheck check;
  for (std::size_t at = 0; at < json.size(); at += piece) check.take(json.substr(at, piece));
  return check.fault(true);
}

TEST(JsonCheck, FindsNothingWrongWithWhatIsWellFormed) {
  for (const auto* json :
       {"[]", "{}", "[0,-1,10.25,1e9,1E+9,2.5e-3,-0]", "[true,false,null]", R"({"a":{"b":[{}]},"c":""})",
        R"(["\"\\\/\b\f\n\r\t\u00Af"])", " [ 1 , 2 ] \n", "[1]\n[2]", "[1];", "[1]; x"})
    for (const std::size_t piece : {1U, 2U, 100U}) EXPECT_EQ(fault_of(json, piece), "") << json;
}

TEST(JsonCheck, SaysWhereWhatIsNotBreaks) {
  const std::pair<const char*, int> broken[] = {
      {"[1,]", 4},      {"[,1]", 2},          {"{\"a\"}", 5}, {"{\"a\":}", 6},  {"{1:2}", 2},
      {"[01]", 3},      {"[1.]", 4},          {"[-]", 3},     {"[1e]", 4},      {"[+1]", 2},
      {"[\"\\x\"]", 4}, {"[\"\\u12g4\"]", 7}, {"[1}", 3},     {"{\"a\":1]", 7}, {"[1 2]", 4},
      {"[\"\t\"]", 3},  {"{\"a\":1,}", 8},    {"['a']", 2},   {"[1.e5]", 4}};
  for (const auto& [json, byte] : broken)
    for (const std::size_t piece : {1U, 3U, 100U})
      EXPECT_EQ(fault_of(json, piece),
                "it is not well-formed JSON from byte " + std::to_string(byte) + " on (line 1)")
          << json;
}

TEST(JsonCheck, SaysWhereAWordThatIsNoneBegins) {
  for (const auto* json : {"[tru]", "[nul1]", "[yes]"})
    EXPECT_EQ(fault_of(json, 100), "it is not well-formed JSON from byte 2 on (line 1)") << json;
}

TEST(JsonCheck, AgreesWithTheReaderOnWhatOthersRecorded) {
  const auto files =
      support::files_below(support::platforms_folder() / "hostile/nst__JSONTestSuite", ".json");
  if (files.empty()) GTEST_SKIP() << "the recorded payloads are not here";
  std::size_t count = 0;
  for (const auto& path : files) {
    const auto name = path.filename().string();
    const auto bytes = support::contents_of(path);
    const bool is_composed = bytes.find_first_not_of(" \t\r\n") < bytes.size() &&
                             bytes.find_first_of("{[") == bytes.find_first_not_of(" \t\r\n");
    if (!is_composed || (!name.starts_with("y_") && !name.starts_with("n_"))) continue;
    ++count;
    JsonCheck check;
    check.take(bytes);
    if (name.starts_with("y_")) {
      EXPECT_EQ(check.fault(true), "") << name;
    } else if (base::is_utf8(bytes)) {
      EXPECT_TRUE(!check.fault(true).empty() || check.has_several()) << name;
    }
  }
  EXPECT_GE(count, 120U);
}

}  // namespace
}  // namespace muniment::collect
