#include "sources/html_text.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/utf8.hpp"
#include "sources/html_scan.hpp"

namespace muniment::sources {
namespace {

using namespace std::string_view_literals;

std::string text(std::string_view html) {
  return text_of_html(html, nullptr);
}

TEST(HtmlText, SeparatesParagraphsByAnEmptyLineAndBreaksByALineFeed) {
  EXPECT_EQ(text("<p>One</p><p>Two<br>three<br />four</p>"), "One\n\nTwo\nthree\nfour");
  EXPECT_EQ(text("<ul><li>a</li><li>b</li></ul><h2>c</h2>d"), "a\nb\nc\nd");
  EXPECT_EQ(text("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"), "a b\nc");
}

TEST(HtmlText, CollapsesWhiteSpaceExceptInPreformattedText) {
  EXPECT_EQ(text("  <p> a \n\t b </p>\n <p>c</p> "), "a b\n\nc");
  EXPECT_EQ(text("<pre>a\n  b\n\nc</pre>d"), "a\n  b\n\nc\nd");
}

TEST(HtmlText, KeepsTheVisibleTextOfLinksAndMentionsAndCollectsTargetsOnce) {
  std::vector<std::string> links;
  EXPECT_EQ(text_of_html("<p><span class=\"h-card\"><a href=\"https://a.example/@bo\" class=\"u-url "
                         "mention\">@<span>bo</span>"
                         "</a></span> see <a href=\"https://b.example/?x=1&amp;y=2\">b</a> <a "
                         "href=\"https://b.example/?x=1&amp;y=2\">c</a></p>",
                         &links),
            "@bo see b c");
  EXPECT_EQ(links, (std::vector<std::string>{"https://a.example/@bo", "https://b.example/?x=1&y=2"}));
}

TEST(HtmlText, DecodesNamedAndNumericEntities) {
  EXPECT_EQ(
      text(
          "<p>Fish &amp; chips &lt;now&gt; &quot;5&nbsp;&#8364;&quot; it&#39;s &#x2026; &eacute;&notin;</p>"),
      "Fish & chips <now> \"5\u00a0\u20ac\" it's \u2026 \u00e9\u2209");
}

TEST(HtmlText, LeavesOutScriptsStylesAndCommentsButKeepsWordsThatLookLikeMarkUp) {
  EXPECT_EQ(text("<p>a<script>alert('x')</script><style>p{}</style><!-- no -->b</p>"), "ab");
  EXPECT_EQ(text("1 < 2 &lt;script&gt; [REDACTED]"), "1 < 2 <script> [REDACTED]");
  EXPECT_EQ(text("look <img src=\"x\" alt=\":)\"> here"), "look :) here");
}

TEST(HtmlText, ReadsPlainTextAsItIs) {
  EXPECT_EQ(text(""), "");
  EXPECT_EQ(text("Kein HTML, nur Text"), "Kein HTML, nur Text");
  EXPECT_EQ(text("\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627"),
            "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627");
}

TEST(HtmlText, RepairsBytesThatAreNotUtf8) {
  EXPECT_EQ(text("<p>a\xff"
                 "b\xc3</p>"),
            "a\ufffdb\ufffd");
  EXPECT_TRUE(base::is_utf8(text("<p>\0a\xed\xa0\x80<b>\0</b></p>"sv)));
}

TEST(HtmlText, StaysUtf8WhenANumericReferenceLiesBeyondUnicode) {
  std::vector<std::string> links;
  EXPECT_TRUE(base::is_utf8(text_of_html("<b>&#x1f60BBBBBBBBBB; <a href='&#x1f60BBBBBBBB;'>x</a>", &links)));
  EXPECT_TRUE(base::is_utf8(links.at(0)));
}

TEST(HtmlText, SurvivesDeepAndMisnestedHtmlInLinearTime) {
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<div><b><i>";
  EXPECT_EQ(text(deep + "end"), "end");
  std::string misnested;
  for (int i = 0; i < 900; ++i) misnested += "<b x" + std::to_string(i) + "><p>";
  EXPECT_EQ(text(misnested + "end"), "end");
  std::string open;
  for (int i = 0; i < 100'000; ++i) open += "<script <!-- <svg '";
  EXPECT_TRUE(base::is_utf8(text(open)));
}

// Pieces from which the scanner's whole language, and a good deal beyond it, can be made.
constexpr std::string_view kPieces[] = {"<p>",
                                        "</p>",
                                        "<br>",
                                        "<br/>",
                                        "<br />",
                                        "<a href=\"https://x.example/1\">",
                                        "<a href=\"https://x.example/?a=1&amp;b=2\" class=\"m\">",
                                        "</a>",
                                        "<span>",
                                        "<span class=\"invisible\">",
                                        "</span>",
                                        "word",
                                        " ",
                                        "\n",
                                        "  \t ",
                                        "&amp;",
                                        "&lt;",
                                        "&gt;",
                                        "&quot;",
                                        "&#39;",
                                        "&#039;",
                                        "&nbsp;",
                                        "&#8217;",
                                        "&#x1F600;",
                                        "\u4e2d\u6587",
                                        "\U0001F600",
                                        "\ufeff",
                                        "&#32;",
                                        "&#160;",
                                        "x;",
                                        "#y"};
constexpr std::string_view kBeyond[] = {"\r\n",       "<b>",   "</b>",   "<li>",       "<",        ">",
                                        "&",          "&amp",  "&#0;",   "<!-- c -->", "</br>",    "<P>",
                                        "<a href=x>", "<div>", "</div>", "<p/>",       "&eacute;", "\f"};

std::string made_of(std::mt19937& random, bool beyond) {
  std::string html;
  std::uniform_int_distribution<std::size_t> length(0, 30);
  std::uniform_int_distribution<std::size_t> pick(0,
                                                  std::size(kPieces) - 1 + (beyond ? std::size(kBeyond) : 0));
  for (auto n = length(random); n > 0; --n) {
    const auto i = pick(random);
    html += i < std::size(kPieces) ? kPieces[i] : kBeyond[i - std::size(kPieces)];
  }
  return html;
}

TEST(HtmlScan, AgreesWithTheParserWheneverItDoesNotGiveUp) {
  std::mt19937 random(20261122);
  int scanned = 0;
  for (int round = 0; round < 40'000; ++round) {
    const auto html = made_of(random, round % 4 == 0);
    std::vector<std::string> scan_links;
    HtmlLines lines(&scan_links);
    if (!scan_html(html, HtmlScan::kStrict, lines)) {
      EXPECT_EQ(round % 4, 0) << "the scanner gave up on its own language: " << html;
      continue;
    }
    ++scanned;
    std::vector<std::string> tree_links;
    ASSERT_EQ(std::move(lines).take(), text_by_tree(html, &tree_links)) << html;
    ASSERT_EQ(scan_links, tree_links) << html;
  }
  EXPECT_GT(scanned, 30'000);
}

TEST(HtmlScan, ReadsWellFormedHtmlOfAnyLengthAsTheParserDoes) {
  const std::string_view html =
      "<h2>Title</h2><p>A <strong>b</strong> &amp; <em>c</em>.</p><ul><li>one</li><li>two</li></ul>"
      "<blockquote><p>quoted</p></blockquote><!-- note --><pre>x\n "
      "y</pre><table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
      "<p>see <a href='https://x.example/?q=1&amp;r=2'>this</a><img alt=\"pic\" "
      "src=x></p><script>no()</script>";
  std::vector<std::string> scan_links;
  HtmlLines lines(&scan_links);
  ASSERT_TRUE(scan_html(html, HtmlScan::kLenient, lines));
  std::vector<std::string> tree_links;
  EXPECT_EQ(std::move(lines).take(), text_by_tree(html, &tree_links));
  EXPECT_EQ(scan_links, tree_links);
}

}  // namespace
}  // namespace muniment::sources
