#include "sources/feed_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace muniment::sources {
namespace {

using records::Interaction;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kOrigin = "https://council.example/feed";

const std::string kRss = R"(<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
  <title>Town news</title>
  <link>https://council.example/</link>
  <atom:link rel="self" href="https://council.example/feed"/>
  <language>en-GB</language>
  <item>
    <title>Bins &amp;amp; bottles</title>
    <link>https://council.example/2024/bins</link>
    <guid isPermaLink="false">https://council.example/?p=7</guid>
    <pubDate>Thu, 04 Jan 2024 09:30:00 +0100</pubDate>
    <dc:creator><![CDATA[Press office]]></dc:creator>
    <category>Waste</category><category><![CDATA[Dates &amp; times]]></category>
    <description>An excerpt</description>
    <content:encoded><![CDATA[<p>First&nbsp;line<br/>second.</p><p>See <a href="/map">the map</a>.</p>]]></content:encoded>
    <slash:comments>3</slash:comments>
    <enclosure url="/bins.mp3" type="audio/mpeg" length="1"/>
    <media:group><media:content url="https://council.example/bins.jpg" type="image/jpeg"><media:description>Three bins</media:description></media:content></media:group>
  </item>
  <item>
    <guid>42</guid>
    <description>&lt;b&gt;Bold&lt;/b&gt; words</description>
  </item>
  <item><title>No identifier</title><pubDate>Fri, 05 Jan 2024 00:00:00 GMT</pubDate></item>
</channel></rss>
)";

const std::string kAtom =
    R"(<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"
  xml:lang="de" xml:base="https://rat.example/blog/">
<title>Rat</title><id>tag:rat.example,2024:feed</id><link rel="self" href="feed.atom"/>
<author><name>Ratsbüro</name><email>buero@rat.example</email><uri>/team</uri></author>
<entry>
  <title type="text">A &lt;b&gt; in a title</title>
  <id>tag:rat.example,2024:1</id>
  <link rel="alternate" type="text/html" href="1.html"/><link rel="related" href="/akte"/>
  <link rel="enclosure" type="application/pdf" href="1.pdf" title="Niederschrift"/>
  <published>2024-02-01T10:00:00+01:00</published><updated>2024-02-02T10:00:00+01:00</updated>
  <category term="rat" label="Ratssitzung"/>
  <content type="xhtml" xml:lang="fr"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un <em>bon</em> <strong>mot</strong></p><p>2 &lt; 3 <a href="x">x</a></p></div></content>
</entry>
<entry>
  <title type="html">R&amp;eacute;ponse</title>
  <id>urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a</id>
  <updated>2024-02-03T00:00:00Z</updated>
  <author><name>Eine Bürgerin</name></author>
  <thr:in-reply-to ref="tag:rat.example,2024:1" href="https://rat.example/blog/1.html"/>
  <content type="html">&lt;p&gt;Danke &amp;amp; Gru&amp;szlig;&lt;/p&gt;</content>
</entry>
</feed>)";

Reading read(std::string_view bytes, std::string_view origin = kOrigin) {
  auto reading = read_feed(bytes, origin, "");
  EXPECT_TRUE(reading) << (reading ? "" : reading.error().what);
  return reading ? std::move(*reading) : Reading{};
}

// The promise about slices: in order, apart, each an element from its first byte to its last.
void expect_sound_slices(std::string_view bytes, const Reading& reading) {
  std::size_t end = 0;
  for (const auto& item : reading.items) {
    if (item.length == 0) continue;
    ASSERT_GE(item.offset, end);
    ASSERT_LE(item.offset + item.length, bytes.size());
    const auto slice = bytes.substr(item.offset, item.length);
    ASSERT_EQ(slice.front(), '<');
    ASSERT_EQ(slice.back(), '>');
    end = item.offset + item.length;
  }
}

