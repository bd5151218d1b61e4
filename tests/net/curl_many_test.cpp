// What is particular to many requests at a time; the rules themselves are tested with both transports in
// curl_transport_test.cpp, curl_tls_test.cpp and curl_post_test.cpp.
#include "net/curl_many.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/loopback_server.hpp"

namespace muniment::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::IsEmpty;
using testing::SizeIs;
using Wire = support::LoopbackServer::Wire;

class ManyAtOnce : public testing::Test {
 protected:
  std::map<Ticket, Result<Response>> answers(std::size_t count) {
    std::map<Ticket, Result<Response>> out;
    while (out.size() < count)
      for (auto& arrival : many.wait(seconds{10})) out.emplace(arrival.ticket, std::move(arrival.answer));
    return out;
  }
  std::atomic<bool> go{false};
  std::atomic<bool> hung_up{false};
  support::LoopbackServer server;
  CurlMany many{base::system_clock(),
                {"muniment tests", {}, nullptr, [](const char*) { return std::string(); }}};
};

TEST_F(ManyAtOnce, NobodyWaitsForASlowOne) {
  server.on("/slow", [this](Wire& wire) {
    while (!go && wire.pause(20)) {
    }
    wire.say("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nslow");
  });
  server.answer("/quick", 200, "quick");
  many.send(1, {server.url("/slow"), {}, true});
  many.send(2, {server.url("/quick"), {}, true});
  auto first = answers(1);
  ASSERT_TRUE(first.contains(2));
  EXPECT_EQ(first.at(2)->body, "quick");
  go = true;
  EXPECT_EQ(answers(1).at(1)->body, "slow");
}

TEST_F(ManyAtOnce, HundredsAreAnsweredEachWithItsOwn) {
  for (int i = 0; i < 300; ++i)
    server.answer("/" + std::to_string(i), i % 3 == 0 ? 404 : 200, "page " + std::to_string(i));
  for (int i = 0; i < 300; ++i)
    many.send(static_cast<Ticket>(i), {server.url("/" + std::to_string(i)), {}, true});
  const auto all = answers(300);
  ASSERT_THAT(all, SizeIs(300));
  for (const auto& [ticket, answer] : all) {
    ASSERT_TRUE(answer) << answer.error().what;
    EXPECT_EQ(answer->body, "page " + std::to_string(ticket));
    EXPECT_EQ(answer->status, ticket % 3 == 0 ? 404 : 200);
  }
}

TEST_F(ManyAtOnce, PermissionOfOneRequestIsNotAnothers) {
  server.on("/kept", [](Wire& wire) {
    wire.say("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
    wire.pause(60'000);
  });
  many.send(1, {server.url("/kept"), {}, true});
  EXPECT_TRUE(answers(1).at(1));
  many.send(2, {server.url("/kept"), {}, false});
  const auto barred = answers(1);
  ASSERT_FALSE(barred.at(2));
  EXPECT_EQ(barred.at(2).error().code, Code::kDenied);
  EXPECT_THAT(server.requests(), SizeIs(1));
}

TEST_F(ManyAtOnce, WhatIsDroppedIsCutOffAndNeverArrives) {
  server.on("/slow", [this](Wire& wire) { hung_up = !wire.pause(60'000); });
  server.answer("/quick", 200, "quick");
  many.send(1, {server.url("/slow"), {}, true});
  while (server.requests().empty()) EXPECT_THAT(many.wait(milliseconds{20}), IsEmpty());
  many.drop(1);
  many.send(2, {server.url("/quick"), {}, true});
  EXPECT_TRUE(answers(1).contains(2));
  while (!hung_up) EXPECT_THAT(many.wait(milliseconds{20}), IsEmpty());
}

TEST_F(ManyAtOnce, WaitingEndsWhenItsTimeIsOver) {
  const auto began = std::chrono::steady_clock::now();
  EXPECT_THAT(many.wait(milliseconds{30}), IsEmpty());
  EXPECT_GE(std::chrono::steady_clock::now() - began, milliseconds{30});
}

}  // namespace
}  // namespace muniment::net
