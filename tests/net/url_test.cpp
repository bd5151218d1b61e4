#include "net/url.hpp"

#include <gtest/gtest.h>

namespace muniment::net {
namespace {

TEST(Url, IsReadAsItWillBeConnectedTo) {
  const auto url = read_url("HTTPS://News.Wexcombe.Example./a?b=c#top");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "news.wexcombe.example");
  EXPECT_EQ(url->port, 443);
  EXPECT_EQ(url->whole.find('#'), std::string::npos);
  EXPECT_EQ(read_url("http://[::1]:8080/")->host, "::1");
  EXPECT_EQ(read_url("http://[::1]:8080/")->port, 8080);
}

TEST(Url, NumbersThatMeanAnAddressAreSpelledOut) {
  EXPECT_EQ(read_url("http://2130706433/")->host, "127.0.0.1");
  EXPECT_EQ(read_url("http://0x7f.1/")->host, "127.0.0.1");
  EXPECT_EQ(read_url("http://017700000001/")->host, "127.0.0.1");
}

TEST(Url, OtherSchemesCredentialsAndFragmentsOfAddressesAreRefused) {
  for (const auto* text :
       {"ftp://a.example/", "file:///etc/passwd", "gopher://a.example/", "javascript:alert(1)", "a.example/x",
        "", "https://", "http://user:secret@a.example/", "http://user@a.example/", "http://a.example:0/",
        "http://a.example:99999/", "http://a b.example/"}) {
    const auto url = read_url(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().code, Code::kInvalid);
    EXPECT_EQ(url.error().what.find("secret"), std::string::npos);
  }
  EXPECT_FALSE(read_url("https://a.example/" + std::string(9000, 'x')));
  EXPECT_FALSE(read_url(std::string("http://a.example/\0b", 19)));
}

TEST(Url, LocationsAreSeenFromWhereTheyWereSent) {
  const auto from = read_url("https://a.example/x/y?z");
  EXPECT_EQ(follow(*from, "../q")->whole, "https://a.example/q");
  EXPECT_EQ(follow(*from, "//b.example/r")->whole, "https://b.example/r");
  EXPECT_EQ(follow(*from, "http://c.example:81/")->port, 81);
  EXPECT_FALSE(follow(*from, "file:///etc/passwd"));
  EXPECT_FALSE(follow(*from, "//user:pw@b.example/"));
}

TEST(Url, PermissionHoldsForOneHostAndPortOnly) {
  const auto permitted = read_url("http://10.0.0.5:18101/");
  EXPECT_TRUE(permission_covers(*permitted, *read_url("http://10.0.0.5:18101/other")));
  EXPECT_FALSE(permission_covers(*permitted, *read_url("http://10.0.0.5:9200/")));
  EXPECT_FALSE(permission_covers(*permitted, *read_url("http://10.0.0.6:18101/")));
  EXPECT_TRUE(
      permission_covers(*read_url("http://intranet.example/"), *read_url("https://intranet.example/")));
  EXPECT_FALSE(
      permission_covers(*read_url("https://intranet.example/"), *read_url("http://intranet.example/")));
}

TEST(Url, KnowsItsOwnMachineByName) {
  EXPECT_TRUE(names_this_machine(*read_url("http://localhost/")));
  EXPECT_TRUE(names_this_machine(*read_url("http://127.8.8.8/")));
  EXPECT_TRUE(names_this_machine(*read_url("http://[::1]/")));
  EXPECT_FALSE(names_this_machine(*read_url("http://10.0.0.1/")));
  EXPECT_FALSE(names_this_machine(*read_url("http://localhost.example/")));
}

TEST(ShownUrl, KeepsTheAddressAndWithholdsCredentials) {
  EXPECT_EQ(shown_url("https://m.example/api?access_token=abc123&max_id=7#x"),
            "https://m.example/api?access_token=withheld&max_id=7");
  EXPECT_EQ(shown_url("https://clerk:pw@m.example/a"), "https://m.example/a");
  EXPECT_EQ(shown_url("https://a@b:pw@m.example/a?x=a@b"), "https://m.example/a?x=a@b");
  EXPECT_EQ(shown_url("/a?%74oken=abc&author=3&key=1;sig=2&postcode=AB1"),
            "/a?%74oken=withheld&author=3&key=withheld;sig=withheld&postcode=AB1");
  EXPECT_EQ(shown_url("https://m.example/?X-Amz-Signature=ff&X-Amz-Credential=aa&Client_Secret=bb&api_key=k"),
            "https://m.example/?X-Amz-Signature=withheld&X-Amz-Credential=withheld&Client_Secret=withheld&"
            "api_key=withheld");
}

TEST(ShownUrl, CannotMoveTheCursor) {
  EXPECT_EQ(shown_url("http://a.example/\x1b[2J").find('\x1b'), std::string::npos);
}

TEST(SecretField, IsWhatShownUrlWithholds) {
  for (const std::string name :
       {"access_token", "token", "api_key", "key", "auth", "password", "sig", "%6bey", "JWT"})
    EXPECT_FALSE(secret_field("https://a.example/feed?x=1&" + name + "=SEKRET").empty()) << name;
  EXPECT_EQ(secret_field("https://a.example/feed?x=1;Access_Token=abc#y"), "Access_Token");
  for (const auto* url :
       {"https://a.example/feed", "https://a.example/feed?keyword=token&author=3",
        "https://a.example/feed?token=", "https://a.example/token=1", "https://a.example/#?key=1"})
    EXPECT_EQ(secret_field(url), "") << url;
}

}  // namespace
}  // namespace muniment::net
