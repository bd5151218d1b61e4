#include "net/curl_transport.hpp"

#include <gtest/gtest.h>

#include <map>

#include "base/bytes.hpp"
#include "support/either_transport.hpp"
#include "support/loopback_server.hpp"

namespace muniment::net {
namespace {

using std::chrono::milliseconds;
using Wire = support::LoopbackServer::Wire;

class Curl : public testing::TestWithParam<support::Wire> {
 protected:
  Result<Response> get(const std::string& path, Limits limits = {}, bool allow_private = true) {
    return get_url(server.url(path), limits, allow_private);
  }
  Result<Response> get_url(const std::string& url, Limits limits = {}, bool allow_private = true) {
    const auto transport =
        either_transport(GetParam(), base::system_clock(),
                         {user_agent("Wexcombe Town Council", "records@wexcombe.example"), limits, &stop,
                          [this](const char* name) { return environment[name]; }});
    return transport->get({url, request_headers, allow_private});
  }
  std::atomic<bool> stop{false};
  std::atomic<std::uint64_t> sent{0};
  std::map<std::string, std::string> environment;
  Headers request_headers;
  support::LoopbackServer server;
};

TEST_P(Curl, FetchesAPageAndSaysWhoItIsAndWhoAnswered) {
  server.answer("/a", 200, "hello", "ETag: \"1\"\r\n");
  const auto answer = get("/a");
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "hello");
  EXPECT_EQ(header(answer->headers, "etag"), "\"1\"");
  EXPECT_EQ(answer->peer, "127.0.0.1:" + std::to_string(server.port()));
  EXPECT_EQ(answer->tls, "");
  EXPECT_LE(answer->started, answer->finished);
  const auto request = server.requests().at(0);
  EXPECT_NE(request.find("User-Agent: muniment/0.1 (+records archive of Wexcombe Town Council; contact "
                         "records@wexcombe.example)\r\n"),
            std::string::npos)
      << request;
  EXPECT_NE(request.find("Accept-Encoding: "), std::string::npos);
  EXPECT_EQ(request.find("Cookie"), std::string::npos);
}

TEST_P(Curl, AnyStatusIsAnAnswer) {
  server.answer("/gone", 410, "gone");
  EXPECT_EQ(get("/gone")->status, 410);
}

TEST_P(Curl, DoesNotContactThisMachineWithoutPermission) {
  server.answer("/a", 200, "hello");
  for (const auto* host : {"127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"}) {
    const auto answer = get_url(server.url("/a", host), {}, false);
    ASSERT_FALSE(answer) << host;
    EXPECT_EQ(answer.error().code, Code::kDenied) << host << ": " << answer.error().what;
  }
  EXPECT_TRUE(server.requests().empty());
}

TEST_P(Curl, DoesNotContactMetadataServicesEvenWithPermission) {
  for (const auto* host :
       {"169.254.169.254", "0.0.0.0", "[fe80::1]", "[::ffff:169.254.169.254]", "224.0.0.1"}) {
    const auto answer = get_url("http://" + std::string(host) + "/latest/meta-data/");
    ASSERT_FALSE(answer) << host;
    EXPECT_EQ(answer.error().code, Code::kDenied) << host << ": " << answer.error().what;
  }
}

TEST_P(Curl, FollowsRedirectsAndRecordsThem) {
  server.answer("/a", 301, "", "Location: /b\r\n");
  server.answer("/b", 302, "", "Location: " + server.url("/c") + "\r\n");
  server.answer("/c", 200, "here");
  const auto answer = get("/a");
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->body, "here");
  EXPECT_EQ(answer->final_url, server.url("/c"));
  EXPECT_EQ(answer->redirects, (std::vector<std::string>{server.url("/a"), server.url("/b")}));
}

