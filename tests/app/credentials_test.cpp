#include "app/credentials.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "app/sources.hpp"
#include "base/file.hpp"
#include "support/temp_folder.hpp"

namespace muniment::app {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class Credentials : public testing::Test {
 protected:
  Credentials() { fs::create_directories(folder / "archive" / "keys"); }
  Result<collect::Credential> open(std::string_view parts = "token") {
    return open_credential(Layout(folder / "archive"), "town-x", parts, [&](const char* name) {
      const auto found = variables.find(name);
      return found == variables.end() ? std::string() : found->second;
    });
  }
  fs::path own() const { return folder / "archive" / "keys" / "town-x.credential"; }
  // What a question shows with it, as a header.
  static std::string bearer(const collect::Credential& credential) {
    sources::Ask ask{.url = "https://town.example/", .accept = "", .about = ""};
    ask.shows = {{}};
    net::Request request{ask.url, {}, false};
    EXPECT_TRUE(credential.show(ask, request));
    return request.secret_headers.empty() ? "" : request.secret_headers.front().second;
  }

  support::TempFolder folder;
  std::map<std::string, std::string> variables;
};

TEST_F(Credentials, ComeFromTheEnvironmentThenFromSystemdThenFromTheArchive) {
  ASSERT_TRUE(base::write_durably(own(), "from-the-archive\n", base::Mode::kPrivate));
  EXPECT_EQ(bearer(open().value()), "Bearer from-the-archive");
  fs::create_directories(folder / "systemd");
  ASSERT_TRUE(base::write_durably(folder / "systemd" / "town-x", "from-systemd", base::Mode::kShared));
  variables["CREDENTIALS_DIRECTORY"] = (folder / "systemd").string();
  EXPECT_EQ(bearer(open().value()), "Bearer from-systemd");
  variables["MUNIMENT_CREDENTIAL_TOWN_X"] = "from-a-variable";
  EXPECT_EQ(bearer(open().value()), "Bearer from-a-variable");
}

TEST_F(Credentials, ThatAreNowhereSayWhereTheyMayBe) {
  const auto none = open();
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Code::kNotFound);
  EXPECT_THAT(none.error().hint, HasSubstr("MUNIMENT_CREDENTIAL_TOWN_X"));
}

TEST_F(Credentials, BehindALinkOrForOthersToReadAreRefused) {
  ASSERT_TRUE(base::write_durably(folder / "elsewhere", "somebody-elses", base::Mode::kPrivate));
  fs::create_symlink(folder / "elsewhere", own());
  EXPECT_EQ(open().error().code, Code::kDenied);
  fs::remove(own());
  ASSERT_TRUE(base::write_durably(own(), "for-all-to-read", base::Mode::kShared));
  EXPECT_EQ(open().error().code, Code::kDenied);
  EXPECT_THAT(open().error().what, Not(HasSubstr("for-all-to-read")));
}

TEST_F(Credentials, ThatMakeNoSenseAreRefusedWithoutBeingQuoted) {
  for (const auto* text : {"sh0rt!", "user=clerk", "two:parts-of-which-one-is-user\x01here",
                           "expires=never\ntoken=long-enough"}) {
    variables["MUNIMENT_CREDENTIAL_TOWN_X"] = text;
    const auto opened = open("token");
    ASSERT_FALSE(opened) << text;
    EXPECT_EQ(opened.error().code, Code::kInvalid);
    EXPECT_THAT(opened.error().what + opened.error().hint, Not(HasSubstr(text)));
  }
  variables["MUNIMENT_CREDENTIAL_TOWN_X"] = "no-colon-in-it";
  EXPECT_FALSE(open("user password"));
}

TEST_F(Credentials, AreNeverSentInTheClearOverTheInternet) {
  variables["MUNIMENT_CREDENTIAL_TOWN_X"] = "long-enough";
  const auto credential = open();
  ASSERT_TRUE(credential);
  sources::Ask ask{.url = "http://town.example/", .accept = "", .about = ""};
  ask.shows = {{}};
  net::Request request{ask.url, {}, false};
  EXPECT_EQ(credential->show(ask, request).error().code, Code::kDenied);
  EXPECT_TRUE(request.secret_headers.empty());
}

TEST_F(Credentials, InAnAddressTakeThePlaceOfWhatStoodThere) {
  variables["MUNIMENT_CREDENTIAL_TOWN_X"] = "long enough";
  sources::Ask ask{
      .url = "https://graph.example/me?limit=5&access_token=withheld&after=x", .accept = "", .about = ""};
  ask.shows = {{sources::Showing::Place::kParameter, "token", "access_token"}};
  net::Request request{ask.url, {}, false};
  ASSERT_TRUE(open()->show(ask, request));
  EXPECT_EQ(request.url, "https://graph.example/me?limit=5&after=x&access_token=long%20enough");
}

TEST(CredentialNames, AreNamesAndNotSecrets) {
  EXPECT_TRUE(is_credential_name("town-x.2"));
  for (const auto* name : {"", ".hidden", "Hunter2!", "a/b", "../up"})
    EXPECT_FALSE(is_credential_name(name)) << name;
}

TEST(PlatformTable, HasASentenceForEveryRow) {
  for (const auto& line : platform_lines()) EXPECT_GT(line.size(), 40U) << line;
}

}  // namespace
}  // namespace muniment::app
