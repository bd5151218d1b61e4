#include "sources/json_page.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/utf8.hpp"

namespace muniment::sources {
namespace {

using namespace std::string_view_literals;

std::string fault_of(std::string_view json) {
  const auto page = JsonPage::parse(json);
  return page ? "" : page.error().what;
}

TEST(JsonPage, GivesTheExactSliceOfEachItem) {
  const auto json = R"( [ {"a": [1, 2.5, -3, {"b": "}]\""}]} , {"c": {}},{}  , {"d":true} ] )"sv;
  auto page = JsonPage::parse(json);
  ASSERT_TRUE(page);
  std::vector<std::string_view> slices;
  for (JsonList one(page->root()); one; one.next()) {
    const auto slice = page->slice(one.value());
    slices.push_back(json.substr(slice.offset, slice.length));
  }
  EXPECT_EQ(slices, (std::vector<std::string_view>{R"({"a": [1, 2.5, -3, {"b": "}]\""}]})", R"({"c": {}})",
                                                   "{}", R"({"d":true})"}));
}

TEST(JsonPage, SlicesObjectsThatStandAnywhereInThePage) {
  const auto json = R"({"n":[1,2,3],"list":[{"inner":{"x":1}},{"inner":{"y":"\u00e9"}}]})"sv;
  auto page = JsonPage::parse(json);
  ASSERT_TRUE(page);
  std::vector<std::string_view> slices;
  for (JsonList one(page->root().field("list")); one; one.next()) {
    const auto slice = page->slice(one.value().field("inner"));
    slices.push_back(json.substr(slice.offset, slice.length));
  }
  EXPECT_EQ(slices, (std::vector<std::string_view>{R"({"x":1})", R"({"y":"\u00e9"})"}));
}

TEST(JsonPage, CountsTheByteOrderMarkInOffsets) {
  const auto json = "\xef\xbb\xbf[{\"a\":1}]"sv;
  auto page = JsonPage::parse(json);
  ASSERT_TRUE(page);
  const auto slice = page->slice(JsonList(page->root()).value());
  EXPECT_EQ(json.substr(slice.offset, slice.length), "{\"a\":1}");
}

TEST(JsonPage, TakesWrongTypesForAbsence) {
  auto page = JsonPage::parse(R"({"n":12,"t":"34","neg":-1,"d":1.5,"l":[],"o":{},"z":null,"b":true})"sv);
  ASSERT_TRUE(page);
  const auto root = page->root();
  EXPECT_EQ(root.field("n").text(), "");
  EXPECT_EQ(root.field("n").number(), 12U);
  EXPECT_EQ(root.field("t").number(), 34U);
  EXPECT_EQ(root.field("neg").number(), 0U);
  EXPECT_EQ(root.field("d").number(), 0U);
  EXPECT_EQ(root.field("n").name(), "12");
  EXPECT_EQ(root.field("t").name(), "34");
  EXPECT_EQ(root.field("neg").name(), "-1");
  EXPECT_EQ(root.field("o").name(), "");
  EXPECT_FALSE(root.field("z"));
  EXPECT_FALSE(root.field("absent").field("deeper"));
  EXPECT_FALSE(JsonList(root.field("o")));
  EXPECT_FALSE(JsonList(root.field("l")));
  EXPECT_FALSE(JsonFields(root.field("l")));
  EXPECT_FALSE(JsonFields(root.field("b")));
  EXPECT_EQ(root.size(), 8U);
}

TEST(JsonPage, TakesTheLastOfFieldsThatShareAName) {
  auto page = JsonPage::parse(R"({"a":1,"a":2})"sv);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->root().field("a").number(), 2U);
}

