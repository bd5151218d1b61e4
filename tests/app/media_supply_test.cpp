#include "app/media_supply.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/attachments.hpp"
#include "app/check.hpp"
#include "app/find.hpp"
#include "app/import.hpp"
#include "support/made_archive.hpp"
#include "support/town_archive.hpp"

namespace muniment::app {
namespace {

using namespace std::string_literals;
using support::Made;
using support::made_archive;
using support::TownArchive;
using testing::HasSubstr;

const std::string kPicture = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0GPS 50.1N 5.2W"s;
constexpr char kTweet[] =
    R"(window.YTD.tweets.part0 = [ { "tweet" : { "id_str" : "1600", "full_text" : "The pier",
  "created_at" : "Tue Dec 06 10:00:00 +0000 2022", "entities" : { "media" : [ { "type" : "photo",
  "media_url_https" : "https://pbs.twimg.com/media/AbC.jpg" } ] } } } ])";
constexpr char kChat[] = R"({"name":"Town news","type":"public_channel","id":77,"messages":[
  {"id":1,"type":"message","date":"2026-03-01T09:00:00","date_unixtime":"1772355600","from":"Town","from_id":"channel77",
   "photo":"photos/photo_1.png","text":"The pier"}]})";

class SupplyTest : public testing::Test {
 protected:
  std::filesystem::path imported(const std::string& name, const std::vector<support::MadeEntry>& entries) {
    const auto path = town.folder.write(name, made_archive(Made::kZip, entries));
    ImportRequest request;
    request.files = {path};
    const auto outcome = import_files(*town, request, {}, nullptr);
    EXPECT_TRUE(outcome) << outcome.error().what;
    EXPECT_EQ(outcome->counts.fresh, 1U);
    wishes.containers = {path};
    wishes.actor = "Ines Calloway";
    return path;
  }
  SupplyAnswer run() {
    const auto answer = supply_media(*town, wishes);
    EXPECT_TRUE(answer) << answer.error().what;
    return answer.value_or(SupplyAnswer{});
  }
  ledger::Seq last() { return town->reader().head()->size - 1; }

  TownArchive town;
  SupplyWishes wishes;
};

TEST_F(SupplyTest, AFileThatAPageNamesFromWhereItStandsIsFoundInItsExport) {
  constexpr char kPost[] =
      "<html><body><div><a href=\"https://plus.google.com/+Town\" class=\"author\">Town</a> - <a "
      "href=\"https://plus.google.com/+Town/posts/a\">2014-06-30 14:04:00-0700</a><div "
      "class=\"main-content\">The pier</div><a href=\"../Photos/the%20pier.png\" class=\"media-link\"><img "
      "src=\"../Photos/the%20pier.png\" class=\"media\"></a></div><div class=\"visibility\">Shared with: "
      "Public</div></body></html>";
  imported("takeout.zip", {{"Takeout/Google+ Stream/Posts/a.html", kPost},
                           {"Takeout/Google+ Stream/Photos/the pier.png", kPicture}});
  EXPECT_EQ(run().kept, 1U);
  EXPECT_EQ(town.field(last(), "url"), "takeout.zip: Takeout/Google+ Stream/Photos/the pier.png");
}

TEST_F(SupplyTest, AFileThatAnItemNamesByItsPathIsTakenInAsSupplied) {
  imported("chat.zip", {{"export/result.json", kChat},
                        {"export/photos/photo_1.png", kPicture},
                        {"export/photos/photo_2.png", kPicture + "another"}});
  const auto answer = run();
  EXPECT_EQ(answer.kept, 1U);
  EXPECT_EQ(answer.unnamed, 2U) << "the messages themselves, and a picture that nobody names";
  EXPECT_EQ(town.field(last(), "url"), "chat.zip: export/photos/photo_1.png");
  EXPECT_EQ(town.field(last(), "provenance.media.0"), "supplied");
  EXPECT_EQ(town.field(last(), "actor"), "Ines Calloway");
  EXPECT_EQ(town.field(last(), "status"), "");
  const auto item = std::to_string(last());
  EXPECT_EQ(*read_attachment(*town, item, 0), kPicture);
  const auto one = show(*town, item)->versions[0].attachments.at(0);
  EXPECT_EQ(one.state, AttachmentStory::State::kHeld);
  EXPECT_EQ(one.actor, "Ines Calloway");
  town.close();
  EXPECT_EQ(check_archive(town.path(), {.deep = true, .compare_index = true})->exit_code, 0);
}

