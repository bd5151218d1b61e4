#include "net/mailbox_transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/bytes.hpp"
#include "support/either_transport.hpp"
#include "support/plain_listener.hpp"

namespace muniment::net {
namespace {

using support::PlainListener;
using testing::HasSubstr;

const std::string kScript =
    "* OK ready\r\n+ \r\na1 OK in\r\n* OK [UIDVALIDITY 77] stays\r\na2 OK done\r\n"
    "* SEARCH 5\r\na3 OK done\r\n";

class Mailboxes : public testing::TestWithParam<support::Wire> {
 protected:
  static std::string box(const PlainListener& listener) {
    return "imap://127.0.0.1:" + std::to_string(listener.port()) + "/INBOX";
  }
  static Request list(const std::string& mailbox, bool allow_private = true) {
    Request request{mailbox + "?UID%201:*", {}, allow_private};
    request.secret_headers.emplace_back("Authorization", "Basic " + base::to_base64("ann:secret"));
    return request;
  }
  Result<Response> get(const Request& request) {
    Limits limits;
    limits.total = std::chrono::milliseconds{3'000};
    const auto transport =
        either_transport(GetParam(), base::system_clock(),
                         {"muniment/test", limits, nullptr, [](const char*) { return std::string(); }});
    return transport->get(request);
  }
};

TEST_P(Mailboxes, AreListedAndTheAnswerNamesTheirEpoch) {
  const PlainListener server(kScript, PlainListener::Then::kStays);
  const auto answer = get(list(box(server)));
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "* SEARCH 5\r\n");
  EXPECT_EQ(answer->final_url, box(server) + ";UIDVALIDITY=77");
  EXPECT_EQ(answer->peer, "127.0.0.1:" + std::to_string(server.port()));
}

TEST_P(Mailboxes, AreListedByToken) {
  const PlainListener server(
      "* OK ready\r\n* CAPABILITY AUTH=XOAUTH2\r\na1 OK done\r\n+ \r\na2 OK in\r\n* OK [UIDVALIDITY 77] "
      "stays\r\n"
      "a3 OK done\r\n* SEARCH 5\r\na4 OK done\r\n",
      PlainListener::Then::kStays);
  auto request = list(box(server));
  request.secret_headers = {{"Authorization", "Bearer " + base::to_base64("ann:ya29.a-token")}};
  const auto answer = get(request);
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "* SEARCH 5\r\n");
}

TEST_P(Mailboxes, OnAPrivateAddressNeedPermission) {
  const PlainListener server(kScript, PlainListener::Then::kStays);
  const auto answer = get(list(box(server), false));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kDenied);
}

TEST_P(Mailboxes, AreNotAskedWithoutALogin) {
  const PlainListener server(kScript, PlainListener::Then::kStays);
  auto request = list(box(server));
  request.secret_headers.clear();
  const auto answer = get(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kDenied);
}

TEST_P(Mailboxes, OfAServerThatSpeaksSomethingElseAreAnError) {
  const PlainListener server("HTTP/1.1 400 Bad Request\r\n\r\n");
  const auto answer = get(list(box(server)));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kInvalid);
  EXPECT_THAT(answer.error().what, HasSubstr("does not speak IMAP"));
}

TEST_P(Mailboxes, OfAServerThatStopsInTheMiddleAreAnError) {
  const PlainListener server(kScript.substr(0, kScript.size() - 12));
  const auto answer = get(list(box(server)));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kUnavailable);
}

TEST_P(Mailboxes, OverTlsWithNobodyThereAreAnError) {
  const PlainListener server(kScript, PlainListener::Then::kStays);
  const auto answer = get(list("imaps" + box(server).substr(4)));
  EXPECT_FALSE(answer);
}

INSTANTIATE_TEST_SUITE_P(Both, Mailboxes, testing::Values(support::Wire::kWaits, support::Wire::kOneOfMany),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace muniment::net
