// Tables that no platform wrote.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  EXPECT_EQ(reading.items[1].why_private, "a row that is marked as not public");
}

TEST(Table, SaysWhichRowsItCannotRead) {
  const auto reading = read_file_of("table", kForm);
  EXPECT_THAT(reading.remarks, testing::Contains(HasSubstr("2 of 8 cells")));
  EXPECT_TRUE(reading.recovered);
}

TEST(Table, WithTheSameNumbersIsNotTheSameTable) {
  const auto one = only_item("table", "id,date,from,text\n1,2026-05-01,Ann,Hello\n");
  const auto other = only_item("table", "id,date,from,text\n1,2026-06-01,Ben,Goodbye\n");
  const auto mended = only_item("table", "id,date,from,text\n1,2026-05-01,Ann,Hello there\n");
  EXPECT_NE(one.id, other.id);
  EXPECT_EQ(one.id, mended.id);
}

TEST(Table, OfAnythingElseIsNotTakenForMessages) {
  EXPECT_FALSE(detect("name,age\nAnn,7\n"));
  EXPECT_FALSE(detect("Message\nhello\n"));
  EXPECT_FALSE(detect("Dear council, please see the message, date and id below.\n"));
}

}  // namespace
}  // namespace muniment::sources
