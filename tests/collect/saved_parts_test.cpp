#include "collect/saved_parts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "support/made_archive.hpp"
#include "support/saved_files.hpp"
#include "support/temp_folder.hpp"

namespace muniment::collect {
namespace {

namespace fs = std::filesystem;
using support::Made;
using support::made_archive;
using support::made_gzip;
using support::made_warc_record;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kTweets =
    R"(window.YTD.tweets.part0 = [ { "tweet" : { "id_str" : "1", "full_text" : "one" } }, { "tweet" : { "id_str" : "2", "full_text" : "two" } } ])";
constexpr std::string_view kAccount =
    R"(window.YTD.account.part0 = [ { "account" : { "username" : "town", "accountId" : "7", "accountDisplayName" : "Town" } } ])";
constexpr std::string_view kMessages =
    R"(window.YTD.direct_messages.part0 = [ { "dmConversation" : { "conversationId" : "7-8", "messages" : [ { "messageCreate" : { "id" : "9", "senderId" : "8", "text" : "hi" } } ] } } ])";

struct Taken {
  std::vector<SavedPart> parts;
  std::vector<sources::Item> items;
  std::vector<std::string> errors;
  std::vector<LeftFile> left;
  PassedOver passed_over;
};

class SavedParts : public testing::Test {
 protected:
  fs::path write(std::string_view name, std::string_view bytes) const { return folder_.write(name, bytes); }

  static Taken take(const std::vector<fs::path>& paths, SavedWishes wishes = {}, bool named = true) {
    Taken out;
    std::vector<SavedPath> saved;
    for (const auto& path : paths) saved.push_back({path, named});
    SavedFiles files(std::move(saved), std::move(wishes));
    while (auto part = files.next()) {
      auto reading = files.read(*part);
      if (reading)
        for (auto& item : reading->items) out.items.push_back(std::move(item));
      else
        out.errors.push_back(reading.error().what);
      out.parts.push_back(*std::move(part));
    }
    out.left = files.take_left();
    out.passed_over = files.take_passed_over();
    return out;
  }

