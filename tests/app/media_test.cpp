#include "app/media.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/attachments.hpp"
#include "app/check.hpp"
#include "app/find.hpp"
#include "app/source_history.hpp"
#include "app/sources.hpp"
#include "base/sha256.hpp"
#include "support/fake_transport.hpp"
#include "support/loopback_server.hpp"
#include "support/town_archive.hpp"

namespace muniment::app {
namespace {

using namespace std::string_literals;
using support::FakeTransport;
using support::TownArchive;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using State = AttachmentStory::State;

// A picture in as few bytes as make one, with a camera's note in it that is nobody's business.
const std::string kPicture = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0GPS 50.1N 5.2W"s;
const std::string kOther = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\2\0\0\0\2\x08\2\0\0\0another"s;
constexpr char kPier[] = "https://files.example/pier.png";
constexpr char kQuay[] = "https://files.example/quay.png";

class MediaTest : public testing::Test {
 protected:
  MediaTest() {
    add_source("town", "https://social.example/@town");
    wishes.transport = &web;
  }
  void add_source(const std::string& name, const std::string& url, bool allow_private = false) {
    const auto added = app::add_source(*town, {name, "mastodon", url, allow_private, "Ines Calloway"});
    ASSERT_TRUE(added) << added.error().what;
  }
  ledger::Seq post(const std::string& id, const std::vector<records::Media>& media,
                   const std::string& source = "town", std::string_view kind = ledger::kind::kCapture) {
    records::Interaction item;
    item.platform = "mastodon";
    item.id = id;
    item.type = "post";
    item.text = "The pier this morning";
    item.media = media;
    records::BodyBuilder body;
    records::add_fields(body, std::move(item));
    body.add("source", source).add("fetched", "2026-03-01T11:00:00.000Z");
    return town.add(kind, body.build());
  }
  MediaAnswer run() {
    const auto answer = fetch_media(*town, wishes);
    EXPECT_TRUE(answer) << answer.error().what;
    return answer.value_or(MediaAnswer{});
  }
  ledger::Seq size() { return town->reader().head()->size; }
  ledger::Seq last() { return size() - 1; }
  std::string field(std::string_view name) { return town.field(last(), name); }
  std::vector<AttachmentStory> attached(const std::string& id) {
    const auto story = show(*town, id);
    EXPECT_TRUE(story) << story.error().what;
    return story ? story->versions.back().attachments : std::vector<AttachmentStory>{};
  }
  std::size_t sealed_files() {
    std::error_code none;
    const std::filesystem::directory_iterator files(town.path() / "media", none);
    return none ? 0 : static_cast<std::size_t>(std::distance(begin(files), end(files)));
  }
  CheckAnswer verified() {
    town.close();
    const auto checked = check_archive(town.path(), {.deep = true, .compare_index = true});
    EXPECT_TRUE(checked);
    return checked.value_or(CheckAnswer{});
  }