TEST_F(SupplyTest, AFileOfAnXArchiveIsFoundByThePostsNumber) {
  imported("x.zip", {{"data/tweets.js", kTweet},
                     {"data/tweets_media/1600-AbC.jpg", kPicture},
                     {"data/tweets_media/1601-AbC.jpg", kPicture + "of another post"}});
  EXPECT_EQ(run().kept, 1U);
  EXPECT_EQ(*read_attachment(*town, std::to_string(last()), 0), kPicture);
}

TEST_F(SupplyTest, AFileInACrawlIsTheOneThatAnsweredAtItsAddress) {
  const auto answer = [](const std::string& url, const std::string& type, const std::string& body) {
    return support::made_warc_record("response", url,
                                     "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n" + body);
  };
  const std::string feed =
      "<rss version='2.0'><channel><title>T</title><item><guid>https://a.example/9</guid><description>The "
      "pier"
      "</description><enclosure url='https://a.example/pier.png' type='image/png'/></item></channel></rss>";
  const auto crawl = answer("https://a.example/feed", "application/rss+xml", feed) +
                     answer("https://a.example/other/pier.png", "image/png", kPicture + "another") +
                     answer("https://a.example/pier.png", "image/png", kPicture);
  const auto path = town.folder.write("crawl.warc.gz", support::made_gzip(crawl));
  ImportRequest request;
  request.files = {path};
  ASSERT_EQ(import_files(*town, request, {}, nullptr)->counts.fresh, 1U);
  wishes.containers = {path};
  EXPECT_EQ(run().kept, 1U);
  EXPECT_EQ(*read_attachment(*town, "https://a.example/9", 0), kPicture);
}

TEST_F(SupplyTest, TwiceAddsNothing) {
  imported("chat.zip", {{"result.json", kChat}, {"photos/photo_1.png", kPicture}});
  run();
  const auto before = last();
  EXPECT_EQ(run().kept, 0U);
  EXPECT_EQ(last(), before);
}

TEST_F(SupplyTest, AnotherExportsFilesAreNotTakenForThese) {
  imported("chat.zip", {{"result.json", kChat}, {"photos/photo_1.png", kPicture}});
  wishes.containers = {
      town.folder.write("other.zip", made_archive(Made::kZip, {{"photos/photo_1.png", kPicture}}))};
  const auto answer = run();
  EXPECT_EQ(answer.kept, 0U);
  EXPECT_EQ(answer.unnamed, 1U);
}

TEST_F(SupplyTest, WhatMayNotBeKeptIsSaidAndNotRecorded) {
  imported("chat.zip", {{"result.json", kChat}, {"photos/photo_1.png", "#!/bin/sh\nexit\n"}});
  const auto before = last();
  auto answer = run();
  EXPECT_EQ(answer.refused, 1U);
  ASSERT_EQ(answer.faults.size(), 1U);
  EXPECT_THAT(answer.faults[0], HasSubstr("text/x-shellscript, which is not kept"));
  EXPECT_EQ(last(), before);
  imported("large.zip",
           {{"a.json", std::string(kChat).replace(std::string(kChat).find("\"id\":1,"), 7, "\"id\":2,")},
            {"photos/photo_1.png", kPicture + std::string(3000, '\0')}});
  wishes.most_file = 2000;
  EXPECT_EQ(run().refused, 1U);
  wishes.containers = {town.folder.write("no.zip", "plain words")};
  EXPECT_EQ(supply_media(*town, wishes).error().code, Code::kInvalid);
}

}  // namespace
}  // namespace muniment::app
