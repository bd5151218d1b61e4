// What a POST and what lets somebody in do on their way, over a real connection.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/either_transport.hpp"
#include "support/fake_clock.hpp"
#include "support/loopback_server.hpp"

namespace muniment::net {
namespace {

using testing::HasSubstr;
using testing::Not;

class CurlPost : public testing::TestWithParam<support::Wire> {
 protected:
  Result<Response> ask(const std::string& path, bool post) {
    Request request{server.url(path), {}, true};
    request.secret_headers = {{"Api-Key", "open-sesame"}};
    request.post = post;
    request.body = post ? R"({"a":1})" : "";
    return transport->get(request);
  }
  support::FakeClock clock;
  support::LoopbackServer server;
  std::unique_ptr<Transport> transport = either_transport(
      GetParam(), clock, {"muniment tests", {}, nullptr, [](const char*) { return std::string(); }});
};

TEST_P(CurlPost, SendsItsBodyAndWhatLetsItIn) {
  server.answer("/session", 200, "{}");
  ASSERT_TRUE(ask("/session", true));
  EXPECT_THAT(server.requests().front(), HasSubstr("POST /session"));
  EXPECT_THAT(server.requests().front(), HasSubstr("Api-Key: open-sesame"));
  EXPECT_THAT(server.requests().front(), HasSubstr("Content-Length: 7"));
  server.answer("/list", 200, "{}");
  ASSERT_TRUE(ask("/list", false));
  EXPECT_THAT(server.requests().back(), HasSubstr("GET /list"));
}

TEST_P(CurlPost, IsNeverFollowedElsewhere) {
  server.answer("/session", 307, "", "Location: /elsewhere\r\n");
  const auto answer = ask("/session", true);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 307);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_P(CurlPost, WhatLetsItInStaysWithTheServerItIsMeantFor) {
  support::LoopbackServer other;
  other.answer("/b", 200, "x");
  server.answer("/a", 302, "", "Location: " + other.url("/b", "localhost") + "\r\n");
  (void)ask("/a", false);
  server.answer("/c", 302, "", "Location: /d\r\n");
  server.answer("/d", 200, "x");
  ASSERT_TRUE(ask("/c", false));
  EXPECT_THAT(server.requests().back(), HasSubstr("open-sesame")) << "the same server";
  for (const auto& request : other.requests()) EXPECT_THAT(request, Not(HasSubstr("open-sesame")));
}

INSTANTIATE_TEST_SUITE_P(Both, CurlPost, testing::Values(support::Wire::kWaits, support::Wire::kOneOfMany),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace muniment::net
