// As far as libcurl goes with a mail server before anybody's login is said.  Addresses of this machine's own
// are never made to secure themselves by the transport, so the step below it is asked here.
#include <curl/curl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <array>

#include "base/file.hpp"
#include "net/curl_hop.hpp"
#include "support/starttls_server.hpp"
#include "support/temp_folder.hpp"

namespace muniment::net {
namespace {

using support::StarttlsServer;
using support::TestAuthority;
using testing::Contains;
using testing::Each;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;
using Does = StarttlsServer::Does;

class Starttls : public testing::Test {
 protected:
  Starttls() { EXPECT_TRUE(base::write_durably(folder / "authorities.pem", authority.own().certificate)); }

  Result<HopAnswer> open(const StarttlsServer& server) {
    Hop hop;
    hop.url.scheme = "imap";
    hop.url.host = "127.0.0.1";
    hop.url.port = server.port();
    hop.url.whole = "imap://127.0.0.1:" + std::to_string(server.port()) + "/";
    hop.authorities = folder / "authorities.pem";
    hop.allow_private = true;
    hop.remaining = std::chrono::milliseconds{10'000};
    hop.connect_only = hop.starttls = true;
    return handle.get(hop);
  }
  // What is said next, as the transport says it, and what comes back.
  std::string say(const std::string& line) {
    std::size_t count = 0;
    EXPECT_EQ(curl_easy_send(handle.easy(), line.data(), line.size(), &count), CURLE_OK);
    EXPECT_EQ(count, line.size());
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(handle.easy(), CURLINFO_ACTIVESOCKET, &socket);
    std::array<char, 1000> bytes{};
    for (auto code = CURLE_AGAIN; code == CURLE_AGAIN;) {
      code = curl_easy_recv(handle.easy(), bytes.data(), bytes.size(), &count);
      if (code == CURLE_OK) return {bytes.data(), count};
      pollfd one{socket, POLLIN, 0};
      if (code != CURLE_AGAIN || ::poll(&one, 1, 10'000) <= 0) break;
    }
    return "nothing came";
  }

  support::TempFolder folder;
  TestAuthority authority;
  const support::TlsIdentity ours = authority.sign("IP:127.0.0.1");
  CurlHandle handle;
};

TEST_F(Starttls, SecuresTheConnectionBeforeAnythingElseIsSaid) {
  StarttlsServer server(ours, Does::kSecures);
  const auto opened = open(server);
  ASSERT_TRUE(opened) << opened.error().what;
  EXPECT_THAT(opened->tls, StartsWith("TLSv1.3"));
  EXPECT_THAT(opened->tls, HasSubstr("by CN = Wexcombe Test Authority, verified"));
  EXPECT_EQ(say("a1 NOOP\r\n"), "a1 OK done\r\n");
  EXPECT_THAT(server.heard(), Contains("secured: a1 NOOP"));
  for (const auto& line : server.heard()) EXPECT_THAT(line, testing::Not(HasSubstr("AUTHENTICATE")));
}

TEST_F(Starttls, AServerThatDoesNotOfferItHearsNoLogin) {
  for (const auto does : {Does::kOffersNothing, Does::kRefuses}) {
    StarttlsServer server(ours, does);
    const auto opened = open(server);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Code::kDenied) << opened.error().what;
    EXPECT_THAT(opened.error().what, HasSubstr("no login was sent"));
    EXPECT_THAT(opened.error().hint, HasSubstr("imaps"));
    EXPECT_THAT(server.heard(),
                Each(testing::AnyOf(EndsWith("CAPABILITY"), EndsWith("STARTTLS"), EndsWith("LOGOUT"))));
  }
}

TEST_F(Starttls, ACertificateOfAStrangerIsNotAccepted) {
  const TestAuthority stranger("Somebody Else");
  StarttlsServer server(stranger.sign("IP:127.0.0.1"), Does::kSecures);
  const auto opened = open(server);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::kDenied);
  EXPECT_THAT(opened.error().what, HasSubstr("authority that this machine does not know"));
}

TEST_F(Starttls, WhatWasSaidBeforeTheConnectionWasSecuredIsNotTakenForWhatCameAfter) {
  StarttlsServer server(ours, Does::kInjects);
  const auto opened = open(server);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::kInvalid) << opened.error().what;
  EXPECT_THAT(opened.error().what, HasSubstr("not IMAP as it should be"));
}

}  // namespace
}  // namespace muniment::net
