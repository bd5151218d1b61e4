// A harvest from a server that repeats every secret it is told, wherever it can: none of it is found
// afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>

#include <cstdlib>
#include <filesystem>

#include "app/archive.hpp"
#include "app/harvest.hpp"
#include "app/sources.hpp"
#include "base/file.hpp"
#include "support/fake_clock.hpp"
#include "support/loopback_server.hpp"
#include "support/temp_folder.hpp"

namespace muniment::app {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kPassword = "Rain/in+Spain &mainly";
const std::string kAccess = "eyJhbGciOi.ACCESS-of-the-session.signed";
const std::string kRefresh = "eyJhbGciOi.REFRESH-of-the-session.signed";
const std::string kDid = "did:plc:wexcombe";

// Each spelling that something might have been written in.
std::vector<std::string> spellings() {
  return {kPassword,
          kAccess,
          kRefresh,
          "Rain%2Fin%2BSpain%20%26mainly",
          "Rain/in%2BSpain%20%26mainly",
          "Rain\\/in+Spain &mainly",
          "Rain/in+Spain&mainly",
          "UmFpbi9pbitTcGFpbiAmbWFpbmx5",              // base64 of the password
          "d2V4Y29tYmU6UmFpbi9pbitTcGFpbiAmbWFpbmx5",  // … of user and password
          "ACCESS-of-the-session",
          "REFRESH-of-the-session"};
}

std::string post(const std::string& key, const std::string& text) {
  return R"({"uri":"at://)" + kDid + "/app.bsky.feed.post/" + key + R"(","cid":"bafy)" + key +
         R"(","author":{"did":")" + kDid + R"(","handle":"wexcombe.example","displayName":")" + kAccess +
         R"("},"record":{"$type":"app.bsky.feed.post","text":")" + text +
         R"(","createdAt":"2026-11-01T00:00:00Z"},"replyCount":0,"indexedAt":"2026-11-01T00:00:00Z"})";
}

class Secrets : public testing::Test {
 protected:
  void SetUp() override {
    ::setenv("MUNIMENT_CREDENTIAL_TOWN", ("wexcombe:" + kPassword).c_str(), 1);
    ASSERT_TRUE(Archive::create(folder / "archive",
                                {"archive.wexcombe.example/secrets/1", "Wexcombe Town Council",
                                 "Europe/London", "uk-foia", "records@wexcombe.example"},
                                {clock, base::system_entropy()}));
    archive = std::make_unique<Archive>(
        Archive::open(folder / "archive", Access::kWrite, {clock, base::system_entropy()}).value());
    add("town", "/xrpc/app.bsky.feed.getAuthorFeed?actor=wexcombe.example");
    const std::string everywhere = "Set-Cookie: s=" + kAccess + "\r\nX-Echo: Bearer " + kAccess +
                                   "\r\nLink: </next?access_token=" + kAccess + ">; rel=\"next\"\r\n";
    server.answer("/xrpc/com.atproto.server.createSession", 200,
                  R"({"did":")" + kDid + R"(","handle":"wexcombe.example","accessJwt":")" + kAccess +
                      R"(","refreshJwt":")" + kRefresh + R"(","you-said":"Rain\/in+Spain &mainly"})",
                  everywhere);
    server.answer(
        "/xrpc/app.bsky.actor.getProfile?actor=wexcombe.example", 200,
        R"({"did":")" + kDid + R"(","handle":"wexcombe.example","description":")" + kRefresh + "\"}",
        everywhere);
    server.answer(feed(), 302, kAccess,
                  everywhere + "Location: /moved/" + kAccess + "?access_token=" + kAccess + "\r\n");
    server.answer("/moved/" + kAccess, 200,
                  R"({"feed":[{"post":)" + post("3k1", "The password is " + kPassword) + R"(},{"post":)" +
                      post("3k2", "The harbour opens at nine") + "}]}",
                  everywhere);
    server.answer(mentions(), 403,
                  "<html>not with " + kAccess + " d2V4Y29tYmU6UmFpbi9pbitTcGFpbiAmbWFpbmx5</html>",
                  everywhere);
  }
  void TearDown() override { ::unsetenv("MUNIMENT_CREDENTIAL_TOWN"); }

  static std::string feed() {
    return "/xrpc/app.bsky.feed.getAuthorFeed?actor=did%3Aplc%3Awexcombe&filter=posts_with_replies&limit=100";
  }
  static std::string mentions() {
    return "/xrpc/"
           "app.bsky.notification.listNotifications?reasons=mention&reasons=reply&reasons=quote&limit=100";
  }

  void add(const std::string& name, const std::string& path) {
    NewSource source{name, "bluesky", server.url(path), true, "clerk"};
    source.credential = "town";
    const auto added = add_source(*archive, source);
    ASSERT_TRUE(added) << added.error().what;
  }

  collect::PollOutcome harvest_town() {
    HarvestWishes wishes;
    wishes.sources = {"town"};
    const auto outcomes = harvest(*archive, wishes);
    EXPECT_TRUE(outcomes) << outcomes.error().what;
    return outcomes && outcomes->size() == 1 ? outcomes->front() : collect::PollOutcome{};
  }

  // Everything that is kept, or was said: files as they are, and the ledger unsealed.
  std::vector<std::string> everything(const collect::PollOutcome& outcome) {
    std::vector<std::string> texts = outcome.errors;
    texts.insert(texts.end(), outcome.remarks.begin(), outcome.remarks.end());
    texts.push_back(outcome.cursor);
    const auto head = archive->reader().head().value();
    EXPECT_TRUE(archive->reader().each(0, head.size, [&](const ledger::Entry&, const records::Body* body) {
      for (const auto& field : *body) {
        texts.push_back(field.name + "=" + field.value);
        if (field.name.ends_with(".b64")) texts.push_back(base::from_base64(field.value).value_or(""));
      }
      return true;
    }));
    for (const auto& file : fs::recursive_directory_iterator(folder / "archive"))
      if (file.is_regular_file()) texts.push_back(support::contents(file.path()));
    return texts;
  }

  std::vector<std::string> found_in(const std::vector<std::string>& texts) {
    std::vector<std::string> found;
    for (const auto& secret : spellings())
      for (const auto& text : texts)
        if (text.find(secret) != std::string::npos) found.push_back(secret + " in " + text.substr(0, 200));
    return found;
  }

  records::Body newest(std::string_view kind, std::string_view url = {}) {
    records::Body out;
    const auto head = archive->reader().head().value();
    EXPECT_TRUE(
        archive->reader().each(0, head.size, [&](const ledger::Entry& entry, const records::Body* body) {
          if (entry.kind == kind &&
              records::value_of(*body, "url").value_or("").find(url) != std::string_view::npos)
            out = *body;
          return true;
        }));
    return out;
  }

  support::TempFolder folder;
  support::FakeClock clock;
  support::LoopbackServer server;
  std::unique_ptr<Archive> archive;
};

