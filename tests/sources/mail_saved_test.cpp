#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/utf8.hpp"
#include "sources/mail_message.hpp"
#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::contents_of;
using support::fault_of;
using support::files_below;
using support::only_item;
using support::platforms_folder;
using support::read_file_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr std::string_view kMessage =
    "Return-Path: <jo@mail.example>\r\nFrom: =?utf-8?q?Jo_B=C3=A9?= <Jo@Mail.example>\r\nTo: Town "
    "<council@town.example>, roads@town.example\r\n"
    "Cc: al@mail.example\r\nSubject: =?utf-8?B?U8OpbGlsZQ==?= road\r\nDate: Fri, 1 May 2026 11:00:00 "
    "+0100\r\nMessage-ID: <m2@mail.example>\r\n"
    "In-Reply-To: <m1@town.example>\r\nReferences: <m0@town.example>\r\n <m1@town.example>\r\nMIME-Version: "
    "1.0\r\nContent-Language: en\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/alternative; "
    "boundary=c\r\n\r\n--c\r\n"
    "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nWhen "
    "is caf=E9 road=\r\n closed?\r\n--c\r\n"
    "Content-Type: text/html; charset=utf-8\r\n\r\n<p>When?</p>\r\n--c--\r\n--b\r\nContent-Type: image/png; "
    "name=p.png\r\nContent-ID: <i1@mail.example>\r\n"
    "Content-Disposition: attachment; filename=\"pot hole.png\"\r\nContent-Transfer-Encoding: "
    "base64\r\n\r\nAAAA\r\n--b--\r\n";

TEST(MailMessage, ReadsWhatARecordNeeds) {
  const auto mail = only_item("eml", kMessage);
  EXPECT_EQ(mail.platform, "email");
  EXPECT_EQ(mail.id, "m2@mail.example");
  EXPECT_EQ(mail.type, "reply");
  EXPECT_EQ(mail.reply_to, "m1@town.example");
  EXPECT_EQ(mail.thread, "m0@town.example");
  EXPECT_EQ(mail.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(mail.author.name, "Jo B\u00e9");
  EXPECT_EQ(mail.author.id, "jo@mail.example");
  EXPECT_EQ(mail.summary, "S\u00e9lile road");
  EXPECT_EQ(mail.text, "When is caf\u00e9 road closed?");
  EXPECT_EQ(mail.lang, "en");
  EXPECT_THAT(mail.mentions, ElementsAre("council@town.example", "roads@town.example", "al@mail.example"));
  ASSERT_THAT(mail.media, SizeIs(1));
  EXPECT_EQ(mail.media[0].type, "image/png");
  EXPECT_EQ(mail.media[0].alt, "pot hole.png");
  EXPECT_EQ(mail.media[0].url, "cid:i1@mail.example");
}

TEST(MailMessage, TakesTheTextFromTheHtmlWhereThereIsNoOther) {
  const auto mail = only_item("eml",
                              "From: a@b.example\nSubject: s\nContent-Type: text/html\n\n<p>One</p><p>Two <a "
                              "href=\"https://t.example/\">x</a></p>\n");
  EXPECT_EQ(mail.text, "One\n\nTwo x");
  EXPECT_THAT(mail.links, ElementsAre("https://t.example/"));
}

TEST(MailMessage, DoesNotBelieveAWrongCharacterSet) {
  const auto text = [](std::string_view charset, std::string_view body) {
    return only_item("eml", "From: a@b.example\nSubject: s\nContent-Type: text/plain; charset=" +
                                std::string(charset) + "\nContent-Transfer-Encoding: 8bit\n\n" +
                                std::string(body) + "\n")
        .text;
  };
  EXPECT_EQ(text("us-ascii", "caf\u00e9"), "caf\u00e9");
  EXPECT_EQ(text("iso-8859-1", "caf\u00e9"), "caf\u00e9");
  EXPECT_EQ(text("utf-8", "caf\xe9"), "caf\u00e9");
  EXPECT_EQ(text("x-no-such-charset", "caf\u00e9"), "caf\u00e9");
  EXPECT_EQ(text("iso-2022-jp", "\x1b$B$3$s$K$A$O\x1b(B"), "こんにちは");
}

TEST(MailMessage, IsNamedAfterItsBytesWhenItHasNoName) {
  const auto one = only_item("eml", "From: a@b.example\nSubject: s\n\nx\n");
  const auto other = only_item("eml", "From: a@b.example\nSubject: s\n\ny\n");
  EXPECT_TRUE(one.id.starts_with("message/"));
  EXPECT_NE(one.id, other.id);
}

TEST(MailMessage, IsReadWithinBoundsHoweverDeepItIs) {
  std::string deep;
  for (int i = 0; i < 20'000; ++i) {
    const auto boundary = "b" + std::to_string(i);
    deep += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
  }
  const auto mail = read_mail("From: a@b.example\nSubject: deep\n" + deep + "\nbottom\n");
  EXPECT_EQ(mail.subject, "deep");
  std::string nested;
  for (int i = 0; i < 20'000; ++i) nested += "Content-Type: message/rfc822\n\n";
  EXPECT_EQ(read_mail("From: a@b.example\nSubject: nested\n" + nested + "Subject: x\n\nbottom\n").subject,
            "nested");
}

TEST(Mailbox, ReadsOneMessageAfterAnother) {
  const std::string mailbox =
      "From jo@mail.example Fri May  1 10:00:00 2026\nFrom: jo@mail.example\nSubject: one\nMessage-ID: "
      "<1@x>\n\n>From here to there\n\n"
      "From al@mail.example Fri May  1 11:00:00 2026\nFrom: al@mail.example\nSubject: two\nMessage-ID: "
      "<2@x>\n\nFrom here it goes on\n\n";
  const auto reading = read_file_of("mbox", mailbox);
  EXPECT_EQ(fault_of(reading, mailbox), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[0].interaction.text, "From here to there");
  EXPECT_EQ(reading.items[1].interaction.text, "From here it goes on");
  EXPECT_EQ(reading.items[0].why_private, "an e-mail");
  EXPECT_TRUE(mailbox.substr(reading.items[1].offset).starts_with("From al@"));
}

TEST(MailMessage, OfRecordedOnesIsReadWhateverIsWrongWithIt) {
  const auto paths = files_below(platforms_folder() / "email");
  if (paths.empty()) GTEST_SKIP() << "the recorded payloads are not here";
  std::size_t read = 0;
  std::size_t dated = 0;
  std::size_t worded = 0;
  for (const auto& path : paths) {
    const auto bytes = contents_of(path);
    const auto format = detect(bytes);
    const bool is_message =
        path.extension() == ".eml" || path.string().find("hyperkitty") != std::string::npos;
    if (!is_message) continue;
    if (!format || ((*format)->name != "eml" && (*format)->name != "mbox")) {
      EXPECT_NE(path.string().find("malformed"), std::string::npos) << path;
      continue;
    }
    const auto reading = read_saved(*format, bytes, SavedContext());
    if (!reading && path.string().find("malformed") != std::string::npos) continue;
    ASSERT_TRUE(reading) << path << ": " << reading.error().what;
    EXPECT_EQ(fault_of(*reading, bytes), "") << path;
    ++read;
    for (const auto& item : reading->items) {
      dated += item.interaction.posted.empty() ? 0U : 1U;
      worded += item.interaction.text.empty() ? 0U : 1U;
    }
  }
  std::printf("%zu files, %zu messages with a date, %zu with a text\n", read, dated, worded);
  EXPECT_GE(read, 120U);
  EXPECT_GE(dated, 90U);
}

}  // namespace
}  // namespace muniment::sources
