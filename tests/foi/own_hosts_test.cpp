#include "foi/own_hosts.hpp"

#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using support::has;

class OwnHosts : public testing::Test {
 protected:
  void withheld(const records::Account& author) {
    auto post = desk_.post("1", "x", "x", "Good morning.");
    post.id = "at://did:plc:abcabcabcabc/app.bsky.feed.post/3kabc";
    post.url = "";
    post.author = author;
    desk_.add(post);
  }
  // Of a second post that says this, are these fields doubted?
  Plan plan_with(const std::string& text, const std::string& link, const std::string& picture = "") {
    auto post = desk_.post("2", "ben", "Ben", text);
    post.links = {link};
    if (!picture.empty()) post.media = {{picture, "image", ""}};
    desk_.add(post);
    Request typed;
    typed.redact = {"1:author.*:*=s40(2)"};
    return support::plan_of(desk_, typed);
  }
  support::ReleaseDesk desk_;
};

TEST_F(OwnHosts, AreDoubtedByTheFirstPartOfTheirName) {
  withheld({"did:plc:abcabcabcabc", "olwenharrow.example", "O", ""});
  const auto plan = plan_with("As @olwenharrow says.", "https://instagram.com/olwenharrow");
  EXPECT_TRUE(has(plan.doubtful, 2, "text"));
  EXPECT_TRUE(has(plan.doubtful, 2, "links"));
}

TEST_F(OwnHosts, AreDoubtedWhereAnotherPageOfThemIsShown) {
  withheld({"https://harrow.example/users/me", "me@harrow.example", "Olwen", "https://harrow.example/@me"});
  const auto plan = plan_with("See harrow.example/about, please.", "https://harrow.example/blog",
                              "https://harrow.example/1.jpg");
  for (const auto* name : {"text", "links", "media.0.url"}) EXPECT_TRUE(has(plan.doubtful, 2, name)) << name;
}

TEST_F(OwnHosts, AreNotExcusedByAFileThatLiesThere) {
  withheld(
      {"https://harrow.example/users/me", "me@harrow.example", "Olwen Harrow", "https://harrow.example/@me"});
  records::BodyBuilder file;
  file.add("platform", "mastodon").add("id", "https://social.example/users/ben/statuses/2").add("of", "1 x");
  file.add("url", "https://harrow.example/1.jpg")
      .add("tls", "CN=harrow.example")
      .add("peer", "203.0.113.5:443");
  ASSERT_TRUE(desk_.ledger.appender().append({std::string(ledger::kind::kMedia), file.build()}));
  const auto plan = plan_with("Good evening.", "https://harrow.example/blog");
  EXPECT_TRUE(support::field(plan, 3, "links").shows_nothing()) << "it is the name";
  for (const auto* name : {"url", "tls", "peer"})
    EXPECT_TRUE(support::field(plan, 2, name).shows_nothing())
        << name << ": who answers is whose the host is";
}

TEST_F(OwnHosts, AreNotThoseWhereAnotherAccountIsMentioned) {
  withheld({"https://mast.example/users/me", "me@mast.example", "Olwen", "https://mast.example/@me"});
  auto post = desk_.post("3", "cat", "Cat", "Ask TK.");
  post.mentions = {"tk_lad@mast.example", "somebody"};
  desk_.add(post);
  const auto plan = plan_with("See mast.example/about, please.", "https://mast.example/@tk_lad/7");
  EXPECT_FALSE(has(plan.doubtful, 2, "mentions"));
  EXPECT_FALSE(has(plan.doubtful, 3, "text"));
  EXPECT_FALSE(has(plan.doubtful, 3, "links"));
}

TEST_F(OwnHosts, AreNotThoseOfManyPeopleNorOfWhoIsShown) {
  withheld({"", "olwen@gmail.com", "Olwen", "https://social.example/@olwen"});
  const auto plan = plan_with("Write to ben@gmail.com.", "https://social.example/about");
  EXPECT_FALSE(has(plan.doubtful, 2, "text"));
  EXPECT_FALSE(has(plan.doubtful, 2, "links")) << "Ben's account is there, too";
}

}  // namespace
}  // namespace muniment::foi
