#include "sources/bluesky_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/bluesky_post.hpp"

namespace muniment::sources {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kAuthor[] = R"({"did":"did:plc:quay","handle":"quay.example","displayName":"Quay Side"})";

std::string view(const std::string& key, const std::string& record, const std::string& more = "") {
  return R"({"uri":"at://did:plc:quay/app.bsky.feed.post/)" + key + R"(","cid":"bafy)" + key +
         R"(","author":)" + kAuthor + R"(,"record":{"$type":"app.bsky.feed.post",)" + record + "}" + more +
         R"(,"indexedAt":"2026-11-01T10:00:00.000Z"})";
}

Reading read(const std::string& bytes) {
  auto page = JsonPage::parse(bytes);
  EXPECT_TRUE(page) << page.error().what;
  auto reading = read_bluesky(*page);
  EXPECT_TRUE(reading) << reading.error().what;
  if (!reading) return {};
  for (const auto& item : reading->items) {
    EXPECT_EQ(bytes[item.offset], '{');
    EXPECT_EQ(bytes[item.offset + item.length - 1], '}');
  }
  return *std::move(reading);
}

records::Interaction only(const std::string& record, const std::string& more = "") {
  const auto reading = read(R"({"posts":[)" + view("3k1", record, more) + "]}");
  EXPECT_THAT(reading.items, SizeIs(1));
  return reading.items.empty() ? records::Interaction{} : reading.items[0].interaction;
}

TEST(BlueskyPost, IsNamedByItsAccountAndKeyAndEachVersionByItsCid) {
  const auto item =
      only(R"("text":"Low water at nine","langs":["en","cy"],"createdAt":"2025-03-20T17:15:03-03:00")",
           R"(,"replyCount":2,"repostCount":1,"likeCount":5,"quoteCount":0)");
  EXPECT_EQ(item.platform, "bluesky");
  EXPECT_EQ(item.id, "at://did:plc:quay/app.bsky.feed.post/3k1");
  EXPECT_EQ(item.revision, "bafy3k1");
  EXPECT_EQ(item.type, "post");
  EXPECT_EQ(item.url, "https://bsky.app/profile/did:plc:quay/post/3k1");
  EXPECT_EQ(item.author.id, "did:plc:quay");
  EXPECT_EQ(item.author.handle, "quay.example");
  EXPECT_EQ(item.author.name, "Quay Side");
  EXPECT_EQ(item.posted, "2025-03-20T20:15:03.000Z");
  EXPECT_EQ(item.lang, "en,cy");
  EXPECT_EQ(item.visibility, "public");
  EXPECT_THAT(item.counts, ElementsAre(std::pair<std::string, std::uint64_t>("replies", 2),
                                       std::pair<std::string, std::uint64_t>("reposts", 1),
                                       std::pair<std::string, std::uint64_t>("likes", 5),
                                       std::pair<std::string, std::uint64_t>("quotes", 0)));
}

TEST(BlueskyPost, HasATimeThatClientsSpellDifferently) {
  for (const auto& [spelled, meant] :
       {std::pair("2025-03-20T20:15:03.574Z", "2025-03-20T20:15:03.574Z"),
        std::pair("2025-03-20T20:15:03.561858Z", "2025-03-20T20:15:03.561Z"),
        std::pair("2025-03-20T20:15:03.286393+00:00", "2025-03-20T20:15:03.286Z"),
        std::pair("2025-03-20T17:15:03-03:00", "2025-03-20T20:15:03.000Z")})
    EXPECT_EQ(only(R"("text":"","createdAt":")" + std::string(spelled) + "\"").posted, meant) << spelled;
}

// The author's claim is one thing, when a server first saw the post another.
TEST(BlueskyPost, KeepsWhenAServerSawItBesideWhatItsAuthorClaims) {
  const auto bytes =
      R"({"posts":[)" + view("3k1", R"("text":"early","createdAt":"1999-12-31T23:59:59Z")") + "]}";
  const auto reading = read(bytes);
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.items[0].interaction.posted, "1999-12-31T23:59:59.000Z");
  EXPECT_NE(bytes.substr(reading.items[0].offset, reading.items[0].length).find(R"("indexedAt":"2026-11-01)"),
            std::string::npos);
}

TEST(BlueskyPost, HasFacetsWhoseOffsetsCountBytes) {
  // "Über @quay.example #Häfen": the umlauts are two bytes each.
  const auto item =
      only(R"("text":"Über @quay.example #Häfen","tags":["tide"],"createdAt":"2026-11-01T10:00:00Z","facets":[
    {"index":{"byteStart":6,"byteEnd":19},"features":[{"$type":"app.bsky.richtext.facet#mention","did":"did:plc:quay"}]},
    {"index":{"byteStart":20,"byteEnd":27},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"Häfen"}]},
    {"index":{"byteStart":0,"byteEnd":5},"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://quay.example/"}]}])");
  EXPECT_THAT(item.mentions, ElementsAre("quay.example"));
  EXPECT_THAT(item.tags, ElementsAre("Häfen", "tide"));
  EXPECT_THAT(item.links, ElementsAre("https://quay.example/"));
}