TEST(FeedPage, ReadsWhatAnRssItemSays) {
  const auto reading = read(kRss);
  EXPECT_FALSE(reading.recovered);
  EXPECT_TRUE(reading.remarks.empty());
  ASSERT_EQ(reading.items.size(), 3U);
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.platform, "feed");
  EXPECT_EQ(post.type, "post");
  EXPECT_EQ(post.id, "https://council.example/?p=7");
  EXPECT_EQ(post.url, "https://council.example/2024/bins");
  EXPECT_EQ(post.summary, "Bins & bottles");
  EXPECT_EQ(post.text, "First\u00a0line\nsecond.\n\nSee the map.");
  EXPECT_EQ(post.posted, "2024-01-04T08:30:00.000Z");
  EXPECT_EQ(post.edited, "");
  EXPECT_EQ(post.author.name, "Press office");
  EXPECT_EQ(post.lang, "en-GB");
  EXPECT_THAT(post.tags, ElementsAre("Waste", "Dates &amp; times"));
  EXPECT_THAT(post.links, ElementsAre("https://council.example/map"));
  ASSERT_EQ(post.media.size(), 2U);
  EXPECT_EQ(post.media[0].url, "https://council.example/bins.mp3");
  EXPECT_EQ(post.media[0].type, "audio/mpeg");
  EXPECT_EQ(post.media[1].url, "https://council.example/bins.jpg");
  EXPECT_EQ(post.media[1].alt, "Three bins");
  EXPECT_THAT(post.counts, ElementsAre(testing::Pair("replies", 3U)));
}

TEST(FeedPage, CutsTheExactBytesOfEachItem) {
  for (const auto& [page, name] :
       {std::pair{kRss, "item"}, std::pair{kAtom, "entry"}, std::pair{"\xEF\xBB\xBF" + kRss, "item"}}) {
    const auto reading = read(page);
    expect_sound_slices(page, reading);
    for (const auto& item : reading.items) {
      const auto slice = std::string_view(page).substr(item.offset, item.length);
      EXPECT_TRUE(slice.starts_with(std::string("<") + name)) << slice;
      EXPECT_TRUE(slice.ends_with(std::string("</") + name + ">")) << slice;
    }
  }
}

TEST(FeedPage, ScopesIdentifiersThatOnlyMeanSomethingWithinTheFeed) {
  EXPECT_EQ(read(kRss).items[1].interaction.id, kOrigin + "#42");
  EXPECT_EQ(read(kRss, "").items[1].interaction.id, "https://council.example/feed#42");
  const auto nameless = read(kRss).items[2].interaction.id;
  EXPECT_TRUE(nameless.starts_with(kOrigin + "#sha256-")) << nameless;
  EXPECT_EQ(nameless, read(kRss).items[2].interaction.id);
}

TEST(FeedPage, ReadsWhatAnAtomEntrySays) {
  const auto reading = read(kAtom, "https://rat.example/blog/feed.atom");
  EXPECT_FALSE(reading.recovered);
  ASSERT_EQ(reading.items.size(), 2U);
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.id, "tag:rat.example,2024:1");
  EXPECT_EQ(post.summary, "A <b> in a title");
  EXPECT_EQ(post.text, "Un bon mot\n\n2 < 3 x");
  EXPECT_EQ(post.lang, "fr");
  EXPECT_EQ(post.url, "https://rat.example/blog/1.html");
  EXPECT_EQ(post.posted, "2024-02-01T09:00:00.000Z");
  EXPECT_EQ(post.edited, "2024-02-02T09:00:00.000Z");
  EXPECT_EQ(post.author.name, "Ratsbüro");
  EXPECT_EQ(post.author.handle, "buero@rat.example");
  EXPECT_EQ(post.author.url, "https://rat.example/team");
  EXPECT_THAT(post.tags, ElementsAre("Ratssitzung"));
  EXPECT_THAT(post.links, ElementsAre("https://rat.example/akte", "https://rat.example/blog/x"));
  ASSERT_EQ(post.media.size(), 1U);
  EXPECT_EQ(post.media[0].url, "https://rat.example/blog/1.pdf");
  EXPECT_EQ(post.media[0].alt, "Niederschrift");

  const auto& reply = reading.items[1].interaction;
  EXPECT_EQ(reply.type, "comment");
  EXPECT_EQ(reply.reply_to, "tag:rat.example,2024:1");
  EXPECT_EQ(reply.summary, "Réponse");
  EXPECT_EQ(reply.text, "Danke & Gruß");
  EXPECT_EQ(reply.author.name, "Eine Bürgerin");
  EXPECT_EQ(reply.author.handle, "");
  EXPECT_EQ(reply.posted, "2024-02-03T00:00:00.000Z");
  EXPECT_EQ(reply.lang, "de");
}