  support::TempFolder folder_;
};

TEST_F(SavedParts, ReadsAnArchiveAndKnowsWhoseItIs) {
  for (const auto kind : {Made::kZip, Made::kTarGzip}) {
    const auto path = write("x.bin", made_archive(kind, {{"data/tweets.js", std::string(kTweets)},
                                                         {"data/account.js", std::string(kAccount)},
                                                         {"data/direct-messages.js", std::string(kMessages)},
                                                         {"data/tweets_media/1.jpg", "\xff\xd8\xff"}}));
    const auto taken = take({path});
    ASSERT_THAT(taken.items, SizeIs(2));
    EXPECT_EQ(taken.items[0].interaction.author.handle, "town");
    EXPECT_EQ(taken.parts[0].name, "x.bin: data/tweets.js");
    ASSERT_THAT(taken.left, SizeIs(1));
    EXPECT_EQ(taken.left[0].name, "x.bin: data/direct-messages.js");
    EXPECT_TRUE(taken.left[0].is_private);
    EXPECT_THAT(taken.left[0].why.what, HasSubstr("private"));
    EXPECT_EQ(taken.passed_over.count, 2U);
  }
}

TEST_F(SavedParts, GivesPrivateFilesOutWhenAnAuthorityWasStated) {
  SavedWishes wishes;
  wishes.with_private = true;
  const auto taken = take({write("direct-messages.js", kMessages)}, wishes);
  EXPECT_THAT(taken.items, SizeIs(1));
  EXPECT_THAT(taken.left, IsEmpty());
}

TEST_F(SavedParts, KnowsWhoseLooseFilesTheyAre) {
  const auto taken = take({write("tweets.js", kTweets), write("account.js", kAccount)});
  ASSERT_THAT(taken.items, SizeIs(2));
  EXPECT_EQ(taken.items[0].interaction.author.name, "Town");
}

TEST_F(SavedParts, KnowsWhoseLooseFilesTheyAreWhenItBeginsBehindTheOneThatSaysSo) {
  SavedFiles saved({{write("account.js", kAccount), true}, {write("tweets.js", kTweets), true}}, {}, 1);
  EXPECT_EQ(saved.paths_done(), 1U);
  const auto part = saved.next();
  ASSERT_TRUE(part);
  EXPECT_THAT(part->name, HasSubstr("tweets.js"));
  const auto reading = saved.read(*part);
  ASSERT_TRUE(reading);
  ASSERT_THAT(reading->items, SizeIs(2));
  EXPECT_EQ(reading->items[0].interaction.author.name, "Town");
  EXPECT_FALSE(saved.next());
  EXPECT_EQ(saved.paths_done(), 2U);
}

TEST_F(SavedParts, GivesAFileThatNobodyKnowsOutWholeButOnlyWhenItWasNamed) {
  const auto alone = take({write("notes.txt", "just a note")});
  ASSERT_THAT(alone.parts, SizeIs(1));
  EXPECT_EQ(alone.parts[0].bytes, "just a note");
  EXPECT_TRUE(alone.parts[0].is_whole);
  EXPECT_THAT(alone.errors, ElementsAre(HasSubstr("neither JSON nor XML")));
  const auto in_a_folder = take({write("notes.txt", "just a note")}, {}, false);
  EXPECT_THAT(in_a_folder.parts, IsEmpty());
  EXPECT_EQ(in_a_folder.passed_over.count, 1U);
  const auto inside = take({write("x.zip", made_archive(Made::kZip, {{"notes.txt", "just a note"}}))});
  EXPECT_THAT(inside.parts, IsEmpty());
  EXPECT_EQ(inside.passed_over.count, 1U);
  EXPECT_THAT(inside.passed_over.names, ElementsAre("x.zip: notes.txt"));
}

TEST_F(SavedParts, NamesOnlyTheFirstOfManyFilesThatNobodyKnowsAndCountsAll) {
  std::vector<fs::path> notes;
  for (int i = 0; i < 120; ++i) notes.push_back(write("notes" + std::to_string(i) + ".txt", "just a note"));
  const auto taken = take(notes, {}, false);
  EXPECT_EQ(taken.passed_over.count, 120U);
  EXPECT_THAT(taken.passed_over.names, SizeIs(kMostPassedOverNamed));
  PassedOver added;
  added.add(std::string(10'000, 'a'));
  EXPECT_THAT(added.names.front(), SizeIs(kLongestPassedOverName));
  added += PassedOver(taken.passed_over);
  EXPECT_EQ(added.count, 121U);
  EXPECT_THAT(added.names, SizeIs(kMostPassedOverNamed));
}

TEST_F(SavedParts, TellsFilesThatWereNamedAndAreNotThereFromThoseInFolders) {
  for (const bool named : {false, true}) {
    const auto taken = take({folder_ / "not-there.json"}, {}, named);
    ASSERT_THAT(taken.left, SizeIs(1));
    EXPECT_EQ(taken.left[0].unopened, named);
    EXPECT_EQ(taken.left[0].why.code, Code::kNotFound);
  }
}

TEST_F(SavedParts, NamesDamagedFilesThatMightHaveBeenAnything) {
  const auto taken = take(
      {write("x.zip", made_archive(Made::kZip,
                                   {{"data/tweets.js", std::string(kTweets)},
                                    {"data/cut.js", R"(window.YTD.x.part0 = [ { "tw)"},
                                    {"data/broken.json", R"({"a":[1,2}})"},
                                    {"data/settings.js", R"(window.YTD.settings.part0 = [ { "a" : 1 } ];)"},
                                    {"lines.jsonl", "{\"a\":1}\n{\"a\":2}\n"},
                                    {"photo.jpg", "\xff\xd8\xff"}}))});
  EXPECT_THAT(taken.items, SizeIs(2));
  EXPECT_EQ(taken.passed_over.count, 3U);
  ASSERT_THAT(taken.left, ElementsAre(Field(&LeftFile::name, "x.zip: data/cut.js"),
                                      Field(&LeftFile::name, "x.zip: data/broken.json")));
  for (const auto& left : taken.left) EXPECT_THAT(left.why.what, HasSubstr("nothing of it was kept"));
}

TEST_F(SavedParts, CutsALongFileIntoPartsThatAreTheWholeFileTogether) {
  std::string lines;
  for (int i = 0; lines.size() < 3 * kPartBytes; ++i)
    lines += R"({"id_str":")" + std::to_string(i) + R"(","text":")" + std::string(1'000, 'x') +
             R"(","user":{"id_str":"1","screen_name":"jo"}})"
             "\n";
  const auto taken = take({write("posts.jsonl", lines)});
  EXPECT_GE(taken.parts.size(), 3U);
  std::string together;
  std::uint64_t number = 0;
  for (const auto& part : taken.parts) {
    EXPECT_EQ(part.offset, together.size());
    EXPECT_EQ(part.number, ++number);
    EXPECT_FALSE(part.is_whole);
    EXPECT_LE(part.bytes.size(), kPartBytes + (2U << 20));
    together += part.bytes;
  }
  EXPECT_EQ(together, lines);
  const auto count = static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
  EXPECT_EQ(taken.items.size(), count);
  std::set<std::string> ids;
  for (const auto& item : taken.items) ids.insert(item.interaction.id);
  EXPECT_EQ(ids.size(), count);
  const auto zipped = take({write("posts.jsonl.gz", made_gzip(lines))});
  EXPECT_EQ(zipped.items.size(), count);
}

TEST_F(SavedParts, ReadsACrawlInsideAContainer) {
  const auto status =
      R"([{"id":"1","uri":"https://soc.example/users/jo/statuses/1","created_at":"2026-05-01T10:00:00.000Z","content":"<p>hi</p>","account":{"id":"1","acct":"jo","url":"https://soc.example/@jo"}}])";
  const auto crawl =
      made_warc_record("response", "https://soc.example/api/v1/timelines/tag/roads",
                       "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + std::string(status)) +
      made_warc_record("response", "https://soc.example/",
                       "HTTP/1.1 200 OK\r\n\r\n<!DOCTYPE html><html></html>");
  const auto path = write("x.wacz", made_archive(Made::kZip, {{"datapackage.json", "{}"},
                                                              {"archive/data.warc.gz", made_gzip(crawl)}}));
  const auto taken = take({path});
  ASSERT_THAT(taken.items, SizeIs(1));
  EXPECT_EQ(taken.items[0].interaction.local, "soc.example/1");
  EXPECT_EQ(taken.parts[0].name,
            "x.wacz: archive/data.warc.gz: https://soc.example/api/v1/timelines/tag/roads");
  EXPECT_EQ(taken.parts[0].crawled, "2026-05-01T10:00:00.000Z") << "as the record says";
}

TEST_F(SavedParts, NamesWhatIsWrongWithAContainerAndGoesOnWithTheNextFile) {
  const auto evil = made_archive(
      Made::kTar,
      {{"../../etc/passwd", "x"}, {"link", "", "/etc/passwd"}, {"tweets.js", std::string(kTweets)}});
  const auto half = made_archive(Made::kTarGzip, {{"a", std::string(200'000, 'x')}});
  std::string nested = made_archive(Made::kZip, {{"tweets.js", std::string(kTweets)}});
  for (int i = 0; i < 6; ++i) nested = made_archive(Made::kZip, {{"inner.zip", nested}});
  const auto taken =
      take({write("evil.tar", evil), write("half.tgz", half.substr(0, 100)), write("deep.zip", nested),
            folder_.path() / "absent", write("tweets.js", kTweets)});
  EXPECT_THAT(taken.items, SizeIs(4));
  EXPECT_THAT(taken.left, Contains(Field(&LeftFile::name, "evil.tar: ../../etc/passwd")));
  EXPECT_THAT(taken.left, Contains(Field(&LeftFile::name, "half.tgz")));
  EXPECT_THAT(taken.left, Contains(Field(&LeftFile::why, Field(&Error::what, HasSubstr("too many others")))));
  EXPECT_THAT(taken.left, Contains(Field(&LeftFile::why, Field(&Error::code, Code::kNotFound))));
}

TEST_F(SavedParts, KeepsWhatCameBeforeABreak) {
  std::string lines;
  for (int i = 0; i < 20'000; ++i)
    lines += R"({"id_str":")" + std::to_string(i) + R"(","text":")" + std::to_string(i * 7919) +
             R"(","user":{"id_str":"1","screen_name":"jo"}})"
             "\n";
  const auto whole = made_gzip(lines);
  const auto taken = take({write("half.jsonl.gz", whole.substr(0, whole.size() * 2 / 3))});
  EXPECT_GT(taken.items.size(), 10'000U);
  EXPECT_LT(taken.items.size(), 20'000U);
  EXPECT_THAT(taken.left, Contains(Field(&LeftFile::name, "half.jsonl.gz")));
}

TEST_F(SavedParts, OfTheRecordedArchivesGivesWhatTheyHold) {
  const auto platforms = support::platforms_folder();
  if (!fs::exists(platforms)) GTEST_SKIP() << "the recorded payloads are not here";
  const auto tweets = take({platforms / "twitter/perkeep__perkeep/camlistore_test.zip"});
  ASSERT_THAT(tweets.items, SizeIs(2));
  EXPECT_EQ(tweets.items[0].interaction.text,
            "& <> . $ % ^ * && /\\/\\()! @Camlistore camlistore. https://t.co/Ld5gT3wjyq");
  SavedWishes wishes;
  wishes.with_private = true;
  EXPECT_THAT(take({platforms / "whatsapp/mlomb__chat-analytics/4A_11M.zip"}, wishes).items, SizeIs(11));
}

}  // namespace
}  // namespace muniment::collect