TEST_P(Curl, ARedirectCannotLeadToAnotherPrivatePlace) {
  support::LoopbackServer neighbour;
  neighbour.answer("/secret", 200, "internal");
  server.answer("/port", 302, "", "Location: " + neighbour.url("/secret") + "\r\n");
  server.answer("/host", 302, "", "Location: " + server.url("/x", "localhost") + "\r\n");
  server.answer("/meta", 302, "", "Location: http://169.254.169.254/latest/\r\n");
  server.answer("/file", 302, "", "Location: file:///etc/passwd\r\n");
  server.answer("/user", 302, "", "Location: http://u:hush@127.0.0.1/\r\n");
  for (const auto* path : {"/port", "/host", "/meta", "/file", "/user"}) {
    const auto answer = get(path);
    ASSERT_FALSE(answer) << path;
    EXPECT_EQ(answer.error().code, Code::kDenied) << path << ": " << answer.error().what;
    EXPECT_EQ(answer.error().what.find("hush"), std::string::npos);
  }
  EXPECT_TRUE(neighbour.requests().empty());
}

TEST_P(Curl, AKeptConnectionOpenedWithPermissionIsNotUsedWithout) {
  server.on("/a", [](Wire& wire) {
    wire.say("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
    wire.pause(60'000);
  });
  const auto transport = either_transport(GetParam(), base::system_clock(),
                                          {"test", {}, nullptr, [](const char*) { return std::string(); }});
  EXPECT_TRUE(transport->get({server.url("/a"), {}, true}));
  const auto answer = transport->get({server.url("/a"), {}, false});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kDenied);
}

TEST_P(Curl, RedirectsInACircleEnd) {
  server.answer("/a", 302, "", "Location: /a\r\n");
  const auto answer = get("/a");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kDenied);
  EXPECT_EQ(server.requests().size(), 6U);
}

TEST_P(Curl, CredentialsStayWithTheHostTheyWereMeantFor) {
  server.answer("/a", 200, "x");
  request_headers = {{"Authorization", "Bearer hush"}};
  EXPECT_TRUE(get("/a"));
  EXPECT_NE(server.requests().at(0).find("Bearer hush"), std::string::npos);
  support::LoopbackServer proxy;
  proxy.on("http://1.1.1.1/a", [](Wire& wire) {
    wire.say("HTTP/1.1 302 Found\r\nLocation: http://1.0.0.1/b\r\nContent-Length: 0\r\n\r\n");
  });
  proxy.answer("http://1.0.0.1/b", 200, "y");
  environment["http_proxy"] = proxy.url("");
  const auto answer = get_url("http://1.1.1.1/a", {}, false);
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_NE(proxy.requests().at(0).find("Bearer hush"), std::string::npos);
  EXPECT_EQ(proxy.requests().at(1).find("Bearer hush"), std::string::npos);
  EXPECT_NE(answer->peer.find("(proxy)"), std::string::npos);
}

TEST_P(Curl, ThroughAProxyPrivateTargetsAreStillRefused) {
  support::LoopbackServer proxy;
  environment["http_proxy"] = proxy.url("");
  for (const auto* url : {"http://10.0.0.1/", "http://169.254.169.254/", "http://[fd00::1]/"}) {
    const auto answer = get_url(url, {}, false);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, Code::kDenied);
  }
  EXPECT_TRUE(proxy.requests().empty());
}

// The beginning of a gzip stream whose every further zero byte means 1,032 bytes of output: a megabyte on
// the wire is a gigabyte in memory for whoever lets it.
std::string gzip_bomb() {
  return *base::from_base64("H4sIAAAAAAACA+3BMQEAAADCoPVPbQhfoAAA") + std::string(1 << 20, '\0');
}

TEST_P(Curl, AGzipBombIsCutOffWhileItUnfolds) {
  server.on("/bomb", [bomb = gzip_bomb()](Wire& wire) {
    wire.say("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + std::to_string(bomb.size()) +
             "\r\n\r\n");
    wire.say(bomb);
  });
  Limits limits;
  limits.body_bytes = 2 << 20;
  const auto answer = get("/bomb", limits);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kInvalid);
  EXPECT_NE(answer.error().what.find("larger than"), std::string::npos) << answer.error().what;
}

TEST_P(Curl, ABodyThatIsTooLargeIsCutOffAsItComes) {
  server.on("/big", [this](Wire& wire) {
    const std::string block(1 << 16, 'x');
    if (!wire.say("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")) return;
    while (sent < (1ULL << 30) && wire.say(block)) sent += block.size();
  });
  Limits limits;
  limits.body_bytes = 1 << 20;
  const auto answer = get("/big", limits);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kInvalid);
  EXPECT_LT(sent, 64U << 20);
}

