// Tables that no platform wrote.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/utf8.hpp"
#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::only_item;
using support::read_file_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr std::string_view kForm =
    "Ref,Channel,Created_At,From,Screen name,Subject,Message,Visibility\r\n"
    "1,web form,2026-05-01 10:00,Dunstan Pike,@dunstan,Bins,\"Not emptied,\nagain\",public\r\n"
    "2,web form,01/05/2026 11:00,Ines,,,\"When will it be?\",Private\r\n"
    "3,web form,2026-05-01 12:00,Ben,,,,public\r\n"
    "4,short\r\n";

TEST(Table, IsReadByTheNamesOfItsColumns) {
  const auto reading = read_file_of("table", kForm);
  EXPECT_EQ(fault_of(reading, kForm), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  const auto& first = reading.items[0].interaction;
  EXPECT_EQ(first.platform, "table");
  EXPECT_EQ(first.text, "Not emptied,\nagain");
  EXPECT_EQ(first.summary, "Bins");
  EXPECT_EQ(first.author.name, "Dunstan Pike");
  EXPECT_EQ(first.author.handle, "dunstan");
  EXPECT_EQ(first.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_THAT(first.tags, ElementsAre("web form"));
  EXPECT_EQ(reading.items[0].why_private, "");
}

TEST(Table, DoesNotGuessWhetherTheDayOrTheMonthComesFirst) {
  const auto reading = read_file_of("table", kForm);
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[1].interaction.posted, "");
  EXPECT_THAT(reading.remarks, testing::Contains(HasSubstr("year first")));
}

TEST(Table, KeepsWhatIsMarkedPrivateApart) {
  const auto reading = read_file_of("table", kForm);
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[1].why_private, "a row that is not marked as public");
}

TEST(Table, SaysWhichRowsItCannotRead) {
  const auto reading = read_file_of("table", kForm);
  EXPECT_THAT(reading.remarks, testing::Contains(HasSubstr("2 cells, and the table has 8 columns")));
  EXPECT_TRUE(reading.recovered);
}

TEST(Table, LeavesADayThatDayWhateverTheZone) {
  SavedContext context;
  context.zone = {"Europe/London", [](base::Time shown) { return shown - std::chrono::hours(1); }};
  for (const auto* day : {"2026-05-01", "1.5.2026", "01.05.2026 "}) {
    const auto reading = read_file_of("table", "date,text\n" + std::string(day) + ",Hello\n", context);
    ASSERT_THAT(reading.items, SizeIs(1)) << day;
    EXPECT_EQ(reading.items[0].interaction.posted, "2026-05-01T00:00:00.000Z") << day;
    EXPECT_THAT(reading.remarks, testing::IsEmpty()) << day;
  }
  const auto last = read_file_of("table", "date,text\n9999-12-31 23:30,Hello\n", context);
  EXPECT_EQ(last.items[0].interaction.posted, "9999-12-31T23:30:00.000Z");
}

TEST(Table, RefusesARowWithMoreCellsThanColumns) {
  constexpr std::string_view kSpilled =
      "date,text,from\n2026-05-01,Hello, world,Ann\n2026-05-02,Hello,Ben,,\n";
  const auto reading = read_file_of("table", kSpilled);
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.items[0].interaction.author.name, "Ben");
  EXPECT_THAT(reading.remarks, testing::Contains(HasSubstr("4 cells, and the table has 3 columns")));
}

TEST(Table, WithTheSameNumbersIsNotTheSameTable) {
  const auto one = only_item("table", "id,date,from,text\n1,2026-05-01,Ann,Hello\n");
  const auto other = only_item("table", "id,date,from,text\n1,2026-06-01,Ben,Goodbye\n");
  const auto mended = only_item("table", "id,date,from,text\n1,2026-05-01,Ann,Hello there\n");
  EXPECT_NE(one.id, other.id);
  EXPECT_EQ(one.id, mended.id);
}

