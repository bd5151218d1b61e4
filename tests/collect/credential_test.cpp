#include "collect/credential.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/bytes.hpp"
#include "collect/harvest.hpp"
#include "support/fake_transport.hpp"
#include "support/memory_catalogue.hpp"
#include "support/small_ledger.hpp"

namespace muniment::collect {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// Asks what a test tells it to, and reads every answer as an empty page.
class AskingPoll final : public sources::Poll {
 public:
  explicit AskingPoll(std::vector<sources::Ask> asks) : asks_(std::move(asks)) {}
  std::vector<sources::Ask> start() override { return asks_; }
  Result<sources::Reading> read(const sources::Ask&, const sources::Answer& answer) override {
    bodies.emplace_back(answer.body);
    return sources::Reading{};
  }
  std::vector<sources::Ask> ask_after(const std::vector<sources::Held>&) override { return {}; }
  std::string cursor() const override { return {}; }
  std::vector<std::string> bodies;

 private:
  std::vector<sources::Ask> asks_;
};

class AskedWithACredential : public testing::Test {
 protected:
  static sources::Ask ask(const std::string& url) {
    sources::Ask out{.url = url, .accept = "", .about = ""};
    out.shows = {{}};
    return out;
  }
  PollOutcome poll(std::vector<sources::Ask> asks) {
    support::MemoryCatalogue catalogue(town.reader());
    AskingPoll script(std::move(asks));
    auto credential = Credential::read("key-of-town", "open-sesame-42", "token");
    EXPECT_TRUE(credential);
    HarvestRun run{web, town.appender(), town.reader(), catalogue, town.clock, {}, nullptr};
    run.credential = &*credential;
    const auto outcome = harvest_poll(source, script, run);
    EXPECT_TRUE(outcome);
    bodies = script.bodies;
    return outcome.value_or(PollOutcome{});
  }
  std::string field(ledger::Seq seq, std::string_view name) {
    return records::bytes_of(town.reader().body(seq).value(), name).value_or("");
  }
  support::SmallLedger town;
  support::FakeTransport web{town.clock};
  SourceSettings source{"town", "bluesky", "https://town.example/feed", false, "key-of-town"};
  std::vector<std::string> bodies;
};

TEST_F(AskedWithACredential, AServerThatItIsNotMeantForIsNotAsked) {
  const auto outcome =
      poll({ask("https://evil.example/"), ask("http://town.example/"), ask("https://town.example:8443/")});
  EXPECT_THAT(web.asked(), IsEmpty());
  EXPECT_THAT(outcome.errors, SizeIs(3));
  EXPECT_EQ(outcome.outcome, Outcome::kFailed);
}

TEST_F(AskedWithACredential, ItsOwnServerAndThoseOfThePlatformAre) {
  web.serve("https://town.example/feed", 200, "open-sesame-42 and sesame");
  web.serve("https://bsky.social/xrpc/x", 200, "fine");
  const auto outcome = poll({ask("https://town.example/feed"), ask("https://bsky.social/xrpc/x")});
  ASSERT_THAT(web.asked(), SizeIs(2));
  EXPECT_EQ(net::header(web.asked()[0].secret_headers, "authorization"), "Bearer open-sesame-42");
  EXPECT_EQ(bodies.at(0), "withheld and sesame") << "no platform's file ever sees it";
  EXPECT_EQ(field(0, "frame"), "withheld and sesame");
  EXPECT_EQ(field(0, "payload.withheld"), "1");
  EXPECT_EQ(field(0, "credential"), "key-of-town");
  EXPECT_EQ(outcome.access, Access::kAccepted);
}

TEST_F(AskedWithACredential, AnAnswerToALoginThatCannotBeReadIsNotKept) {
  auto login = ask("https://town.example/login");
  login.post = true;
  login.learns = {{"access", "accessToken"}};
  web.serve("https://town.example/login", 200, "<html>your new token is a-token-that-nobody-knows</html>");
  const auto outcome = poll({login});
  EXPECT_EQ(field(0, "frame"), "");
  EXPECT_EQ(field(0, "payload.size"), "0");
  EXPECT_EQ(field(0, "method"), "POST");
  EXPECT_THAT(outcome.remarks, Contains(HasSubstr("was not kept")));
}

TEST_F(AskedWithACredential, WhatItTaughtIsWithheldFromThenOn) {
  auto login = ask("https://town.example/login");
  login.learns = {{"access", "accessToken"}};
  auto next = ask("https://town.example/feed");
  next.shows = {{sources::Showing::Place::kBearer, "access"}};
  web.serve("https://town.example/login", 200, R"({"accessToken":"a-token-that-is-new"})");
  web.serve("https://town.example/feed", 200, "hello a-token-that-is-new");
  poll({login, next});
  EXPECT_EQ(net::header(web.asked().at(1).secret_headers, "authorization"), "Bearer a-token-that-is-new");
  EXPECT_EQ(bodies.at(0), R"({"accessToken":"withheld"})");
  EXPECT_EQ(bodies.at(1), "hello withheld");
}

// Reads a page of one private object and one that is not.
class PrivatePoll final : public sources::Poll {
 public:
  std::vector<sources::Ask> start() override {
    return {{.url = "https://town.example/feed", .accept = "", .about = ""}};
  }
  Result<sources::Reading> read(const sources::Ask&, const sources::Answer&) override {
    sources::Reading out;
    for (const std::size_t at : {1U, 17U}) {
      auto& item = out.items.emplace_back();
      item.interaction.platform = "town";
      item.interaction.id = at == 1 ? "hidden" : "open";
      item.interaction.text = item.interaction.id;
      item.offset = at;
      item.length = at == 1 ? 15 : 13;
      if (at == 1) item.why_private = "a post that the forum hides";
    }
    return out;
  }
  std::vector<sources::Ask> ask_after(const std::vector<sources::Held>&) override { return {}; }
  std::string cursor() const override { return {}; }
};

TEST_F(AskedWithACredential, OnlyWithItIsWhatThePlatformMarksPrivateKept) {
  const std::string page = R"([{"id":"hidden"},{"id":"open"}])";
  web.serve("https://town.example/feed", 200, page);
  for (const bool login : {false, true}) {
    support::MemoryCatalogue catalogue(town.reader());
    PrivatePoll script;
    auto credential = Credential::read("key-of-town", "open-sesame-42", "token");
    HarvestRun run{web, town.appender(), town.reader(), catalogue, town.clock, {}, nullptr};
    if (login) run.credential = &*credential;
    const auto first = town.reader().head()->size;
    const auto outcome = harvest_poll(source, script, run);
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->counts.read, login ? 2U : 1U);
    const auto frame = field(first, "frame");
    EXPECT_EQ(field(first, "left-out"), login ? "" : "1 15\n");
    EXPECT_EQ(frame.find("hidden"), std::string::npos) << "it is cut out, or not there";
  }
  EXPECT_TRUE(town.reader().each(0, 2, [](const ledger::Entry&, const records::Body* body) {
    for (const auto& one : *body) EXPECT_EQ(one.value.find("hidden"), std::string::npos) << one.name;
    return true;
  }));
}