TEST(BlueskyPost, WithOffsetsThatMakeNoSenseNamesTheAccountInstead) {
  for (const auto* index : {R"({"byteStart":1,"byteEnd":3})", R"({"byteStart":6,"byteEnd":600})",
                            R"({"byteStart":6,"byteEnd":10})", R"({"byteStart":9,"byteEnd":6})",
                            R"({"byteStart":-1,"byteEnd":6})", "7"}) {
    const auto item = only(
        R"("text":"Über @quäy","createdAt":"2026-11-01T10:00:00Z","facets":[{"index":)" + std::string(index) +
        R"(,"features":[{"$type":"app.bsky.richtext.facet#mention","did":"did:plc:quay"}]}])");
    EXPECT_THAT(item.mentions, ElementsAre("did:plc:quay")) << index;
  }
}

TEST(BlueskyPost, KeepsPicturesWithTheirDescriptionsAndQuotesAndCards) {
  const auto pictures = only(
      R"("text":"","createdAt":"2026-11-01T10:00:00Z","embed":{"$type":"app.bsky.embed.recordWithMedia",
      "record":{"$type":"app.bsky.embed.record","record":{"uri":"at://did:plc:town/app.bsky.feed.post/3k9","cid":"x"}},
      "media":{"$type":"app.bsky.embed.images","images":[
        {"alt":"The quay","image":{"$type":"blob","ref":{"$link":"bafkA"},"mimeType":"image/png"}},
        {"alt":"","image":{"cid":"bafkB"}}]}})");
  EXPECT_EQ(pictures.quote_of, "at://did:plc:town/app.bsky.feed.post/3k9");
  ASSERT_THAT(pictures.media, SizeIs(2));
  EXPECT_EQ(pictures.media[0].url, "at://did:plc:quay/blob/bafkA");
  EXPECT_EQ(pictures.media[0].type, "image/png");
  EXPECT_EQ(pictures.media[0].alt, "The quay");
  EXPECT_EQ(pictures.media[1].type, "image");
  const auto card = only(R"("text":"","createdAt":"","embed":{"$type":"app.bsky.embed.external",
      "external":{"uri":"https://quay.example/news","title":"News"}})");
  EXPECT_THAT(card.links, ElementsAre("https://quay.example/news"));
  const auto list = only(R"("text":"","createdAt":"","embed":{"$type":"app.bsky.embed.record",
      "record":{"uri":"at://did:plc:town/app.bsky.graph.list/3k9"}})");
  EXPECT_EQ(list.quote_of, "");
  EXPECT_THAT(list.links, ElementsAre("at://did:plc:town/app.bsky.graph.list/3k9"));
}

TEST(BlueskyPost, BelongsToItsThread) {
  const auto item = only(R"("text":"Yes","createdAt":"2026-11-01T10:00:00Z","reply":{
      "root":{"uri":"at://did:plc:town/app.bsky.feed.post/3k0"},"parent":{"uri":"at://did:plc:town/app.bsky.feed.post/3k5"}})");
  EXPECT_EQ(item.type, "reply");
  EXPECT_EQ(item.reply_to, "at://did:plc:town/app.bsky.feed.post/3k5");
  EXPECT_EQ(item.thread, "at://did:plc:town/app.bsky.feed.post/3k0");
}

TEST(BlueskyFeed, HoldsRepostsAsItemsOfTheirOwnAndWhatRepliesAnswer) {
  const auto a = view("3k1", R"("text":"A","createdAt":"2026-11-01T10:00:00Z")");
  const auto b = view("3k2", R"("text":"B","createdAt":"2026-11-01T10:00:00Z")");
  const auto c = view("3k3", R"("text":"C","createdAt":"2026-11-01T10:00:00Z")");
  const auto reading =
      read(R"({"feed":[{"post":)" + a +
           R"(,"reason":{"$type":"app.bsky.feed.defs#reasonRepost","by":{"did":"did:plc:town",
      "handle":"town.example"},"uri":"at://did:plc:town/app.bsky.feed.repost/3kr","cid":"bafr",
      "indexedAt":"2026-11-02T00:00:00Z"}},{"reply":{"root":)" +
           c + R"(,"parent":)" + c + R"(},"post":)" + b + "}]}");
  ASSERT_THAT(reading.items, SizeIs(4));
  const auto& repost = reading.items[0].interaction;
  EXPECT_EQ(repost.id, "at://did:plc:town/app.bsky.feed.repost/3kr");
  EXPECT_EQ(repost.type, "repost");
  EXPECT_EQ(repost.repost_of, "at://did:plc:quay/app.bsky.feed.post/3k1");
  EXPECT_EQ(repost.author.handle, "town.example");
  EXPECT_EQ(repost.repost_author.id, "did:plc:quay");
  EXPECT_EQ(repost.repost_author.url, "https://bsky.app/profile/did:plc:quay");
  EXPECT_EQ(repost.text, "A");
  EXPECT_EQ(repost.posted, "2026-11-02T00:00:00.000Z");
  EXPECT_EQ(reading.items[3].interaction.text, "B");
}

