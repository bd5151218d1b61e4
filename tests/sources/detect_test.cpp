#include <gtest/gtest.h>

#include "sources/saved.hpp"

namespace muniment::sources {
namespace {

std::string found(std::string_view bytes) {
  const auto format = detect(bytes);
  return format ? std::string(format_name(*format)) : "none: " + format.error().what;
}

TEST(Detect, TellsFormatsApartByTheirContent) {
  EXPECT_EQ(
      found(R"([{"id":"1","created_at":"x","content":"<p>\"rendered\":</p>","account":{"acct":"jo"}}])"),
      "mastodon");
  EXPECT_EQ(found(R"({"ancestors":[],"descendants":[]})"), "mastodon");
  EXPECT_EQ(found(R"({"error":"Record not found"})"), "mastodon");
  EXPECT_EQ(found("\xef\xbb\xbf [42, {\"id\":1,\"date_gmt\":\"\",\"content\":{\"rendered\":\"\"}}]"),
            "wordpress");
  EXPECT_EQ(found(R"({"id":2,"post":1,"author_name":"A"})"), "wordpress");
  EXPECT_EQ(found(R"({"code":"rest_no_route","message":"x","data":{"status":404}})"), "wordpress");
  EXPECT_EQ(found(R"({"found":1,"comments":[]})"), "wordpress");
  EXPECT_EQ(found("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel/></rss>"), "feed");
  EXPECT_EQ(found("<feed xmlns=\"http://www.w3.org/2005/Atom\"/>"), "feed");
  EXPECT_EQ(found(std::string_view("\xff\xfe<\0r\0s\0s\0>\0", 12)), "feed");
}

TEST(Detect, SaysWhatAFileLooksLikeThatItDoesNotKnow) {
  EXPECT_NE(found("").find("empty"), std::string::npos);
  EXPECT_NE(found("  \n").find("empty"), std::string::npos);
  EXPECT_NE(found("<!DOCTYPE html><html></html>").find("web page"), std::string::npos);
  EXPECT_NE(found("<svg/>").find("not a feed"), std::string::npos);
  EXPECT_NE(found("[]").find("without any item"), std::string::npos);
  EXPECT_NE(found(R"({"gadgets":[{"id":1}]})").find("no platform"), std::string::npos);
  EXPECT_NE(found("hello").find("neither"), std::string::npos);
}

TEST(Detect, TakesNeitherFilmsNorPicturesNorWebPagesForAnything) {
  for (const auto file :
       {std::string_view("\0\0\0\x18"
                         "ftypmp42",
                         12),
        std::string_view("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16),
        std::string_view("\xff\xd8\xff\xe0\0\x10JFIF", 10), std::string_view("\xff\xfe\0\0\1\2", 6),
        std::string_view("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        std::string_view("<?xml version=\"1.0\"?><!DOCTYPE html><html/>"), std::string_view("%PDF-1.7\n")})
    EXPECT_EQ(found(file).substr(0, 4), "none") << file;
}

TEST(Detect, StopsAtWhateverIsNotJson) {
  for (const auto page :
       {"[}", "[1,}", "{\"a\"", "{\"a\":}", "[\"\\", "{\"a\":[[[", "[,", "{\"a\" 1}", "[:]"})
    EXPECT_EQ(found(page).substr(0, 4), "none") << page;
  EXPECT_EQ(found(std::string(1'000'000, '[')).substr(0, 4), "none");
}

TEST(Detect, KnowsFormatsByTheNamesItGivesThem) {
  for (const auto* format : formats()) {
    const auto named = format_named(format_name(format));
    ASSERT_TRUE(named);
    EXPECT_EQ(*named, format) << "two rows are named " << format->name;
    EXPECT_FALSE(format->help.empty());
  }
  const auto unknown = format_named("myspace");
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().hint.find("mastodon"), std::string::npos);
}

}  // namespace
}  // namespace muniment::sources
