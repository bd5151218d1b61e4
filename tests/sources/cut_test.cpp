#include "sources/cut.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muniment::sources {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SavedFormat format_of(Cut cut, std::string_view list = {}) {
  SavedFormat format{};
  format.cut = cut;
  format.list = list;
  return format;
}

// The records of a file that comes in pieces of `step` bytes, and of which all that was cut is let go.
std::vector<std::string> cut_in_steps(const SavedFormat& format, std::string_view bytes, std::size_t step) {
  std::vector<std::string> out;
  const auto cutter = new_cutter(format);
  std::string held;
  for (std::size_t at = 0;; at += step) {
    const bool last = at + step >= bytes.size();
    held += bytes.substr(at, step);
    std::vector<Slice> records;
    cutter->look(held, last, records);
    std::size_t end = 0;
    for (const auto& record : records) {
      EXPECT_GE(record.offset, end);
      end = record.offset + record.length;
      out.push_back(held.substr(record.offset, record.length));
    }
    cutter->drop(end);
    held.erase(0, end);
    if (last) return out;
  }
}

std::vector<std::string> cut_all(const SavedFormat& format, std::string_view bytes) {
  auto whole = cut_in_steps(format, bytes, bytes.size() + 1);
  for (const std::size_t step : {1U, 2U, 3U, 7U}) EXPECT_EQ(cut_in_steps(format, bytes, step), whole) << step;
  return whole;
}

TEST(Cut, FindsTheSameRecordsHoweverTheFileComes) {
  const auto json = format_of(Cut::kJson);
  EXPECT_THAT(cut_all(json, "{\"a\":1}\n{\"b\":{\"c\":[{}]}}\r\n\n{}"),
              ElementsAre("{\"a\":1}", "{\"b\":{\"c\":[{}]}}", "{}"));
  EXPECT_THAT(cut_all(json, "[{\"a\":\"}]\\\"{\"}, 42, \"x\", [{}], {\"b\":2}]"),
              ElementsAre("{\"a\":\"}]\\\"{\"}", "{\"b\":2}"));
  EXPECT_THAT(cut_all(json, "window.YTD.tweets.part0 = [ {\"a\":1},\n{\"b\":2} ]"),
              ElementsAre("{\"a\":1}", "{\"b\":2}"));
  EXPECT_THAT(cut_all(json, ""), IsEmpty());
  EXPECT_THAT(cut_all(json, "[]"), IsEmpty());
  EXPECT_THAT(cut_all(json, "no JSON"), IsEmpty());
}

TEST(Cut, EndsATextWhereverItsEndStands) {
  const auto json = format_of(Cut::kJson);
  for (std::size_t size = 0; size < 20; ++size)
    for (std::size_t place = 0; place <= size; ++place)
      for (const std::string sign : {"", "\\\"", "\\\\", "\u00fc", "}", "\x8a", "\xa2", "\xdc", "!", "#"}) {
        const auto words = std::string(place, 'a') + sign + std::string(size - place, 'b');
        const auto one = "{\"w\":\"" + words + "\"}";
        ASSERT_THAT(cut_all(json, one + "\n" + one), ElementsAre(one, one)) << words;
        ASSERT_THAT(cut_all(json, "{\"w\":\"" + words + "\n{\"b\":2}"),
                    ElementsAre("{\"w\":\"" + words + "\n", "{\"b\":2}"))
            << words;
      }
}

TEST(Cut, FindsTheRecordsInAFieldOfTheObjectAtTheTop) {
  const auto json = format_of(Cut::kJson, "items");
  EXPECT_THAT(
      cut_all(json, R"({"x":{"items":[{"no":1}]},"y":"items","items":[{"a":1},"b",{"c":[{}]}],"z":{"d":1}})"),
      ElementsAre(R"({"a":1})", R"({"c":[{}]})"));
  EXPECT_THAT(cut_all(json, R"({"items":"none","b":[{"c":1}]})"),
              ElementsAre(R"({"items":"none","b":[{"c":1}]})"));
  EXPECT_THAT(cut_all(json, R"([{"items":[{"a":1}]}])"), ElementsAre(R"({"items":[{"a":1}]})"));
}

TEST(Cut, GivesWhatBreaksOffAsARecordOfItsOwn) {
  const auto json = format_of(Cut::kJson);
  EXPECT_THAT(cut_all(json, "{\"a\":1}\n{\"b\":{\"c\":"), ElementsAre("{\"a\":1}", "{\"b\":{\"c\":"));
  EXPECT_THAT(cut_all(json, "{\"a\":{\n{\"b\":2}\n"), ElementsAre("{\"a\":{\n", "{\"b\":2}"));
  EXPECT_THAT(cut_all(json, "{\"a\":[1\n{\"b\":2}\n{\"c\":3}"),
              ElementsAre("{\"a\":[1\n", "{\"b\":2}", "{\"c\":3}"));
  EXPECT_THAT(cut_all(json, "{\"a\":\"x\n{\"b\":2}\n{\"c\":3}"),
              ElementsAre("{\"a\":\"x\n", "{\"b\":2}", "{\"c\":3}"));
}

TEST(Cut, FindsTheMessagesOfAMailbox) {
  const auto mail = format_of(Cut::kMail);
  const std::string one =
      "From jo@town.example Fri May  1 10:00:00 2026\nSubject: a\n\nFrom here on it is text.\n>From\n\n";
  const std::string two = "From - Sat May  2 10:00:00 2026\r\nSubject: b\r\n\r\nhello\r\n";
  EXPECT_THAT(cut_all(mail, one + two), ElementsAre(one, two));
  EXPECT_THAT(cut_all(mail, "no mailbox\n"), IsEmpty());
}

TEST(Cut, FindsElementsOutsideOfCharacterDataAndComments) {
  const auto xml = format_of(Cut::kElements);
  const std::string file =
      "<rss><channel><title>t</title><!-- <item>no</item> --><item><a><![CDATA[</item><item>]]></a></item>\n"
      "<items/><item x=\"1\">b</item></channel></rss>";
  EXPECT_THAT(cut_all(xml, file),
              ElementsAre("<item><a><![CDATA[</item><item>]]></a></item>", "<item x=\"1\">b</item>"));
  const auto cutter = new_cutter(xml);
  std::vector<Slice> records;
  cutter->look(file, true, records);
  EXPECT_EQ(cutter->head(), file.find("<item><a>"));
}

}  // namespace
}  // namespace muniment::sources