TEST_P(Curl, ABodyThatAnnouncesItselfTooLargeIsNotReadAtAll) {
  server.on("/big", [](Wire& wire) { wire.say("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\nx"); });
  const auto answer = get("/big");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kInvalid) << answer.error().what;
}

TEST_P(Curl, HeadersWithoutEndAreCutOff) {
  server.on("/many", [](Wire& wire) {
    if (!wire.say("HTTP/1.1 200 OK\r\n")) return;
    for (int i = 0; i < 1'000'000; ++i)
      if (!wire.say("X-Filler-" + std::to_string(i) + ": " + std::string(80, 'x') + "\r\n")) return;
  });
  server.on("/long", [](Wire& wire) {
    if (!wire.say("HTTP/1.1 200 OK\r\nX-Long: ")) return;
    for (int i = 0; i < 100'000 && wire.say(std::string(1000, 'x')); ++i) {
    }
  });
  for (const auto* path : {"/many", "/long"}) {
    const auto answer = get(path);
    ASSERT_FALSE(answer) << path;
    EXPECT_NE(answer.error().code, Code::kInternal) << answer.error().what;
  }
}

TEST_P(Curl, HalfAnAnswerIsNone) {
  server.on("/half",
            [](Wire& wire) { wire.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it"); });
  const auto answer = get("/half");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kUnavailable);
  EXPECT_NE(answer.error().what.find("10 bytes"), std::string::npos) << answer.error().what;
}

TEST_P(Curl, AnAnswerThatIsNotHttpIsRefused) {
  server.on("/smtp", [](Wire& wire) { wire.say("220 mail.wexcombe.example ESMTP\r\n"); });
  server.on("/none", [](Wire&) {});
  EXPECT_FALSE(get("/smtp"));
  EXPECT_EQ(get("/none").error().code, Code::kUnavailable);
}

TEST_P(Curl, ADripOfBytesIsGivenUpAfterTheTimeAllowed) {
  server.on("/drip", [](Wire& wire) {
    if (!wire.say("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")) return;
    while (wire.say("x") && wire.pause(50)) {
    }
  });
  Limits limits;
  limits.total = milliseconds{400};
  const auto answer = get("/drip", limits);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kUnavailable);
}

TEST_P(Curl, TheTimeAllowedIsForAllRedirectsTogether) {
  server.on("/slow", [](Wire& wire) {
    if (wire.pause(150)) wire.say("HTTP/1.1 302 Found\r\nLocation: /slow\r\nContent-Length: 0\r\n\r\n");
  });
  Limits limits;
  limits.total = milliseconds{400};
  limits.redirects = 1000;
  const auto answer = get("/slow", limits);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kUnavailable);
  EXPECT_LT(server.requests().size(), 5U);
}

TEST_P(Curl, NobodyListeningIsUnavailable) {
  std::uint16_t port = 0;
  {
    const support::LoopbackServer closed;
    port = closed.port();
  }
  const auto answer = get_url("http://127.0.0.1:" + std::to_string(port) + "/");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kUnavailable);
}

TEST_P(Curl, AHeaderValueFromOutsideCannotSmuggleAnother) {
  request_headers = {{"If-None-Match", "\"x\"\r\nX-Evil: 1"}};
  const auto answer = get("/a");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kInvalid);
  EXPECT_TRUE(server.requests().empty());
}

TEST_P(Curl, ErrorsDoNotRepeatCredentialsOfTheAddress) {
  server.on("/none", [](Wire&) {});
  const auto answer = get("/none?access_token=hush&page=2");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().what.find("hush"), std::string::npos);
  EXPECT_NE(answer.error().what.find("page=2"), std::string::npos);
}

TEST_P(Curl, StopsWhenToldTo) {
  server.on("/slow", [this](Wire& wire) {
    stop = true;
    wire.pause(60'000);
  });
  const auto answer = get("/slow");
  ASSERT_FALSE(answer);
  EXPECT_NE(answer.error().what.find("stopped on request"), std::string::npos) << answer.error().what;
}

INSTANTIATE_TEST_SUITE_P(Both, Curl, testing::Values(support::Wire::kWaits, support::Wire::kOneOfMany),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace muniment::net