TEST(FeedPage, ReadsRss1AndOlderAtomAndChannels) {
  const auto rdf =
      read(R"(<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel r:about="https://a.example/"><items><r:Seq><r:li r:resource="x"/></r:Seq></items></channel>
    <item r:about="https://a.example/1"><title>T</title><description>D</description><dc:date>2003-12</dc:date><dc:subject>S</dc:subject></item></r:RDF>)");
  ASSERT_EQ(rdf.items.size(), 1U);
  EXPECT_EQ(rdf.items[0].interaction.id, "https://a.example/1");
  EXPECT_EQ(rdf.items[0].interaction.url, "https://a.example/1");
  EXPECT_EQ(rdf.items[0].interaction.posted, "2003-12-01T00:00:00.000Z");
  EXPECT_THAT(rdf.items[0].interaction.tags, ElementsAre("S"));

  const auto old = read(
      R"(<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title mode="escaped" type="text/html">&lt;i>A&lt;/i></title>
    <content mode="base64" type="text/html">PHA+SGVsbG88L3A+</content><issued>2004-01-01T00:00:00Z</issued><modified>2004-01-02T00:00:00Z</modified></entry></feed>)");
  ASSERT_EQ(old.items.size(), 1U);
  EXPECT_EQ(old.items[0].interaction.summary, "A");
  EXPECT_EQ(old.items[0].interaction.text, "Hello");
  EXPECT_EQ(old.items[0].interaction.edited, "2004-01-02T00:00:00.000Z");

  const auto cdf = read(
      "<CHANNEL HREF='https://a.example/'><TITLE>C</TITLE><ITEM "
      "HREF='/1'><TITLE>T</TITLE><ABSTRACT>A</ABSTRACT></ITEM></CHANNEL>");
  ASSERT_EQ(cdf.items.size(), 1U);
  EXPECT_EQ(cdf.items[0].interaction.url, "https://council.example/1");
  EXPECT_EQ(cdf.items[0].interaction.text, "A");
}

TEST(FeedPage, TellsTitlesThatAreHtmlFromThoseThatAreNot) {
  const std::pair<const char*, const char*> cases[] = {
      {"Tags &amp; &lt;entities&gt;", "Tags & <entities>"},
      {"&lt;b&gt;Bold&lt;/b&gt; &amp;amp; more", "Bold & more"},
      {"<![CDATA[Fish &#8211; chips]]>", "Fish – chips"},
      {"AT&amp;T; 3 &lt; 4", "AT&T; 3 < 4"},
      {"  two\n   lines ", "two lines"},
  };
  for (const auto& [written, meant] : cases) {
    const auto reading =
        read("<rss><channel><item><title>" + std::string(written) + "</title></item></channel></rss>");
    EXPECT_EQ(reading.items.at(0).interaction.summary, meant) << written;
  }
}

TEST(FeedPage, FindsNamesAndAddressesOfAuthors) {
  for (const auto* written : {"clerk@council.example (A. Clerk)", "A. Clerk (clerk@council.example)",
                              "A. Clerk &lt;clerk@council.example&gt;"}) {
    const auto reading =
        read("<rss><channel><item><author>" + std::string(written) + "</author></item></channel></rss>");
    EXPECT_EQ(reading.items.at(0).interaction.author.name, "A. Clerk") << written;
    EXPECT_EQ(reading.items.at(0).interaction.author.handle, "clerk@council.example") << written;
  }
}

TEST(FeedPage, KnowsAFeedOfCommentsByItsAddresses) {
  const auto reading = read(
      "<rss><channel><item><link>https://council.example/bins/#comment-12</link><guid>https://"
      "council.example/bins/#comment-12</guid></item></channel></rss>");
  EXPECT_EQ(reading.items.at(0).interaction.type, "comment");
}