TEST(ReadingACredential, RefusesWhatCouldNotBeKeptOutOfTheArchive) {
  for (const char* text :
       {"short", "password=withheld-words\nuser=ann", "open-sesame-withheld", "open\x01sesame"})
    EXPECT_FALSE(Credential::read("k", text, "token")) << text;
  EXPECT_TRUE(Credential::read("k", "open-sesame-with-held", "token"));
}

sources::Ask with_password(const std::string& url) {
  sources::Ask ask{.url = url, .accept = "", .about = ""};
  ask.shows = {{sources::Showing::Place::kBasic, "password"}};
  return ask;
}

TEST(ATokenInsteadOfAPassword, IsShownToMailboxesOnly) {
  const auto credential =
      Credential::read("clerk", "user=ann@town.example\ntoken=ya29.a-token\n", "user password");
  ASSERT_TRUE(credential) << credential.error().what;
  net::Request mailbox{"imaps://mail.town.example/INBOX", {}, false};
  ASSERT_TRUE(credential->show(with_password(mailbox.url), mailbox));
  ASSERT_THAT(mailbox.secret_headers, SizeIs(1));
  EXPECT_EQ(mailbox.secret_headers[0].second, "Bearer " + base::to_base64("ann@town.example:ya29.a-token"));
  net::Request site{"https://town.example/", {}, false};
  const auto refused = credential->show(with_password(site.url), site);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kDenied);
  EXPECT_THAT(site.secret_headers, IsEmpty());
}

TEST(ATokenInsteadOfAPassword, NeedsAUserAndIsNotNeededBesideAPassword) {
  EXPECT_FALSE(Credential::read("clerk", "token=ya29.a-token\n", "user password"));
  EXPECT_FALSE(Credential::read("clerk", "user=ann\ntoken=\n", "user password"));
  EXPECT_FALSE(Credential::read("clerk", "user=ann\ntoken=short\n", "user password"));
  const auto both =
      Credential::read("clerk", "user=ann\ntoken=ya29.a-token\npassword=open sesame", "user password");
  ASSERT_TRUE(both);
  net::Request mailbox{"imaps://mail.town.example/INBOX", {}, false};
  ASSERT_TRUE(both->show(with_password(mailbox.url), mailbox));
  EXPECT_EQ(mailbox.secret_headers[0].second, "Basic " + base::to_base64("ann:open sesame"));
}

TEST(Blotting, KnowsALoginAsItWasShownWhateverIsRepeated) {
  using namespace std::string_literals;
  const auto token = Credential::read("clerk", "user=ann\ntoken=ya29.a-token\n", "user password");
  const auto password = Credential::read("clerk", "user=ann\npassword=open sesame\n", "user password");
  ASSERT_TRUE(token && password);
  for (const auto& shown : {"ann:ya29.a-token"s, "user=ann\1auth=Bearer ya29.a-token\1\1"s,
                            "n,a=ann,\1auth=Bearer ya29.a-token\1\1"s})
    EXPECT_EQ(token->blotted("a2 BAD " + base::to_base64(shown)), "a2 BAD withheld") << shown;
  for (const auto& shown : {"ann:open sesame"s, "\0ann\0open sesame"s})
    EXPECT_EQ(password->blotted("a1 BAD " + base::to_base64(shown)), "a1 BAD withheld") << shown;
}

TEST(Blotting, KeepsWordsThatOnlyResembleASecret) {
  const auto credential = Credential::read("k", "user=ann\npassword=four words & more", "user password");
  ASSERT_TRUE(credential);
  std::string text = "ann said: four words, and four%20words%20%26%20more, and fourwords&more";
  EXPECT_EQ(credential->blot(text), 2U);
  EXPECT_EQ(text, "ann said: four words, and withheld, and withheld");
}

}  // namespace
}  // namespace muniment::collect
