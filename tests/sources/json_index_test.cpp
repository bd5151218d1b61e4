#include "sources/json_index.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace muniment::sources {
namespace {

std::string as_text(Json value) {
  return value ? "\"" + value.name() + "\"" : "nothing";
}

// Objects with names of few letters, so that names and slots meet; as many fields as an index keeps, and
// more.
TEST(JsonIndex, FindsWhatTheObjectFinds) {
  std::mt19937 random(20261127);
  const auto any_name = [&] {
    std::string name;
    for (auto size = random() % 5; size > 0; --size) name += "ab_"[random() % 3];
    return name;
  };
  for (int round = 0; round < 300; ++round) {
    std::string text = "{";
    const auto fields = random() % 260;
    for (std::size_t i = 0; i < fields; ++i) {
      text += (i == 0 ? "\"" : ",\"") + any_name() + "\":";
      text += i % 7 == 0 ? "{\"a\":1}" : std::to_string(i);
    }
    text += "}";
    const auto page = JsonPage::parse(text);
    ASSERT_TRUE(page);
    const JsonIndex index(page->root());
    for (int look = 0; look < 100; ++look) {
      const auto name = any_name();
      ASSERT_EQ(as_text(index.field(name)), as_text(page->root().field(name))) << name << " in " << text;
      ASSERT_EQ(index.field(name).is_object(), page->root().field(name).is_object())
          << name << " in " << text;
    }
  }
}

TEST(JsonIndex, FindsNothingInWhatIsNoObject) {
  const auto page = JsonPage::parse("[{\"a\":1}]");
  ASSERT_TRUE(page);
  EXPECT_FALSE(JsonIndex(page->root()).field("a"));
  EXPECT_FALSE(JsonIndex(Json()).field("a"));
  EXPECT_FALSE(JsonIndex(Json()).field(""));
}

}  // namespace
}  // namespace muniment::sources