TEST(BlueskyThread, IsReadInTheOrderOfThePageWithGapsLeftOut) {
  const auto a = view("3k1", R"("text":"A","createdAt":"2026-11-01T10:00:00Z")");
  const auto b = view("3k2", R"("text":"B","createdAt":"2026-11-01T10:00:00Z")");
  const auto reading =
      read(R"({"thread":{"$type":"app.bsky.feed.defs#threadViewPost","post":)" + a +
           R"(,"parent":{"$type":"app.bsky.feed.defs#notFoundPost","uri":"at://x","notFound":true},
      "replies":[{"$type":"app.bsky.feed.defs#blockedPost","uri":"at://did:plc:z/app.bsky.feed.post/1"},{"post":)" +
           b + R"(,"replies":[]}]}})");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[1].interaction.text, "B");
}

TEST(BlueskyPage, SaysWhatItIsWhenItHoldsNoPosts) {
  for (const auto* bytes : {R"({"error":"InvalidRequest","message":"no"})", R"({"did":"x"})", "[]", "7"}) {
    auto page = JsonPage::parse(bytes);
    ASSERT_TRUE(page);
    const auto reading = read_bluesky(*page);
    ASSERT_FALSE(reading) << bytes;
    EXPECT_EQ(reading.error().code, Code::kInvalid);
  }
  EXPECT_THAT(
      read(R"({"notifications":[{"uri":"at://did:plc:quay/app.bsky.feed.like/3k","author":{},"record":{}}]})")
          .items,
      IsEmpty());
}

TEST(AtUri, IsTakenApartOnlyWhenItIsOne) {
  EXPECT_EQ(at_uri("at://did:plc:a/app.bsky.feed.post/3k").key, "3k");
  for (const auto* uri : {"", "at://handle.example/c/k", "at://did:plc:a/c", "https://did:plc:a/c/k",
                          "at://did:plc:a/c/k?x=1", "at://did:plc:a//k", "at://did:plc:a/c/"})
    EXPECT_EQ(at_uri(uri).collection, "") << uri;
}

TEST(BlueskyFeed, ReadsWhatARepostWithoutANameRepeatsAndSaysSo) {
  const std::string reason =
      R"("reason":{"$type":"app.bsky.feed.defs#reasonRepost","by":{"did":"did:plc:town","handle":"town.example"},"indexedAt":"2026-11-02T10:00:00.000Z"})";
  const auto reading = read(R"({"feed":[{"post":)" + view("3k1", R"("text":"Own")") + R"(},{"post":)" +
                            view("3k2", R"("text":"Reposted")") + "," + reason + "}]}");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[1].interaction.id, "at://did:plc:quay/app.bsky.feed.post/3k2");
  EXPECT_EQ(reading.items[1].interaction.type, "post");
  EXPECT_EQ(reading.items[1].interaction.text, "Reposted");
  EXPECT_THAT(reading.remarks, ElementsAre(testing::HasSubstr("1 repost has no name")));
}

TEST(BlueskyFeed, ReadsAPostWhoseAuthorOnlyItsNameTells) {
  auto nameless = view("3k1", R"("text":"Low water")");
  const auto author = std::string("\"author\":") + kAuthor + ",";
  nameless.erase(nameless.find(author), author.size());
  const auto reading = read(R"({"feed":[{"post":)" + nameless + "}]}");
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.items[0].interaction.author.id, "did:plc:quay");
  EXPECT_THAT(reading.remarks, IsEmpty());
}

TEST(BlueskyFeed, SaysWhatItLeavesOut) {
  const auto reading =
      read(R"({"feed":[{"post":{"uri":"at://did:plc:quay/app.bsky.feed.post/3k1"}},{"post":)" +
           view("3k2", R"("text":"x")") + R"(}],"posts":[{}]})");
  EXPECT_THAT(reading.items, SizeIs(1));
  EXPECT_THAT(reading.remarks, ElementsAre(testing::HasSubstr("2 entries of the page were left out")));
}

}  // namespace
}  // namespace muniment::sources