  TownArchive town;
  FakeTransport web{town.clock};
  MediaWishes wishes;
};

TEST_F(MediaTest, SealsTheBytesAsTheyCameWithWhereTheyCameFrom) {
  const auto version = post("post/1", {{kPier, "image", "The pier at dawn"}});
  web.serve(kPier, 200, kPicture, {{"Content-Type", "image/jpeg"}, {"Set-Cookie", "visitor=1"}});
  town.at("2026-03-02T08:00:00Z");
  const auto answer = run();
  EXPECT_EQ(answer.kept, 1U);
  EXPECT_EQ(answer.bytes, kPicture.size());
  EXPECT_EQ(town->reader().entry(last())->kind, "media");
  EXPECT_EQ(field("of"), ledger::citation(version, *town->reader().leaf(version)));
  EXPECT_EQ(field("place"), "0");
  EXPECT_EQ(field("source"), "town");
  EXPECT_EQ(field("url"), kPier);
  EXPECT_EQ(field("status"), "200");
  EXPECT_EQ(field("fetched"), "2026-03-02T08:00:00.000Z");
  EXPECT_EQ(field("outcome"), "kept");
  EXPECT_EQ(field("media.0.type"), "image/png") << "found from the content";
  EXPECT_EQ(field("media.0.type.claimed"), "image/jpeg") << "what the host says";
  EXPECT_EQ(field("media.0.size"), std::to_string(kPicture.size()));
  EXPECT_EQ(field("media.0.sha256"), base::to_hex(base::sha256(kPicture)));
  EXPECT_EQ(field("provenance.media.0"), "observed");
  EXPECT_THAT(field("headers"), Not(HasSubstr("visitor")));
  EXPECT_EQ(*read_attachment(*town, "post/1", 0), kPicture);
  EXPECT_EQ(*read_attachment(*town, std::to_string(last()), 0), kPicture);
}

TEST_F(MediaTest, AFileThatManyNameIsSealedOnce) {
  post("post/1", {{kPier, "image", ""}});
  post("post/2", {{kQuay, "image", ""}, {kPier, "image", ""}});
  web.serve(kPier, 200, kPicture);
  web.serve(kQuay, 200, kPicture);
  const auto answer = run();
  EXPECT_EQ(answer.kept, 1U);
  EXPECT_EQ(answer.same, 2U);
  EXPECT_THAT(web.asked_urls(), ElementsAre(kPier, kQuay)) << "an address is asked once in a run";
  EXPECT_EQ(sealed_files(), 1U);
  const auto first = last() - 2;
  EXPECT_EQ(field("same-as"), ledger::citation(first, *town->reader().leaf(first)));
  EXPECT_EQ(field("asked.by"), std::to_string(first));
  EXPECT_EQ(field("media.0.file"), "");
  EXPECT_EQ(*read_attachment(*town, "post/2", 0), kPicture);
  EXPECT_EQ(*read_attachment(*town, "post/2", 1), kPicture);
  EXPECT_EQ(verified().exit_code, 0);
}

TEST_F(MediaTest, WhatIsHeldOrRefusedIsNotAskedForAgain) {
  post("post/1", {{kPier, "image", ""}});
  post("post/2", {{kQuay, "file", ""}});
  web.serve(kPier, 200, kPicture);
  web.serve(kQuay, 200, "#!/bin/sh\nrm -rf /\n");
  run();
  web.forget_asked();
  const auto before = size();
  const auto answer = run();
  EXPECT_THAT(web.asked_urls(), IsEmpty());
  EXPECT_EQ(size(), before);
  EXPECT_EQ(answer.held.held, 1U);
  EXPECT_EQ(answer.held.refused, 1U);
  wishes.refused_too = true;
  web.forget(kQuay);
  web.serve(kQuay, 200, kOther);
  EXPECT_EQ(run().kept, 1U) << "when somebody asks for it";
  EXPECT_EQ(*read_attachment(*town, "post/2", 0), kOther);
}

TEST_F(MediaTest, ANewVersionsFileIsAskedForAnew) {
  post("post/1", {{kPier, "image", ""}});
  web.serve(kPier, 200, kPicture);
  run();
  web.forget(kPier);
  web.serve(kPier, 200, kOther);
  post("post/1", {{kPier, "image", "put right"}}, "town", ledger::kind::kEdit);
  EXPECT_EQ(run().kept, 1U);
  EXPECT_EQ(*read_attachment(*town, "post/1", 0), kOther);
  const auto story = show(*town, "post/1");
  ASSERT_EQ(story->versions.size(), 2U);
  EXPECT_EQ(*read_attachment(*town, std::to_string(story->versions[0].seq), 0), kPicture)
      << "the earlier version keeps its own";
}

TEST_F(MediaTest, WhatIsNotThereIsRecordedWithTheReasonAndAskedForTwice) {
  post("post/1", {{kPier, "image", "The pier"}});
  EXPECT_EQ(attached("post/1")[0].state, State::kNeverAsked);
  web.serve(kPier, 404, "gone");
  town.at("2026-03-02T08:00:00Z");
  auto answer = run();
  EXPECT_EQ(answer.later, 1U);
  EXPECT_EQ(answer.reasons["not-found"], 1U);
  EXPECT_EQ(field("outcome"), "later");
  EXPECT_EQ(field("reason"), "not-found");
  EXPECT_EQ(field("status"), "404");
  EXPECT_EQ(field("again"), "2026-03-03T08:00:00.000Z");
  EXPECT_EQ(attached("post/1")[0].state, State::kLater);
  web.forget_asked();
  town.at("2026-03-03T07:59:00Z");
  run();
  EXPECT_THAT(web.asked_urls(), IsEmpty()) << "not before its time";
  town.at("2026-03-03T08:00:00Z");
  answer = run();
  EXPECT_EQ(answer.refused, 1U);
  EXPECT_EQ(field("outcome"), "refused");
  EXPECT_EQ(field("try"), "2");
  EXPECT_EQ(field("again"), "");
  const auto one = attached("post/1")[0];
  EXPECT_EQ(one.state, State::kRefused);
  EXPECT_THAT(one.words, HasSubstr("404"));
  town.at("2027-03-03T08:00:00Z");
  web.forget_asked();
  run();
  EXPECT_THAT(web.asked_urls(), IsEmpty());
  const auto bytes = read_attachment(*town, "post/1", 0);
  ASSERT_FALSE(bytes);
  EXPECT_THAT(bytes.error().what, HasSubstr("404"));
}

TEST_F(MediaTest, AHostThatDoesNotAnswerIsAskedFiveTimesFartherAndFartherApart) {
  post("post/1", {{kPier, "image", ""}});
  web.fail(kPier, {Code::kUnavailable, "no connection to https://files.example/pier.png"});
  const char* times[] = {"2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z", "2026-03-02T13:00:00Z",
                         "2026-03-03T05:00:00Z", "2026-03-05T21:00:00Z"};
  for (const auto* time : times) {
    town.at(time);
    run();
  }
  EXPECT_EQ(web.asked().size(), 5U);
  EXPECT_EQ(field("outcome"), "refused");
  EXPECT_EQ(field("reason"), "no-answer");
  EXPECT_EQ(field("try"), "5");
  EXPECT_EQ(town.count("media"), 5U);
}

TEST_F(MediaTest, AHostThatKeepsFailingIsGivenUpForTheRun) {
  for (int i = 0; i < 5; ++i) {
    const auto url = "https://dead.example/" + std::to_string(i);
    post("post/" + std::to_string(i), {{url, "image", ""}});
    web.fail(url, {Code::kUnavailable, "no connection"});
  }
  const auto answer = run();
  EXPECT_EQ(answer.later, 3U);
  EXPECT_EQ(answer.left, 2U) << "and nothing is said of those nobody asked for";
  EXPECT_EQ(town.count("media"), 3U);
  EXPECT_EQ(answer.held.never_asked, 2U);
}

TEST_F(MediaTest, ARunEndsWhenEnoughHasCome) {
  post("post/1", {{kPier, "image", ""}});
  post("post/2", {{kQuay, "image", ""}});
  web.serve(kPier, 200, kPicture);
  web.serve(kQuay, 200, kOther);
  wishes.most_run = kPicture.size();
  const auto answer = run();
  EXPECT_EQ(answer.kept, 1U);
  EXPECT_EQ(answer.left, 1U);
  EXPECT_EQ(run().kept, 1U) << "the next run carries on";
  wishes.most_file = ledger::kMostAttachmentBytes + 1;
  EXPECT_EQ(fetch_media(*town, wishes).error().code, Code::kInvalid);
}

TEST_F(MediaTest, NoCredentialIsShownAndTokensInAddressesAreMasked) {
  const std::string url = "https://files.example/pier.png?access_token=open-sesame&size=1";
  post("post/1", {{url, "image", ""}});
  web.serve(url, 200, kPicture);
  run();
  ASSERT_EQ(web.asked().size(), 1U);
  EXPECT_THAT(web.asked()[0].secret_headers, IsEmpty());
  EXPECT_FALSE(web.asked()[0].allow_private);
  EXPECT_EQ(field("url"), "https://files.example/pier.png?access_token=withheld&size=1");
}

TEST_F(MediaTest, OnlyTheSourcesOwnHostMayBePrivate) {
  add_source("inside", "http://127.0.0.1:8080/@town", true);
  post("post/1",
       {{"http://127.0.0.1:8080/pier.png", "image", ""}, {"http://127.0.0.1:9090/pier.png", "image", ""}},
       "inside");
  web.serve("http://127.0.0.1:8080/pier.png", 200, kPicture);
  web.fail("http://127.0.0.1:9090/pier.png", {Code::kDenied, "it is at 127.0.0.1 (loopback)"});
  const auto answer = run();
  ASSERT_EQ(web.asked().size(), 2U);
  EXPECT_TRUE(web.asked()[0].allow_private);
  EXPECT_FALSE(web.asked()[1].allow_private);
  EXPECT_EQ(answer.refused, 1U);
  EXPECT_EQ(field("reason"), "not-allowed");
}

TEST_F(MediaTest, WhatIsNotAKindThatIsKeptIsRefusedAndSaid) {
  post("post/1", {{kPier, "image", ""}});
  post("post/2", {{kQuay, "image", ""}});
  web.serve(kPier, 200, "<!doctype html><html><body>Log in</body></html>");
  web.serve(kQuay, 200,
            "\x7f"
            "ELF\2\1\1" +
                std::string(60, '\0'),
            {{"Content-Type", "image/png"}});
  const auto answer = run();
  EXPECT_EQ(answer.later, 1U) << "a page in its place may be for now";
  EXPECT_EQ(answer.refused, 1U);
  EXPECT_EQ(field("reason"), "type");
  EXPECT_EQ(field("media.0.type.claimed"), "image/png");
  EXPECT_NE(field("media.0.sha256"), "") << "what came is named, and not kept";
  EXPECT_EQ(sealed_files(), 0U);
}

TEST_F(MediaTest, ABlueskyFileMustBeTheOneThatItsNamePromises) {
  const std::string named = "at://did:plc:quay/blob/bafkreibog";
  post("post/1", {{named, "image/png", ""}});
  web.serve("https://bsky.social/xrpc/com.atproto.sync.getBlob?did=did%3Aplc%3Aquay&cid=bafkreibog", 200,
            kPicture);
  run();
  EXPECT_EQ(field("reason"), "not-the-file");
  EXPECT_EQ(sealed_files(), 0U);
}

TEST_F(MediaTest, WhatSavedFilesNameIsFetchedWhenSomebodySaysSo) {
  post("post/1", {{kPier, "image", ""}}, "");
  EXPECT_EQ(run().kept, 0U);
  web.serve(kPier, 200, kPicture);
  wishes.imported = true;
  EXPECT_EQ(run().kept, 1U);
  EXPECT_EQ(*read_attachment(*town, "post/1", 0), kPicture);
}

TEST_F(MediaTest, ADuplicateOfAFileThatIsLostIsSealedAnew) {
  post("post/1", {{kPier, "image", ""}});
  web.serve(kPier, 200, kPicture);
  run();
  std::filesystem::remove(town.path() / "media" / field("media.0.file"));
  post("post/2", {{kQuay, "image", ""}});
  web.serve(kQuay, 200, kPicture);
  EXPECT_EQ(run().kept, 1U);
  EXPECT_EQ(*read_attachment(*town, "post/2", 0), kPicture);
}

TEST_F(MediaTest, OnlySourcesThatAreAskedForOrActive) {
  EXPECT_TRUE(change_source(*town, "town", SourceChange::kPause, "Ines Calloway"));
  post("post/1", {{kPier, "image", ""}});
  EXPECT_EQ(run().kept, 0U);
  web.serve(kPier, 200, kPicture);
  wishes.sources = {"town"};
  EXPECT_EQ(run().kept, 1U) << "asked for by name, a paused one too: its posts are held";
  wishes.sources = {"nowhere"};
  EXPECT_EQ(fetch_media(*town, wishes).error().code, Code::kNotFound);
}

TEST_F(MediaTest, APolicyOfTheSourceSaysWhetherFilesAreFetchedAfterEachPoll) {
  EXPECT_THAT(*sources_with_media(*town, {"town"}), IsEmpty());
  EXPECT_TRUE(change_watch_policy(
      *town, "town", [&](const auto&) { return WatchPolicy{.media = true}; }, "Ines Calloway"));
  EXPECT_EQ(field("media"), "yes");
  EXPECT_EQ(field("actor"), "Ines Calloway");
  EXPECT_THAT(*sources_with_media(*town, {"town"}), ElementsAre("town"));
  EXPECT_THAT(*sources_with_media(*town, {}), ElementsAre("town")) << "of all that are active";
  EXPECT_THAT(*sources_with_media(*town, {"forum"}), IsEmpty());
}

TEST_F(MediaTest, IsTheSameFromAnIndexMadeAnew) {
  post("post/1", {{kPier, "image", ""}});
  post("post/2", {{kQuay, "image", ""}});
  web.serve(kPier, 200, kPicture);
  web.serve(kQuay, 404, "");
  run();
  ASSERT_TRUE(town->renew_index());
  EXPECT_EQ(attached("post/1")[0].state, State::kHeld);
  EXPECT_EQ(attached("post/2")[0].state, State::kLater);
  web.forget_asked();
  run();
  EXPECT_THAT(web.asked_urls(), IsEmpty());
}

TEST_F(MediaTest, IsCheckedByTheVerifier) {
  post("post/1", {{kPier, "image", ""}});
  web.serve(kPier, 200, kPicture);
  run();
  const auto file = field("media.0.file");
  auto checked = verified();
  EXPECT_EQ(checked.exit_code, 0) << checked.text;
  EXPECT_THAT(checked.text, HasSubstr("1 of 1 attachments unsealed"));
  std::filesystem::remove(town.path() / "media" / file);
  checked = verified();
  EXPECT_EQ(checked.exit_code, 1);
  EXPECT_THAT(checked.text, HasSubstr("is gone from media/"));
}

// As somebody would write it who wants one file taken for another.
TEST_F(MediaTest, AnEntryThatNamesAnotherFileAsTheSameIsAFinding) {
  const auto version = post("post/1", {{kPier, "image", ""}, {kQuay, "image", ""}});
  web.serve(kPier, 200, kPicture);
  web.serve(kQuay, 404, "");
  run();
  const auto holder = last() - 1;
  records::BodyBuilder body;
  body.add("of", ledger::citation(version, *town->reader().leaf(version))).add_number("place", 1);
  body.add("outcome", "kept").add("same-as", ledger::citation(holder, *town->reader().leaf(holder)));
  body.add("media.0.sha256", base::to_hex(base::sha256(kOther)));
  const auto forged = town.add(ledger::kind::kMedia, body.build());
  const auto checked = verified();
  EXPECT_EQ(checked.exit_code, 1);
  EXPECT_THAT(checked.text,
              HasSubstr("entry " + std::to_string(forged) + ": its file is said to be that of entry " +
                        std::to_string(holder) + ", and is another"));
}

// Over a real connection: what is too large is not read to its end.
TEST_F(MediaTest, AFileBeyondTheLimitIsRefusedWithItsReason) {
  support::LoopbackServer server;
  add_source("inside", server.url("/@town"), true);
  server.on("/flood", [](support::LoopbackServer::Wire& wire) {
    wire.say("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nConnection: close\r\n\r\n" + kPicture);
    const std::string much(1U << 16, 'x');
    for (int i = 0; i < 1024 && wire.say(much);) ++i;
  });
  server.answer("/pier.png", 200, kPicture);
  post("post/1", {{server.url("/flood"), "video", ""}, {server.url("/pier.png"), "image", ""}}, "inside");
  wishes.transport = nullptr;
  wishes.most_file = 1U << 20;
  const auto answer = run();
  EXPECT_EQ(answer.refused, 1U);
  EXPECT_EQ(answer.reasons.at("too-large"), 1U);
  EXPECT_EQ(answer.kept, 1U);
  EXPECT_EQ(*read_attachment(*town, "post/1", 1), kPicture);
  EXPECT_THAT(attached("post/1")[0].words, HasSubstr("is larger than 1 MB"));
}

}  // namespace
}  // namespace muniment::app
