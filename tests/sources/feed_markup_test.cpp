#include "sources/feed_markup.hpp"

#include <gtest/gtest.h>

namespace muniment::sources {
namespace {

std::string slice(std::string_view text, const Slice& at) {
  return std::string(text.substr(at.offset, at.length));
}

TEST(FeedMarkup, CutsEntriesByteForByte) {
  const std::string text =
      "<?xml version='1.0'?>\n<!-- <item> --><rss><channel><title>x</title>\n"
      "<item a='>'><![CDATA[</item>]]><!-- </item> --><m:item>inner</m:item></item >"
      "<item/><x:item\n>two</x:item></channel></rss>";
  const auto markup = tidy_markup(text);
  ASSERT_TRUE(markup);
  EXPECT_EQ(markup->fault, "");
  ASSERT_EQ(markup->entries.size(), 3U);
  EXPECT_EQ(slice(text, markup->entries[0]),
            "<item a='>'><![CDATA[</item>]]><!-- </item> --><m:item>inner</m:item></item >");
  EXPECT_EQ(slice(text, markup->entries[1]), "<item/>");
  EXPECT_EQ(slice(text, markup->entries[2]), "<x:item\n>two</x:item>");
}

TEST(FeedMarkup, DoesNotTakeAnEntryInsideAnEntryForOne) {
  const auto markup = tidy_markup("<feed><entry><content><feed><entry/></feed></content></entry></feed>");
  ASSERT_TRUE(markup);
  EXPECT_EQ(markup->entries.size(), 1U);
  const auto alone = tidy_markup("<entry><entry/><title/></entry>");
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->entries.size(), 1U);
}

TEST(FeedMarkup, WritesOutWhatHtmlNames) {
  const auto markup =
      tidy_markup("<rss a='&eacute;&#39;\"'>&nbsp;&hellip;&amp;nbsp;&#150;&#x26;<![CDATA[&nbsp;]]></rss>");
  ASSERT_TRUE(markup);
  EXPECT_EQ(markup->fault, "");
  EXPECT_EQ(markup->xml, "<rss a=\"é'&quot;\">\u00a0…&amp;nbsp;–&#38;<![CDATA[&nbsp;]]></rss>");
}

TEST(FeedMarkup, ExpandsNoEntityOfThePagesOwn) {
  const auto markup = tidy_markup(
      "<!DOCTYPE rss [<!ENTITY a \"boom\"><!ENTITY b \"&a;&a;&a;\"> <!ENTITY c SYSTEM "
      "'file:///etc/hostname'>]>"
      "<rss><title>&a;&b;&c;</title></rss>");
  ASSERT_TRUE(markup);
  EXPECT_TRUE(markup->own_entities);
  EXPECT_EQ(markup->xml, "<rss><title>&amp;a;&amp;b;&amp;c;</title></rss>");
}

TEST(FeedMarkup, KeepsAStrayAmpersandOrLessThanAsText) {
  const auto markup = tidy_markup("<rss><link>?a=1&b=2</link> 1 < 2 <3 </rss>");
  ASSERT_TRUE(markup);
  EXPECT_EQ(markup->xml, "<rss><link>?a=1&amp;b=2</link> 1 &lt; 2 &lt;3 </rss>");
  EXPECT_EQ(markup->fault, "line 1: an & that begins no known character");
  EXPECT_FALSE(markup->misnested);
}

TEST(FeedMarkup, SuppliesMissingEndTagsAndDropsThoseTooMany) {
  const auto markup = tidy_markup(
      "<rss><channel>\n<item><b>one</item>\n<item>two</i></item><item>three<item>four</item></channel></"
      "rss>");
  ASSERT_TRUE(markup);
  EXPECT_TRUE(markup->misnested);
  EXPECT_EQ(markup->fault, "line 2: </item> does not end <b>");
  EXPECT_EQ(markup->xml,
            "<rss><channel>\n<item><b>one</b></item>\n<item>two</item><item>three</item><item>four</item></"
            "channel></rss>");
  EXPECT_EQ(markup->entries.size(), 4U);
}

TEST(FeedMarkup, LeavesOutTheEntryThatThePageBreaksOffIn) {
  const std::string whole =
      "<rss><channel><item>one</item><item a='b'>two <b>bold</b> &amp; <![CDATA[x]]></item></channel></rss>";
  const auto second = whole.find("<item a");
  const auto end = whole.find("</channel>");
  for (std::size_t cut = second + 1; cut < end; ++cut) {
    const auto markup = tidy_markup(std::string_view(whole).substr(0, cut));
    ASSERT_TRUE(markup) << cut;
    // Only an end tag that lacks nothing but its > is as good as whole.
    const bool ended = cut == end - 1;
    ASSERT_EQ(markup->entries.size(), ended || cut == end ? 2U : 1U) << whole.substr(0, cut);
    EXPECT_EQ(slice(whole, markup->entries[0]), "<item>one</item>");
    EXPECT_NE(markup->fault, "");
  }
}

TEST(FeedMarkup, MendsAttributesThatAreNotXml) {
  const auto markup = tidy_markup("<rss version=2.0 open ,><e u='a<b' v=\"c'd\" / ></e></rss>");
  ASSERT_TRUE(markup);
  EXPECT_EQ(markup->xml, "<rss version=\"2.0\" open=\"\"><e u=\"a&lt;b\" v=\"c'd\"></e></rss>");
}

TEST(FeedMarkup, ReplacesControlCharacters) {
  using namespace std::string_literals;
  const auto markup = tidy_markup("<rss>a\0b\x1B[2J&#0;&#27;\t\n</rss>"s);
  ASSERT_TRUE(markup);
  EXPECT_EQ(markup->xml, "<rss>a\uFFFDb\uFFFD[2J\uFFFD\uFFFD\t\n</rss>");
}

TEST(FeedMarkup, RefusesWhatIsBuiltToExhaustTheReader) {
  std::string deep, many, wide = "<rss>", junk = "<rss>";
  for (int i = 0; i < 300; ++i) deep += "\n<a>";
  for (int i = 0; i < 300; ++i) many += " a" + std::to_string(i) + "=''";
  for (std::size_t i = 0; i <= kFeedElements; ++i) wide += "<a/>";
  for (std::size_t i = 0; i <= kFeedFaults; ++i) junk += "< ";
  const std::pair<std::string, const char*> cases[] = {
      {deep, "line 258: elements are nested"},
      {"<rss" + many + ">", "line 1: an element has more than 256 attributes"},
      {wide, "more than 1,000,000 elements"},
      {junk, "more than 10,000 places"},
      {"<rss a='" + std::string(kFeedTagBytes + 10, 'x') + "' b=''>", "a tag is longer"}};
  for (const auto& [text, what] : cases) {
    const auto markup = tidy_markup(text);
    ASSERT_FALSE(markup) << what;
    EXPECT_EQ(markup.error().code, Code::kInvalid);
    EXPECT_NE(markup.error().what.find(what), std::string::npos) << markup.error().what;
  }
}

TEST(FeedMarkup, SurvivesWhatHasNoEnd) {
  for (const auto* text : {"",
                           "<",
                           "<!",
                           "<!-",
                           "<!--",
                           "<![",
                           "<![CDATA[",
                           "<?",
                           "<!DOCTYPE",
                           "<!DOCTYPE a [ '",
                           "</",
                           "</a",
                           "<a",
                           "<a b",
                           "<a b=",
                           "<a b='",
                           "&",
                           "<a>&",
                           "<a>&#",
                           "<a>&#x;",
                           "<a>&#99999999999999;",
                           "a",
                           "<a></b>",
                           "<a/></a>",
                           "<item>",
                           "<a><item"}) {
    const auto markup = tidy_markup(text);
    ASSERT_TRUE(markup) << text;
    EXPECT_NE(markup->fault, "") << text;
  }
}

}  // namespace
}  // namespace muniment::sources
