#include "sources/url.hpp"

#include <gtest/gtest.h>

#include "sources/source.hpp"

namespace muniment::sources {
namespace {

std::string normal(std::string_view url) {
  const auto result = normalise_url(url);
  return result ? *result : "refused: " + result.error().what;
}

TEST(Url, IsNormalisedToOneSpelling) {
  EXPECT_EQ(normal(" HTTPS://Town.Example:443/News/?a=B#part \n"), "https://town.example/News/?a=B");
  EXPECT_EQ(normal("http://town.example"), "http://town.example/");
  EXPECT_EQ(normal("http://town.example:8080?x=1"), "http://town.example:8080/?x=1");
  EXPECT_EQ(normal("http://[::1]:81/"), "http://[::1]:81/");
}

TEST(Url, IsRefusedWhenItIsNotAPlainWebAddress) {
  for (const auto url :
       {"", "   ", "town.example", "ftp://town.example/", "file:///etc/passwd", "https://", "https:///x",
        "https://user:secret@town.example/", "https://town.example:99999/", "https://town.example:/",
        "https://to wn.example/", "https://town.example/\"x", "https://town.example\\@evil.example/",
        "javascript://town.example/", "https://[::1/", "https://a%00b.example/"})
    EXPECT_EQ(normal(url).substr(0, 7), "refused") << url;
  EXPECT_EQ(normal("https://user:secret@town.example/").find("secret"), std::string::npos);
  EXPECT_EQ(normal("https://t.example/" + std::string(3'000, 'a')).substr(0, 7), "refused");
}

TEST(Url, GivesItsServerItsRootAndItsPath) {
  EXPECT_EQ(server_of("https://Town.example:8443/@x?y"), "town.example:8443");
  EXPECT_EQ(server_of("https://u@town.example:443"), "town.example");
  EXPECT_EQ(server_of("tag:town.example,2026:x"), "");
  EXPECT_EQ(root_of("http://town.example:80/a/b"), "http://town.example");
  EXPECT_EQ(path_of("http://town.example/a/b?c=/d#e"), "/a/b");
  EXPECT_EQ(path_of("http://town.example"), "/");
}

TEST(Url, CarriesParametersInItsQuery) {
  EXPECT_EQ(parameter("https://t.example/?a=1&limit=4%200#limit=9", "limit"), "4 0");
  EXPECT_EQ(parameter("https://t.example/?a&b=", "a"), "");
  EXPECT_EQ(with_parameter("https://t.example/", "q", "a b&c/\u00e9"),
            "https://t.example/?q=a%20b%26c/%C3%A9");
  EXPECT_EQ(with_parameter("https://t.example/?x=1", "q", "y"), "https://t.example/?x=1&q=y");
}

TEST(Url, FindsTheNextPageInALinkHeader) {
  EXPECT_EQ(next_link("<https://t.example/?page=1>; rel=\"prev\", <https://t.example/?page=3>; rel=\"next\""),
            "https://t.example/?page=3");
  EXPECT_EQ(next_link("<https://t.example/?max_id=1>; rel=next"), "https://t.example/?max_id=1");
  EXPECT_EQ(next_link("<https://t.example/?page=1>; rel=\"prev\""), "");
  EXPECT_EQ(next_link(""), "");
  EXPECT_EQ(next_link("<unclosed; rel=\"next\""), "");
}

}  // namespace
}  // namespace muniment::sources