TEST_F(Secrets, AreInNoByteOfTheArchiveAndInNothingThatIsSaid) {
  const auto outcome = harvest_town();
  EXPECT_EQ(outcome.counts.fresh, 2U) << testing::PrintToString(outcome.errors);
  EXPECT_THAT(found_in(everything(outcome)), IsEmpty());
  const auto session = newest(ledger::kind::kExchange, "createSession");
  EXPECT_EQ(records::value_of(session, "method"), "POST");
  EXPECT_EQ(records::value_of(session, "credential"), "town");
  EXPECT_EQ(records::value_of(session, "payload.withheld"), "3");
  EXPECT_THAT(std::string(records::value_of(session, "frame").value_or("")), HasSubstr("withheld"));
}

TEST_F(Secrets, AreTakenOutOfErrorsToo) {
  server.answer(mentions(), 302, "", "Location: ftp://elsewhere.example/" + kAccess + "\r\n");
  const auto outcome = harvest_town();
  EXPECT_THAT(outcome.errors, Contains(HasSubstr("ftp://elsewhere.example/withheld")));
  EXPECT_THAT(found_in(everything(outcome)), IsEmpty());
}

TEST_F(Secrets, ReachTheServerThatTheyAreMeantFor) {
  harvest_town();
  const auto requests = server.requests();
  EXPECT_THAT(requests, Contains(HasSubstr("Authorization: Bearer " + kAccess)));
  EXPECT_THAT(requests.front(), HasSubstr("POST /xrpc/com.atproto.server.createSession"));
}

TEST_F(Secrets, AreNotAcceptedSilently) {
  auto outcome = harvest_town();
  EXPECT_EQ(outcome.access, collect::Access::kRefused) << "the mentions were barred";
  EXPECT_EQ(outcome.outcome, collect::Outcome::kPartial);
  auto coverage = newest(ledger::kind::kCoverage);
  EXPECT_EQ(records::value_of(coverage, "credential"), "town");
  EXPECT_EQ(records::value_of(coverage, "credential.state"), "refused");
  server.answer(mentions(), 200, R"({"notifications":[]})");
  outcome = harvest_town();
  EXPECT_EQ(outcome.outcome, collect::Outcome::kComplete) << testing::PrintToString(outcome.errors);
  EXPECT_EQ(records::value_of(newest(ledger::kind::kCoverage), "credential.state"), "accepted");
  EXPECT_THAT(found_in(everything(outcome)), IsEmpty());
}