TEST(FeedPage, IgnoresElementsThatOnlyShareAName) {
  const auto reading = read(
      R"(<rss xmlns:own="https://own.example/ns" xmlns:media="http://search.yahoo.com/mrss/"><channel><item>
    <own:title>no</own:title><media:title>no</media:title><title>yes</title><own:description>no</own:description><own:link>no</own:link>
    </item></channel></rss>)");
  const auto& post = reading.items.at(0).interaction;
  EXPECT_EQ(post.summary, "yes");
  EXPECT_EQ(post.text, "");
  EXPECT_EQ(post.url, "");
}

TEST(FeedPage, ReadsTheWordsOfAMediaGroup) {
  const auto reading = read(
      R"(<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><entry><title>Council meeting</title>
    <media:group><media:title>Other</media:title><media:content url="https://video.example/v/1" type="text/html"/>
    <media:thumbnail url="https://video.example/1.jpg"/><media:description>Agenda: budget</media:description></media:group></entry></feed>)");
  const auto& post = reading.items.at(0).interaction;
  EXPECT_EQ(post.summary, "Council meeting");
  EXPECT_EQ(post.text, "Agenda: budget");
  ASSERT_EQ(post.media.size(), 1U);
  EXPECT_EQ(post.media[0].alt, "Agenda: budget");
}

TEST(FeedPage, SlicesNothingOfAPageThatHadToBeConverted) {
  const auto reading = read(
      "<?xml version='1.0' "
      "encoding='iso-8859-1'?><rss><channel><item><title>caf\xE9</title></item></channel></rss>");
  ASSERT_EQ(reading.items.size(), 1U);
  EXPECT_EQ(reading.items[0].interaction.summary, "café");
  EXPECT_EQ(reading.items[0].length, 0U);
  EXPECT_FALSE(reading.recovered);
}

TEST(FeedPage, RecoversAndSaysSo) {
  const auto reading =
      read("<rss><channel>\n<item><title>One</item><item><title>Two</title></item></channel></rss>");
  EXPECT_TRUE(reading.recovered);
  ASSERT_EQ(reading.items.size(), 2U);
  EXPECT_EQ(reading.items[1].interaction.summary, "Two");
  EXPECT_EQ(reading.items[0].length, 0U);
  ASSERT_EQ(reading.remarks.size(), 1U);
  EXPECT_NE(reading.remarks[0].find("line 2"), std::string::npos) << reading.remarks[0];
}

TEST(FeedPage, SaysWhatAPageIsThatIsNoFeed) {
  const std::pair<const char*, const char*> cases[] = {
      {"<!DOCTYPE html><html><head></head></html>", "the page is HTML, not a feed"},
      {"<opml/>", "the page is a list of feeds (OPML), not a feed"},
      {"<urlset/>", "the page is a sitemap, not a feed"},
      {"<note/>", "the page is XML with the root <note>, not a feed"},
      {"{\"version\": 1}", "the page is JSON, but not a JSON Feed"},
      {"version 1", "the page holds no mark-up, so it is not a feed (line 1: text before the feed begins)"},
      {"", "the page holds no mark-up, so it is not a feed (line 1: there is no element)"},
  };
  for (const auto& [page, what] : cases) {
    const auto reading = read_feed(page, kOrigin, "");
    ASSERT_FALSE(reading) << page;
    EXPECT_EQ(reading.error().code, Code::kInvalid);
    EXPECT_EQ(reading.error().what, what);
  }
}

TEST(FeedPage, RemarksOnIdentifiersThatAreNotUnique) {
  const auto reading =
      read("<rss><channel><item><guid>1</guid></item><item><guid>1</guid></item></channel></rss>");
  EXPECT_EQ(reading.items.size(), 2U);
  EXPECT_THAT(reading.remarks, ElementsAre(HasSubstr("1 entry has the identifier of another on the page")));
}

TEST(FeedPage, ReadsNoMoreEntriesThanItsLimit) {
  std::string page = "<rss><channel>";
  for (std::size_t i = 0; i <= kFeedEntries; ++i)
    page += "<item><guid>" + std::to_string(i) + "</guid></item>";
  const auto reading = read(page + "</channel></rss>");
  EXPECT_EQ(reading.items.size(), kFeedEntries);
  EXPECT_EQ(reading.remarks.size(), 1U);
}

