#include "collect/media_judgement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muniment::collect {
namespace {

using std::chrono::hours;
using testing::HasSubstr;

net::Response answer(int status, const std::string& body = "bytes") {
  net::Response out;
  out.status = status;
  out.body = body;
  return out;
}

TEST(MediaJudgement, KeepsPicturesSoundVideosAndDocuments) {
  for (const auto* type : {"image/jpeg", "image/svg+xml", "audio/mpeg", "video/mp4", "application/pdf",
                           "text/plain", "application/vnd.oasis.opendocument.text",
                           "application/vnd.openxmlformats-officedocument.wordprocessingml.document"})
    EXPECT_TRUE(is_kept_type(type)) << type;
  for (const auto* type :
       {"text/html", "application/x-sharedlib", "application/zip", "application/javascript",
        "text/x-shellscript", "application/octet-stream", "inode/x-empty", ""})
    EXPECT_FALSE(is_kept_type(type)) << type;
}

TEST(MediaJudgement, FindsNothingWrongWithAFileThatCame) {
  EXPECT_FALSE(media_fault(answer(200), "https://a.example/1.png", "image/png"));
}

TEST(MediaJudgement, NamesWhatIsWrong) {
  const auto reason = [](const Result<net::Response>& from, std::string_view type = "image/png",
                         std::string_view named = "https://a.example/1.png") {
    return std::string(media_fault(from, named, type).reason);
  };
  EXPECT_EQ(reason(answer(404)), "not-found");
  EXPECT_EQ(reason(answer(410)), "not-found");
  for (const int status : {401, 403, 451}) EXPECT_EQ(reason(answer(status)), "barred");
  for (const int status : {204, 206, 302, 418, 429, 500, 503})
    EXPECT_EQ(reason(answer(status)), "host-error");
  EXPECT_EQ(reason(answer(200, "")), "empty");
  EXPECT_EQ(reason(answer(200), "text/html"), "web-page");
  EXPECT_EQ(reason(answer(200), "application/zip"), "type");
  EXPECT_EQ(reason(answer(200), "image/png", "at://did:plc:a/blob/bafkreia"), "not-the-file");
  EXPECT_EQ(reason(Error{Code::kUnavailable, "took too long"}), "no-answer");
  EXPECT_EQ(reason(Error{Code::kIo, "the network failed"}), "no-answer");
  EXPECT_EQ(reason(Error{Code::kDenied, "it is at 10.0.0.1"}), "not-allowed");
  EXPECT_EQ(reason(Error{Code::kInvalid, "the answer from a is larger than 25 MB; nothing was kept"}),
            "too-large");
  EXPECT_EQ(reason(Error{Code::kInvalid, "that is not HTTP as it should be"}), "host-error");
}

TEST(MediaJudgement, WhatCannotChangeIsAskedForOnceAndTheRestMoreAndMoreSeldom) {
  EXPECT_EQ(media_tries("type"), 1);
  EXPECT_EQ(media_tries("too-large"), 1);
  EXPECT_EQ(media_tries("not-allowed"), 1);
  EXPECT_EQ(media_tries("not-found"), 2);
  EXPECT_EQ(media_tries("no-answer"), 5);
  EXPECT_EQ(media_pause("no-answer", 1), hours{1});
  EXPECT_EQ(media_pause("no-answer", 4), hours{64});
  EXPECT_EQ(media_pause("not-found", 1), hours{24});
}

}  // namespace
}  // namespace muniment::collect