constexpr std::string_view kGerman =
    "Nummer;Datum;Absender;Betreff;Nachricht;Sichtbarkeit\r\n"
    "1;01.05.2026 10:00;J\u00f6rg;M\u00fcll;\"Nicht geleert;\nschon wieder, leider\";\u00f6ffentlich\r\n"
    "2;1.5.2026;Ines;;Wann?;vertraulich\r\n";

void expect_german(const Reading& reading) {
  ASSERT_THAT(reading.items, SizeIs(2));
  const auto& first = reading.items[0].interaction;
  EXPECT_EQ(first.text, "Nicht geleert;\nschon wieder, leider");
  EXPECT_EQ(first.summary, "M\u00fcll");
  EXPECT_EQ(first.author.name, "J\u00f6rg");
  EXPECT_EQ(first.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(reading.items[1].interaction.posted, "2026-05-01T00:00:00.000Z");
  EXPECT_EQ(reading.items[1].why_private, "a row that is not marked as public");
}

std::string with(std::string_view table, char separator) {
  std::string out(table);
  for (bool quoted = false; auto& c : out) {
    quoted = quoted != (c == '"');
    if (c == ';' && !quoted) c = separator;
  }
  return out;
}

// Of characters below U+0100 only.
std::string in_utf16(std::string_view text) {
  std::string out = "\xff\xfe";
  for (std::size_t at = 0; at < text.size();) {
    out.push_back(static_cast<char>(base::next_code_point(text, at)));
    out.push_back('\0');
  }
  return out;
}

std::string in_windows_1252(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();)
    out.push_back(static_cast<char>(base::next_code_point(text, at)));
  return out;
}

TEST(Table, LosesNoRowToAQuoteWithinACell) {
  const std::string table =
      "id,posted,text\n1,2026-05-01 10:00,The 12\" pipe leaks\n2,2026-05-01 11:00,\"So does the 5\"\" "
      "one,\nat the quay\"\n"
      "3,2026-05-01 12:00,Mended\n";
  for (const auto& file : {table, in_utf16(table), "\xef\xbb\xbf" + table}) {
    const auto reading = read_file_of("table", file);
    ASSERT_THAT(reading.items, SizeIs(3));
    EXPECT_EQ(reading.items[0].interaction.text, "The 12\" pipe leaks");
    EXPECT_EQ(reading.items[1].interaction.text, "So does the 5\" one,\nat the quay");
    EXPECT_EQ(reading.items[2].interaction.text, "Mended");
  }
}

TEST(Table, IsReadWithWhateverStandsBetweenItsColumns) {
  for (const char separator : {';', '\t', ','}) {
    const auto table = with(kGerman, separator);
    const auto reading = read_file_of("table", table);
    EXPECT_EQ(fault_of(reading, table), "");
    expect_german(reading);
    EXPECT_EQ(reading.items[0].interaction.id, read_file_of("table", kGerman).items.at(0).interaction.id);
  }
}

TEST(Table, MaySayInALineOfItsOwnWhatStandsBetweenItsColumns) {
  const auto table = "\xef\xbb\xbfsep=|\r\n" + with(kGerman, '|');
  const auto reading = read_file_of("table", table);
  EXPECT_EQ(fault_of(reading, table), "");
  expect_german(reading);
  expect_german(read_file_of("table", in_utf16("sep=;\r\n" + std::string(kGerman))));
}

TEST(Table, IsReadInUtf16AsSpreadsheetsWriteIt) {
  const auto table = in_utf16(with(kGerman, '\t'));
  const auto reading = read_file_of("table", table);
  EXPECT_EQ(fault_of(reading, table), "");
  expect_german(reading);
  EXPECT_EQ(reading.items[0].offset % 2, 0U);
  expect_german(read_file_of("table", in_utf16(with(kGerman, '\t') + "<\r\n")));
}

