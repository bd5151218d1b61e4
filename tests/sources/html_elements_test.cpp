#include "sources/html_elements.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muniment::sources {
namespace {

using testing::ElementsAre;

bool all(std::string_view) {
  return true;
}
bool links(std::string_view tag) {
  return html_tag_name(tag) == "a";
}

std::vector<std::string> inners(std::string_view html, bool (*wanted)(std::string_view) = all) {
  std::vector<std::string> out;
  const auto elements = html_elements(html, wanted);
  if (!elements) return {elements.error().what};
  for (const auto& it : *elements) {
    EXPECT_LE(it.begin, it.inner);
    EXPECT_LE(it.inner, it.inner_end);
    EXPECT_LE(it.inner_end, it.end);
    EXPECT_LE(it.end, html.size());
    out.emplace_back(html.substr(it.inner, it.inner_end - it.inner));
  }
  return out;
}

TEST(HtmlElements, StandInTheOrderInWhichTheyBegin) {
  EXPECT_THAT(inners("<div>a<p>b</p><p>c</p></div><i>d</i>"),
              ElementsAre("a<p>b</p><p>c</p>", "b", "c", "d"));
}

TEST(HtmlElements, AreOnlyThoseThatAreWanted) {
  EXPECT_THAT(inners("<div><a href='x'>b</a></div>", links), ElementsAre("b"));
}

TEST(HtmlElements, WithoutAnEndTagEndWithWhatTheyAreIn) {
  EXPECT_THAT(inners("<div><b>x</div>y<i>z"), ElementsAre("<b>x", "x", "z"));
  EXPECT_THAT(inners("a<br>b<img src=x>c"), ElementsAre("", ""));
}

TEST(HtmlElements, DoNotBeginInCommentsScriptsTitlesOrAttributes) {
  EXPECT_THAT(inners("<!-- <a>x</a> --><title><a></title><script>'<a>'</script><p title='<a>x'>y</p>", links),
              ElementsAre());
}

TEST(HtmlElements, OfDamagedPagesEndWithThePage) {
  EXPECT_THAT(inners("<div class=\"x"), ElementsAre());
  EXPECT_THAT(inners("<a>x</a"), ElementsAre("x</a"));
  EXPECT_THAT(inners("</p></p>1 < 2 <a>x"), ElementsAre("x"));
  EXPECT_THAT(inners("<title>x<a>"), ElementsAre("x<a>"));
}

TEST(HtmlElements, NestedDeeperThanIsTakenArePassedOver) {
  std::string page;
  for (std::size_t i = 0; i < kMostOpenElements + 50; ++i) page += "<b>";
  EXPECT_EQ(inners(page).size(), kMostOpenElements);
}

TEST(HtmlElements, MoreThanAreTakenAreRefused) {
  std::string page;
  for (std::size_t i = 0; i <= kMostElements + 1; ++i) page += "<hr>";
  EXPECT_THAT(inners(page), ElementsAre("the page has more than 200000 elements, and is not read"));
}

TEST(HtmlAttribute, IsReadHoweverItIsQuoted) {
  constexpr std::string_view kTag =
      R"(<a hidden href="x?a=1&amp;b=2" title = 'it "is"' rel=me class="one two">)";
  EXPECT_EQ(html_attribute(kTag, "href"), "x?a=1&b=2");
  EXPECT_EQ(html_attribute(kTag, "title"), "it \"is\"");
  EXPECT_EQ(html_attribute(kTag, "rel"), "me");
  EXPECT_EQ(html_attribute(kTag, "hidden"), "");
  EXPECT_EQ(html_attribute(kTag, "absent"), "");
  EXPECT_TRUE(has_html_class(kTag, "two"));
  EXPECT_FALSE(has_html_class(kTag, "tw"));
}

}  // namespace
}  // namespace muniment::sources
