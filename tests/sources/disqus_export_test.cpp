#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::contents_of;
using support::fault_of;
using support::platforms_folder;
using support::read_file_of;
using testing::SizeIs;

constexpr std::string_view kExport = R"(<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<category dsq:id="1"><forum>town</forum></category>
<thread dsq:id="2"><id>x</id><link>https://town.example/roads</link><title>Roads</title></thread>
<post dsq:id="4"><id/><message><![CDATA[<p>Why?</p>]]></message><createdAt>2026-05-01T10:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam><author><email>jo@mail.example</email><name>Jo</name><isAnonymous>false</isAnonymous><username>jo_b</username></author><ipAddress>192.0.2.7</ipAddress><thread dsq:id="2"/></post>
<post dsq:id="5"><message>Because.</message><createdAt>2026-05-01T11:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>true</isSpam><author><name>X</name></author><thread dsq:id="2"/><parent dsq:id="4"/></post>
<post dsq:id="6"><message/><createdAt>2026-05-01T12:00:00Z</createdAt><isDeleted>true</isDeleted><isSpam>false</isSpam><thread dsq:id="2"/></post>
</disqus>)";

TEST(DisqusExport, ReadsComments) {
  const auto reading = read_file_of("disqus-export", kExport);
  EXPECT_EQ(fault_of(reading, kExport), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  const auto& comment = reading.items[0].interaction;
  EXPECT_EQ(comment.id, "4");
  EXPECT_EQ(comment.text, "Why?");
  EXPECT_EQ(comment.thread, "thread/2");
  EXPECT_EQ(comment.url, "https://town.example/roads#comment-4");
  EXPECT_EQ(comment.author.handle, "jo_b");
  EXPECT_EQ(comment.posted, "2026-05-01T10:00:00.000Z");
  const auto& spam = reading.items[1];
  EXPECT_EQ(spam.interaction.reply_to, "4");
  EXPECT_EQ(spam.interaction.type, "reply");
  EXPECT_EQ(spam.why_private, "a comment that is not published");
  EXPECT_EQ(kExport.substr(spam.offset, 17), "<post dsq:id=\"5\">");
}

TEST(DisqusExport, TakesAnEmptyDeletedCommentForANoticeOfItsDeletion) {
  const auto reading = read_file_of("disqus-export", kExport);
  ASSERT_THAT(reading.verdicts, SizeIs(1));
  EXPECT_EQ(reading.verdicts[0].id, "6");
  EXPECT_EQ(reading.verdicts[0].fate, Fate::kGone);
}

TEST(DisqusExport, KeepsTheCommentersMailAndAddressOutOfEveryField) {
  for (const auto& item : read_file_of("disqus-export", kExport).items) {
    const auto content = records::version_content(item.interaction);
    EXPECT_EQ(content.find("jo@mail.example"), std::string::npos);
    EXPECT_EQ(content.find("192.0.2.7"), std::string::npos);
  }
}

TEST(DisqusExport, OfTheRecordedOneGivesFiveCommentsAndOneNotice) {
  const auto path = platforms_folder() / "disqus/isso-comments__isso/disqus.xml";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "the recorded payloads are not here";
  const auto reading = read_file_of("disqus-export", contents_of(path));
  EXPECT_THAT(reading.items, SizeIs(5));
  EXPECT_THAT(reading.verdicts, SizeIs(1));
}

}  // namespace
}  // namespace muniment::sources