TEST_F(Secrets, ThatAreNotThereLeaveAGapThatIsRecorded) {
  ::unsetenv("MUNIMENT_CREDENTIAL_TOWN");
  server.answer(mentions(), 200, R"({"notifications":[]})");
  const auto outcome = harvest_town();
  EXPECT_EQ(outcome.outcome, collect::Outcome::kPartial) << "what is public was read";
  EXPECT_THAT(outcome.errors, Contains(HasSubstr("the credential town is not there")));
  EXPECT_THAT(outcome.hints, Contains(HasSubstr("MUNIMENT_CREDENTIAL_TOWN")));
  EXPECT_EQ(records::value_of(newest(ledger::kind::kCoverage), "credential.state"), "absent");
}

TEST_F(Secrets, InAddressesOfNextPagesAreTakenOutAndPutInAnew) {
  const std::string token = "EAAB/long+token=of-the-page";
  ::setenv("MUNIMENT_CREDENTIAL_TOWN", token.c_str(), 1);
  NewSource source{"page", "facebook", server.url("/v21.0/wexcombe"), true, "clerk"};
  source.credential = "town";
  ASSERT_TRUE(add_source(*archive, source));
  const auto entry = [](const std::string& id, const std::string& more = "") {
    return R"({"id":")" + id + R"(","created_time":"2026-11-01T10:00:00+0000","message":"The quay is open")" +
           more + "}";
  };
  const auto next = server.url("/v21.0/further") + "?access_token=" + token + "&after=x";
  const auto others = server.url("/v21.0/further") + R"(?access_token=EAABsomebody-elses\u0026after=y)";
  server.answer("/v21.0/debug_token", 200, R"({"data":{"expires_at":1798675200}})");
  server.answer("/v21.0/wexcombe/feed", 200,
                R"({"data":[)" +
                    entry("1_1", R"(,"comments":{"data":[],"paging":{"next":")" + next + "\"}}") +
                    R"(],"paging":{"previous":")" + others + "\"}}");
  server.answer("/v21.0/further", 200, R"({"data":[)" + entry("1_2") + "]}");
  server.answer("/v21.0/wexcombe/tagged", 200, R"({"data":[]})");
  HarvestWishes wishes;
  wishes.sources = {"page"};
  const auto outcomes = harvest(*archive, wishes);
  ASSERT_TRUE(outcomes);
  const auto& outcome = outcomes->front();
  EXPECT_EQ(outcome.outcome, collect::Outcome::kComplete) << testing::PrintToString(outcome.errors);
  EXPECT_EQ(outcome.counts.fresh, 2U);
  EXPECT_EQ(outcome.credential_expires, "2026-12-31T00:00:00.000Z");
  EXPECT_THAT(server.requests(),
              Contains(HasSubstr("/v21.0/further?after=x&access_token=EAAB/long%2Btoken%3Dof-the-page")));
  for (const auto& text : everything(outcome)) {
    EXPECT_EQ(text.find("EAAB"), std::string::npos) << text.substr(0, 300);
    EXPECT_EQ(text.find("long%2Btoken"), std::string::npos) << text.substr(0, 300);
  }
}

TEST_F(Secrets, StayOutOfCoreDumpsAndOfOtherProcessesSight) {
  harvest_town();
  EXPECT_EQ(::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
}

TEST_F(Secrets, AreReadFromFilesThatNobodyElseMayRead) {
  ::unsetenv("MUNIMENT_CREDENTIAL_TOWN");
  const auto file = folder / "archive" / "keys" / "town.credential";
  ASSERT_TRUE(base::write_durably(file, "user=wexcombe\npassword=" + kPassword + "\nexpires=2027-01-31\n",
                                  base::Mode::kShared));
  EXPECT_THAT(harvest_town().errors, Contains(HasSubstr("can be read by others")));
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  const auto outcome = harvest_town();
  EXPECT_EQ(outcome.counts.read, 2U);
  EXPECT_EQ(outcome.credential_expires, "2027-01-31T00:00:00.000Z");
  EXPECT_EQ(records::value_of(newest(ledger::kind::kCoverage), "credential.expires"),
            "2027-01-31T00:00:00.000Z");
}

}  // namespace
}  // namespace muniment::app
