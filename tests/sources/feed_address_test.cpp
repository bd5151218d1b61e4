#include "sources/feed_address.hpp"

#include <gtest/gtest.h>

namespace muniment::sources {
namespace {

TEST(FeedAddress, ResolvesTheExamplesOfRfc3986) {
  const std::string base = "http://a/b/c/d;p?q";
  const std::pair<const char*, const char*> cases[] = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {";x", "http://a/b/c/;x"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
  };
  for (const auto& [reference, meant] : cases)
    EXPECT_EQ(resolve_address(base, reference), meant) << reference;
}

TEST(FeedAddress, LeavesAloneWhatIsAbsoluteOrBeyondResolving) {
  EXPECT_EQ(resolve_address("https://council.example/", "  https://else.example/Straße?a=1&b=2 "),
            "https://else.example/Straße?a=1&b=2");
  EXPECT_EQ(resolve_address("", "news/1"), "news/1");
  EXPECT_EQ(resolve_address("not an address", "news/1"), "news/1");
}

TEST(FeedAddress, EncodesWhatAddressesMayNotHold) {
  EXPECT_EQ(resolve_address("https://council.example/a/", "b c/Straße#x#y"),
            "https://council.example/a/b%20c/Stra%C3%9Fe#x%23y");
  EXPECT_EQ(resolve_address("https://council.example/a/", "100%"), "https://council.example/a/100%25");
}

TEST(FeedAddress, TellsHostsAndWebAddresses) {
  EXPECT_EQ(host_of("https://user@Council.Example:8443/feed"), "council.example:8443");
  EXPECT_EQ(host_of("/feed"), "");
  EXPECT_TRUE(is_web_address("HTTPS://council.example/"));
  EXPECT_FALSE(is_web_address("https://"));
  EXPECT_FALSE(is_web_address("ftp://council.example/"));
}

}  // namespace
}  // namespace muniment::sources