TEST(Table, InUtf16KeepsWhatLiesBeyondTwoBytesAndMarksWhatIsHalf) {
  using namespace std::string_view_literals;
  auto table = in_utf16("id;text\n1;");
  table += "\x3d\xd8\x4d\xdc"sv;  // U+1F44D
  table += "\x3d\xd8"sv;          // half of it
  EXPECT_EQ(only_item("table", table).text, "\U0001F44D\uFFFD");
}

TEST(Table, ThatIsNotUtf8IsReadAsWindowsWritesItAndSaysSo) {
  const auto table = in_windows_1252(kGerman);
  const auto reading = read_file_of("table", table);
  expect_german(reading);
  EXPECT_THAT(reading.remarks, testing::Contains(HasSubstr("not in UTF-8, and taken for Windows-1252")));
}

TEST(Table, TakesTimesWithoutAZoneForTheArchivesAndSaysSo) {
  SavedContext context;
  context.zone = {"Europe/Berlin", [](base::Time shown) { return shown - std::chrono::hours(2); }};
  constexpr std::string_view kTimes =
      "id,date,from,text\n1,2026-05-01 10:00,A,here\n2,2026-05-01T10:00:00Z,B,elsewhere\n"
      "3,2026-05-01T10:00:00+05:00,C,far away\n";
  const auto reading = read_file_of("table", kTimes, context);
  ASSERT_THAT(reading.items, SizeIs(3));
  EXPECT_EQ(reading.items[0].interaction.posted, "2026-05-01T08:00:00.000Z");
  EXPECT_EQ(reading.items[1].interaction.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(reading.items[2].interaction.posted, "2026-05-01T05:00:00.000Z");
  EXPECT_THAT(reading.remarks, ElementsAre("times are given without their zone; they were taken for those of "
                                           "Europe/Berlin, the archive's zone"));
  EXPECT_EQ(reading.items[0].interaction.id, read_file_of("table", kTimes).items[0].interaction.id)
      << "a row is not another when the archive's zone is";
  EXPECT_THAT(read_file_of("table", "id,date utc,text\n1,2026-05-01 10:00,x\n", context).remarks,
              ElementsAre());
}

TEST(Table, TakesTimesThatNameTheirZoneForWhatTheySay) {
  SavedContext context;
  context.zone = {"Europe/Berlin", [](base::Time shown) { return shown - std::chrono::hours(2); }};
  for (const auto* time : {"2020-01-01 10:00:00 UTC", "2020-01-01 10:00 GMT", "2020-01-01 11:00:00 +0100",
                           "1.1.2020 10:00 UTC", "2020-01-01 05:00:00 -05:00", "2020-01-01T10:00:00 Z"}) {
    const auto reading = read_file_of("table", "date,text\n" + std::string(time) + ",Hello\n", context);
    ASSERT_THAT(reading.items, SizeIs(1)) << time;
    EXPECT_EQ(reading.items[0].interaction.posted, "2020-01-01T10:00:00.000Z") << time;
    EXPECT_THAT(reading.remarks, testing::IsEmpty()) << time;
  }
}

TEST(Table, MayHaveAFirstRowThatIsLongerThanWhatIsLookedAt) {
  const auto table =
      "date,text,from\n2026-05-01,\"" + std::string(300'000, 'x') + "\",Ann\n2026-05-02,Hello,Ben\n";
  const auto format = detect(std::string_view(table).substr(0, 256U << 10));
  ASSERT_TRUE(format) << format.error().what;
  EXPECT_EQ(format_name(*format), "table");
  EXPECT_THAT(read_file_of("table", table).items, SizeIs(2));
}

TEST(Table, GivesRowsTheNumberByWhichOthersReferToThem) {
  const auto reading = read_file_of("table",
                                    "id,date,from,text,reply_to\n7,2026-05-01,Ann,Is the quay open?,\n"
                                    "8,2026-05-02,Town,Yes,7\n,2026-05-03,Ben,Thanks,8\n");
  ASSERT_THAT(reading.items, SizeIs(3));
  EXPECT_FALSE(reading.items[0].interaction.local.empty());
  EXPECT_EQ(reading.items[1].interaction.reply_to, reading.items[0].interaction.local);
  EXPECT_EQ(reading.items[2].interaction.reply_to, reading.items[1].interaction.local);
  EXPECT_EQ(reading.items[2].interaction.local, "");
  EXPECT_EQ(reading.items[0].interaction.reply_to, "");
  // The next month's table goes on counting; a table with other columns counts by itself.
  const auto next = only_item("table", "id,date,from,text,reply_to\n9,2026-06-01,Ann,Again,7\n");
  EXPECT_EQ(next.reply_to, reading.items[0].interaction.local);
  const auto other = only_item("table", "id,date,name,text,reply_to\n9,2026-06-01,Ann,Again,7\n");
  EXPECT_NE(other.reply_to, reading.items[0].interaction.local);
  EXPECT_EQ(only_item("table", "date,text,reply_to\n2026-06-01,Again,7\n").reply_to, "7");
}

TEST(Table, WhoseColumnsAreNotKnownIsToldWhich) {
  const auto format = detect("Alter;Stadt\r\n7;Wexcombe\r\n");
  ASSERT_FALSE(format);
  EXPECT_THAT(format.error().what, HasSubstr("is a table, but its first row (alter, stadt)"));
  EXPECT_THAT(format.error().hint, HasSubstr("called text and date"));
  const auto wide = detect(in_utf16("Alter\tStadt\r\n7\tWexcombe\r\n"));
  ASSERT_FALSE(wide);
  EXPECT_THAT(wide.error().what, HasSubstr("alter, stadt"));
}

TEST(Table, OfAnythingElseIsNotTakenForMessages) {
  EXPECT_FALSE(detect("name,age\nAnn,7\n"));
  EXPECT_FALSE(detect("Message\nhello\n"));
  EXPECT_FALSE(detect("Dear council, please see the message, date and id below.\n"));
  EXPECT_FALSE(detect("Message,date\nI was there, and saw it,\nand I write, as one does, of it\nAnn\n"));
}

TEST(Table, IsNotWhatALetterWithCommasIsCalled) {
  for (const auto* letter : {"Dear Ann, the quay\nis closed, and wet\n", "Dear Ann,\nthe quay is closed,\n",
                             "Wexcombe, 1 May 2026\nDear Ann, dear Ben\nThe quay is closed.\n",
                             "The quay is closed since Monday morning;Ben says so\nwe do not know;perhaps\n",
                             "Closed,today.\nOpen,tomorrow.\n"}) {
    const auto format = detect(letter);
    ASSERT_FALSE(format) << letter;
    EXPECT_THAT(format.error().what, HasSubstr("neither JSON nor XML")) << letter;
  }
  EXPECT_THAT(detect("Name, Date\nAnn, 1 May\n").error().what, HasSubstr("is a table"));
}

TEST(Table, TakesForPrivateEveryWordOfVisibilityThatDoesNotSayEverybody) {
  const auto why = [](const std::string& word) {
    const auto file = "date,author,text,visibility\n2026-01-01T00:00:00Z,a,Bins," + word + "\n";
    const auto reading = read_file_of("table", file);
    return reading.items.size() == 1 ? std::string(reading.items[0].why_private) : "not one row";
  };
  for (const auto* word :
       {"", "public", "Public", " UNLISTED ", "everyone", "öffentlich", "Öffentlich", "openbaar"})
    EXPECT_EQ(why(word), "") << word;
  for (const auto* word :
       {"private", "followers only", "Followers-Only", "friends", "nur Freunde", "besloten", "1"})
    EXPECT_EQ(why(word), "a row that is not marked as public") << word;
}

}  // namespace
}  // namespace muniment::sources