TEST(JsonPage, SaysWhatIsWrongWithAPageThatIsNotJson) {
  EXPECT_NE(fault_of("").find("empty"), std::string::npos);
  EXPECT_NE(fault_of("[1,2").find("not well-formed"), std::string::npos);
  EXPECT_NE(fault_of("[1] x").find("not well-formed"), std::string::npos);
  EXPECT_NE(fault_of("[\"a\xff\"]").find("UTF-8"), std::string::npos);
  EXPECT_NE(fault_of(std::string(300, '[') + std::string(300, ']')).find("nested"), std::string::npos);
  EXPECT_NE(fault_of(std::string(100'000, '[')), "");
}

TEST(JsonPage, ReadsHalfASurrogatePairAsTheReplacementCharacter) {
  const auto json =
      R"([{"a":"x\ud800y"},{"a":"\udc00\\ud800"},{"a":"\ud83d\ude00"},{"a":"\ud800\ud83d\ude00"}])"sv;
  auto page = JsonPage::parse(json);
  ASSERT_TRUE(page);
  EXPECT_TRUE(page->recovered());
  std::vector<std::string> texts;
  std::vector<std::string_view> slices;
  for (JsonList one(page->root()); one; one.next()) {
    texts.emplace_back(one.value().field("a").text());
    const auto slice = page->slice(one.value());
    slices.push_back(json.substr(slice.offset, slice.length));
  }
  EXPECT_EQ(texts, (std::vector<std::string>{"x\ufffdy", "\ufffd\\ud800", "\U0001F600", "\ufffd\U0001F600"}));
  EXPECT_EQ(slices[0], R"({"a":"x\ud800y"})");
  EXPECT_EQ(slices[3], R"({"a":"\ud800\ud83d\ude00"})");
}

TEST(JsonPage, KeepsTheCharacterNul) {
  auto page = JsonPage::parse(R"({"a":"x\u0000y"})"sv);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->root().field("a").text(), "x\0y"sv);
}

TEST(JsonPage, MayBeReadWhileAnotherIsStillOpen) {
  auto first = JsonPage::parse(R"(["one"])"sv);
  auto second = JsonPage::parse(R"(["two"])"sv);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(JsonList(first->root()).value().text(), "one");
  EXPECT_EQ(JsonList(second->root()).value().text(), "two");
}

// A list of random objects, each remembered as it was written.
TEST(JsonPage, SlicesWhateverIsWellFormedExactly) {
  std::mt19937 random(7);
  const std::string_view values[] = {"1",
                                     "-2.5e3",
                                     "\"t\\\"{}[],:\"",
                                     "null",
                                     "true",
                                     "[]",
                                     "{}",
                                     "[1,[2,{\"k\":3}],\"x\"]",
                                     "{\"k\":{\"l\":[{}]}}",
                                     "18446744073709551615"};
  const std::string_view blanks[] = {"", " ", "\n\t", "  \r\n"};
  const auto any = [&](const auto& from) {
    return from[std::uniform_int_distribution<std::size_t>(0, std::size(from) - 1)(random)];
  };
  for (int round = 0; round < 2'000; ++round) {
    std::vector<std::string> objects;
    std::string json = "[";
    const auto count = std::uniform_int_distribution<int>(0, 6)(random);
    for (int i = 0; i < count; ++i) {
      std::string object = "{";
      const auto fields = std::uniform_int_distribution<int>(0, 5)(random);
      for (int f = 0; f < fields; ++f) {
        object += (f ? "," : "");
        object += any(blanks);
        object += "\"f" + std::to_string(f) + "\"";
        object += any(blanks);
        object += ":";
        object += any(blanks);
        object += any(values);
      }
      object += any(blanks);
      object += "}";
      json += (i ? "," : "");
      json += any(blanks);
      json += object;
      json += any(blanks);
      objects.push_back(object);
    }
    json += "]";
    auto page = JsonPage::parse(json);
    ASSERT_TRUE(page) << json;
    std::size_t at = 0;
    for (JsonList one(page->root()); one; one.next(), ++at) {
      const auto slice = page->slice(one.value());
      ASSERT_EQ(json.substr(slice.offset, slice.length), objects.at(at)) << json;
    }
    ASSERT_EQ(at, objects.size());
  }
}

TEST(JsonPage, SlicesInAnyOrder) {
  const std::string bytes = R"({"a":[{"x":1},{"y":[2.5,"b"]}],"b":{"z":{}}})";
  auto page = JsonPage::parse(bytes);
  ASSERT_TRUE(page);
  const auto text = [&](Json value) {
    const auto slice = page->slice(value);
    return bytes.substr(slice.offset, slice.length);
  };
  const auto root = page->root();
  JsonList first(root.field("a"));
  JsonList second = first;
  second.next();
  EXPECT_EQ(text(root.field("b")), R"({"z":{}})");
  EXPECT_EQ(text(second.value()), R"({"y":[2.5,"b"]})");
  EXPECT_EQ(text(first.value()), R"({"x":1})");
  EXPECT_EQ(text(root), bytes);
  EXPECT_EQ(text(second.value()), R"({"y":[2.5,"b"]})");
}

}  // namespace
}  // namespace muniment::sources