TEST(FeedPage, TakesNoLongerThanThePageIsLong) {
  std::string media = "<rss><channel><item>", links = media, groups = media;
  for (int i = 0; i < 100'000; ++i) {
    media += "<media:content url='x'/>";
    links += "<link rel='related' href='x'/>";
    groups += "<media:group/>";
  }
  for (const auto& page : {media, links, groups})
    EXPECT_EQ(read(page + "</item></channel></rss>").items.size(), 1U);
}

TEST(FeedPage, StaysSoundWhateverIsDoneToThePage) {
  std::mt19937 random(20240501);
  const std::string pieces[] = {"<",
                                ">",
                                "&",
                                "<item>",
                                "</item>",
                                "<![CDATA[",
                                "]]>",
                                "<!--",
                                "-->",
                                "\"",
                                "'",
                                "\xFF",
                                std::string(1, '\0'),
                                "</channel>",
                                "<entry>",
                                "xml:base=\"//\"",
                                "&#0;",
                                "<!DOCTYPE x [",
                                "\xEF\xBB\xBF"};
  std::size_t recovered = 0, refused = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string page = round % 2 ? kRss : kAtom;
    for (auto edits = random() % 4 + 1; edits > 0 && !page.empty(); --edits) {
      const std::size_t at = random() % page.size();
      switch (random() % 3) {
        case 0:
          page.erase(at, random() % 40);
          break;
        case 1:
          page.insert(at, pieces[random() % std::size(pieces)]);
          break;
        default:
          page.resize(at + 1);
      }
    }
    const auto reading = read_feed(page, round % 3 ? kOrigin : "", "");
    if (!reading) {
      EXPECT_EQ(reading.error().code, Code::kInvalid);
      ++refused;
      continue;
    }
    recovered += reading->recovered;
    ASSERT_NO_FATAL_FAILURE(expect_sound_slices(page, *reading)) << page;
    for (const auto& item : reading->items) ASSERT_FALSE(item.interaction.id.empty());
  }
  EXPECT_GT(recovered, 1000U);
  EXPECT_LT(refused, 1500U);
}

TEST(FeedPage, TellsOneThatBreaksOffFromOneThatIsIllFormedToItsEnd) {
  const std::string items = "<item><guid>1</guid></item><item><guid>2</guid></item>";
  for (const auto* end : {"", "</channel>", "<item><guid>3</gui", "<![CDATA[ </channel></rss>",
                          "<br />\n<b>Fatal error</b>: memory exhausted", "<!-- </channel></rss>"}) {
    const auto reading = read("<rss><channel>" + items + end);
    EXPECT_EQ(reading.items.size(), 2U) << end;
    EXPECT_THAT(reading.faults, ElementsAre(HasSubstr("breaks off before its end"))) << end;
  }
  for (const auto* end : {"</channel></rss>", "</rss>", "<b>Fish & chips</channel></rss>",
                          "</channel></rss>\n<b>Warning</b>: headers already sent"}) {
    const auto reading = read("<rss><channel>" + items + end);
    EXPECT_EQ(reading.items.size(), 2U) << end;
    EXPECT_THAT(reading.faults, testing::IsEmpty()) << end;
  }
}

TEST(FeedPage, TellsWhichIdentifiersAreItsOwnToGive) {
  const auto own_scope = [](const std::string& guid) {
    const auto reading = read("<rss><channel><item><guid>" + guid + "</guid></item></channel></rss>");
    return reading.items.size() == 1 ? reading.items[0].own_scope : "not one entry";
  };
  EXPECT_EQ(own_scope("42"), "");
  EXPECT_EQ(own_scope("https://council.example/?p=1"), "");
  EXPECT_EQ(own_scope("http://www.council.example/?p=1"), "");
  EXPECT_EQ(own_scope("tag:council.example,2024:1"), "");
  EXPECT_EQ(own_scope("tag:jo@council.example,2024:1"), "");
  EXPECT_EQ(own_scope("https://other.example/?p=1"), kOrigin);
  EXPECT_EQ(own_scope("tag:other.example,2024:1"), kOrigin);
  EXPECT_EQ(own_scope("urn:uuid:1"), kOrigin);
}

}  // namespace
}  // namespace muniment::sources
