#include "sources/feed_encoding.hpp"

#include <gtest/gtest.h>

#include "base/utf8.hpp"

namespace muniment::sources {
namespace {

std::string page(const std::string& encoding, const std::string& words) {
  const std::string label = encoding.empty() ? "" : " encoding=\"" + encoding + "\"";
  return "<?xml version=\"1.0\"" + label + "?><rss><channel><item><title>" + words +
         "</title></item></channel></rss>";
}

std::string wide(const std::string& ascii, bool big, std::size_t width) {
  std::string out;
  for (const char c : ascii)
    for (std::size_t i = 0; i < width; ++i) out.push_back(i == (big ? width - 1 : 0) ? c : '\0');
  return out;
}

TEST(FeedEncoding, LeavesUtf8AloneSoThatSlicesAreExact) {
  const auto bytes = page("utf-8", "Straße");
  const auto text = feed_text(bytes, "application/rss+xml; charset=utf-8");
  ASSERT_TRUE(text);
  EXPECT_TRUE(text->exact);
  EXPECT_FALSE(text->recovered);
  EXPECT_EQ(text->text(), bytes);
  EXPECT_EQ(text->text().data(), bytes.data());
}

TEST(FeedEncoding, TakesAByteOrderMarkForWhatItIs) {
  const auto bytes = "\xEF\xBB\xBF" + page("iso-8859-1", "Straße");
  const auto text = feed_text(bytes, "text/xml; charset=koi8-r");
  ASSERT_TRUE(text);
  EXPECT_TRUE(text->exact);
  EXPECT_EQ(text->offset, 3U);
  EXPECT_EQ(text->text(), std::string_view(bytes).substr(3));
}

TEST(FeedEncoding, ReadsWideCharactersWithAndWithoutAMark) {
  const auto plain = page("utf-16", "Ratssitzung");
  for (const bool big : {false, true})
    for (const std::size_t width : {2U, 4U})
      for (const bool marked : {false, true}) {
        std::string bytes = wide(plain, big, width);
        if (marked) {
          const std::string mark =
              big ? std::string(width - 2, '\0') + "\xFE\xFF" : "\xFF\xFE" + std::string(width - 2, '\0');
          bytes = mark + bytes;
        }
        const auto text = feed_text(bytes, "");
        ASSERT_TRUE(text);
        EXPECT_EQ(text->text(), plain) << big << width << marked;
        EXPECT_FALSE(text->exact);
        EXPECT_FALSE(text->recovered);
      }
}

TEST(FeedEncoding, PrefersTheHeaderToTheDeclaration) {
  const auto bytes = page("iso-8859-1", "\xF0\xD2\xC9\xD7\xC5\xD4");
  EXPECT_NE(feed_text(bytes, "text/xml; charset=\"KOI8-R\"")->text().find("Привет"), std::string_view::npos);
  EXPECT_NE(feed_text(bytes, "text/xml")->text().find("ðÒÉ×ÅÔ"), std::string_view::npos);
}

TEST(FeedEncoding, ReadsLatin1AsTheWindowsSetThatIsMeant) {
  const auto text = feed_text(page("ISO-8859-1", "caf\xE9 \x96 don\x92t"), "");
  ASSERT_TRUE(text);
  EXPECT_NE(text->text().find("café – don’t"), std::string_view::npos);
  EXPECT_FALSE(text->recovered);
}

TEST(FeedEncoding, ReadsEastAsianSets) {
  EXPECT_NE(feed_text(page("Shift_JIS", "\x93\xFA\x96\x7B"), "")->text().find("日本"),
            std::string_view::npos);
  EXPECT_NE(feed_text(page("EUC-JP", "\xC6\xFC\xCB\xDC"), "")->text().find("日本"), std::string_view::npos);
  EXPECT_NE(feed_text(page("gb2312", "\xD6\xD0\xB9\xFA"), "")->text().find("中国"), std::string_view::npos);
  EXPECT_NE(feed_text(page("big5", "\xA4\xA4\xA4\xE5"), "")->text().find("中文"), std::string_view::npos);
  EXPECT_NE(feed_text(page("euc-kr", "\xC7\xD1\xB1\xDB"), "")->text().find("한글"), std::string_view::npos);
}

TEST(FeedEncoding, DoesNotBelieveASingleByteLabelOnUtf8) {
  const auto bytes = page("windows-1252", "Straße – Привет");
  const auto text = feed_text(bytes, "");
  ASSERT_TRUE(text);
  EXPECT_TRUE(text->exact);
  EXPECT_NE(text->remark, "");
}

TEST(FeedEncoding, RecoversFromLabelsThatCannotBeTrue) {
  const auto wrong = page("utf-8",
                          "Bekanntmachung \xFC"
                          "ber die \xD6"
                          "ffnungszeiten der B\xFCrger\xE4mter in K\xF6ln");
  const auto text = feed_text(wrong, "");
  ASSERT_TRUE(text);
  EXPECT_TRUE(text->recovered);
  EXPECT_FALSE(text->exact);
  EXPECT_NE(text->text().find("über die Öffnungszeiten"), std::string_view::npos) << text->text();
  EXPECT_NE(text->remark, "");

  const auto bogus = feed_text(page("bogus", "plain"), "text/xml; charset=nonsense");
  ASSERT_TRUE(bogus);
  EXPECT_TRUE(bogus->exact);
}

TEST(FeedEncoding, KeepsMostlyUtf8AndReplacesTheRest) {
  const auto text = feed_text(page("", "ÄÖÜäöüß Straße \xFF Ende"), "");
  ASSERT_TRUE(text);
  EXPECT_TRUE(text->recovered);
  EXPECT_NE(text->text().find("Straße \xEF\xBF\xBD Ende"), std::string_view::npos);
}

TEST(FeedEncoding, AlwaysAnswersUtf8) {
  for (const auto* label : {"utf-8", "utf-16", "utf-7", "iso-2022-jp", "hz", "scsu", "ibm-037", "x", "\xFF"})
    for (int first = 0; first < 256; ++first) {
      const std::string bytes = page(label, {static_cast<char>(first), 'x', static_cast<char>(255 - first)});
      const auto text = feed_text(bytes, std::string("text/xml; charset=") + label);
      ASSERT_TRUE(text);
      ASSERT_TRUE(base::is_utf8(text->text())) << label << first;
    }
}

TEST(FeedEncoding, RefusesWhatIsTooLong) {
  const auto text = feed_text(std::string(kFeedBytes + 1, ' '), "");
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, Code::kInvalid);
}

}  // namespace
}  // namespace muniment::sources
