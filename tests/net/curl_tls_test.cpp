#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <map>

#include "base/file.hpp"
#include "support/either_transport.hpp"
#include "support/loopback_server.hpp"
#include "support/plain_listener.hpp"
#include "support/temp_folder.hpp"
#include "support/tls_server.hpp"

namespace muniment::net {
namespace {

using support::TestAuthority;
using support::TlsServer;
using testing::HasSubstr;

class CurlTls : public testing::TestWithParam<support::Wire> {
 protected:
  CurlTls() { believe(authority.own().certificate); }

  void believe(const std::string& certificates) {
    const auto file = (folder.path() / "authorities.pem").string();
    std::filesystem::remove(file);
    EXPECT_TRUE(base::write_durably(file, certificates));
    environment["SSL_CERT_FILE"] = file;
  }
  Result<Response> get(const std::string& url) {
    const auto transport = either_transport(
        GetParam(), base::system_clock(),
        {"muniment/test", Limits{}, nullptr, [this](const char* name) { return environment[name]; }});
    return transport->get({url, {}, true});
  }
  // The one place where a failed request is looked at: what a clerk reads, and that nothing was asked.
  void expect_refused(TlsServer& server, Code code, const char* words) {
    server.answer("/a", 200, "hello");
    const auto answer = get(server.url("/a"));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, code);
    EXPECT_THAT(answer.error().what, HasSubstr(words));
    EXPECT_THAT(answer.error().what, HasSubstr("nothing was asked"));
    EXPECT_FALSE(answer.error().hint.empty());
    EXPECT_TRUE(server.requests().empty()) << "the request went out all the same";
  }

  support::TempFolder folder;
  TestAuthority authority;
  std::map<std::string, std::string> environment;
  const std::string here = "IP:127.0.0.1";
};

TEST_P(CurlTls, AGoodCertificateIsAcceptedAndRecorded) {
  TlsServer server(authority.sign(here));
  server.answer("/a", 200, "hello");
  const auto answer = get(server.url("/a"));
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->body, "hello");
  EXPECT_THAT(answer->tls, testing::StartsWith("TLSv1.3"));
  EXPECT_THAT(answer->tls, HasSubstr("certificate of CN = a site of the tests"));
  EXPECT_THAT(answer->tls, HasSubstr("by CN = Wexcombe Test Authority, verified"));
}

TEST_P(CurlTls, Tls12IsStillSpoken) {
  TlsServer server(authority.sign(here), {TLS1_2_VERSION, TLS1_2_VERSION});
  server.answer("/a", 200, "hello");
  const auto answer = get(server.url("/a"));
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_THAT(answer->tls, testing::StartsWith("TLSv1.2"));
}

TEST_P(CurlTls, ACertificateByAnUnknownAuthorityIsRefused) {
  const TestAuthority stranger("Somebody Else");
  TlsServer server(stranger.sign(here));
  expect_refused(server, Code::kDenied, "signed by an authority that this machine does not know");
}

TEST_P(CurlTls, WithoutTheTestsOwnAuthorityTheSystemsAreBelievedAndOursIsUnknown) {
  environment.clear();
  TlsServer server(authority.sign(here));
  expect_refused(server, Code::kDenied, "signed by an authority that this machine does not know");
}

TEST_P(CurlTls, ACertificateThatSignedItselfIsRefused) {
  const TestAuthority itself("127.0.0.1");
  TlsServer server(itself.own());
  expect_refused(server, Code::kDenied, "is signed by itself");
}

TEST_P(CurlTls, ACertificateForAnotherHostIsRefused) {
  for (const auto* names : {"DNS:other.example", "IP:127.0.0.2", "DNS:127.0.0.1"}) {
    SCOPED_TRACE(names);
    TlsServer server(authority.sign(names));
    expect_refused(server, Code::kDenied, "is for another host");
  }
}

TEST_P(CurlTls, ACertificateOutsideItsTimeIsRefused) {
  TlsServer expired(authority.sign(here, -30, -1));
  expect_refused(expired, Code::kDenied, "has expired");
  TlsServer early(authority.sign(here, 1, 30));
  expect_refused(early, Code::kDenied, "is not valid yet");
}

TEST_P(CurlTls, OldVersionsOfTlsAreRefused) {
  for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
    SCOPED_TRACE(version);
    TlsServer server(authority.sign(here), {version, version});
    expect_refused(server, Code::kDenied, "no secure connection");
  }
}

// A web server without TLS says so in plain HTTP, whatever it is sent.
TEST_P(CurlTls, AServerThatDoesNotSpeakTlsIsNoSecureConnection) {
  support::PlainListener listener("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
  const auto answer = get("https://127.0.0.1:" + std::to_string(listener.port()) + "/");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kUnavailable);
  EXPECT_THAT(answer.error().what, HasSubstr("no secure connection"));
  EXPECT_THAT(answer.error().what, HasSubstr("nothing was asked"));
}

TEST_P(CurlTls, ARedirectToPlainHttpIsNotFollowed) {
  support::LoopbackServer plain;
  plain.answer("/b", 200, "in the open");
  TlsServer server(authority.sign(here));
  server.answer("/a", 302, "", "Location: " + plain.url("/b") + "\r\n");
  const auto answer = get(server.url("/a"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kDenied);
  EXPECT_THAT(answer.error().what, HasSubstr("redirects from https to plain http"));
  EXPECT_TRUE(plain.requests().empty());
}

TEST_P(CurlTls, ARedirectWithinTlsIsFollowed) {
  TlsServer server(authority.sign(here));
  server.answer("/a", 302, "", "Location: /b\r\n");
  server.answer("/b", 200, "moved");
  const auto answer = get(server.url("/a"));
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->body, "moved");
  EXPECT_THAT(answer->redirects, testing::ElementsAre(server.url("/a")));
}

TEST_P(CurlTls, AListOfAuthoritiesThatCannotBeReadIsSaid) {
  environment["SSL_CERT_FILE"] = (folder.path() / "nowhere.pem").string();
  TlsServer server(authority.sign(here));
  expect_refused(server, Code::kDenied, "SSL_CERT_FILE");
}

INSTANTIATE_TEST_SUITE_P(Both, CurlTls, testing::Values(support::Wire::kWaits, support::Wire::kOneOfMany),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace muniment::net
