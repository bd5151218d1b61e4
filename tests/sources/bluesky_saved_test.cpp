#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "sources/bluesky_repository.hpp"
#include "sources/car.hpp"
#include "sources/dag_cbor.hpp"
#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::contents_of;
using support::fault_of;
using support::files_below;
using support::platforms_folder;
using support::read_file_of;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string from_hex(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    out.push_back(static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  return out;
}

// A repository of did:plc:town: a profile, a post, a repost and a like; and one post that was deleted, whose
// block is still there.
const std::string kRepository = from_hex(
    "3aa265726f6f747381d82a582500017112200d482119e60e352981a898ecd8ca7c793dfb8a4d776bf78066bfffd88714c3f36776"
    "6572"
    "73696f6e019201017112200d482119e60e352981a898ecd8ca7c793dfb8a4d776bf78066bfffd88714c3f3a6636469646c646964"
    "3a70"
    "6c633a746f776e637265766d336b6161616161616161613264637369674800000000000000006464617461d82a58250001711220"
    "e1f5"
    "5619304ac643a18a708c36d484c048e2a2d5314058c2a2cba868348dbf5c6470726576f66776657273696f6e03b90201711220e1"
    "f556"
    "19304ac643a18a708c36d484c048e2a2d5314058c2a2cba868348dbf5ca2616583a4616b581b6170702e62736b792e6163746f72"
    "2e70"
    "726f66696c652f73656c666170006174f66176d82a58250001711220704bca397e8c3f952c7bee46983a4fb6dfddc06ab3652f30"
    "4d6b"
    "1fa168ec5b25a4616b57666565642e6c696b652f336b61616161616161616132626170096174d82a58250001711220d0981ab494"
    "dd45"
    "7d103774e904d85cd6ee89fe66cd4ab95e227b12c23e7d56b86176d82a58250001711220eeb66abf66647d110bc837cf09628fb5"
    "d755"
    "6d840e0fb6a82d3c78e1355e1c7da4616b547265706f73742f336b616161616161616161326361700e6174f66176d82a58250001"
    "7112"
    "204dd95f516d789df0f9c517d02a77d45137e8a925c18942eb99ab831fa53870b7616cf65b01711220704bca397e8c3f952c7bee"
    "4698"
    "3a4fb6dfddc06ab3652f304d6b1fa168ec5b25a2652474797065766170702e62736b792e6163746f722e70726f66696c656b6469"
    "7370"
    "6c61794e616d656c546f776e20436f756e63696ccc0201711220972507bdefd5e64071426e97f641e5c33ca5ea9f27ce321dce3d"
    "7341"
    "f581adf1a56474657874781dc384726765722077697468202362696e7320406a6f2e6578616d706c65652474797065726170702e"
    "6273"
    "6b792e666565642e706f7374656c616e67738162656e6666616365747382a265696e646578a26762797465456e64116962797465"
    "5374"
    "6172740c68666561747572657381a2637461676462696e73652474797065781b6170702e62736b792e72696368746578742e6661"
    "6365"
    "7423746167a265696e646578a26762797465456e64181d696279746553746172741268666561747572657381a2636469646a6469"
    "643a"
    "706c633a6a6f652474797065781f6170702e62736b792e72696368746578742e6661636574236d656e74696f6e69637265617465"
    "6441"
    "74781b323032362d30352d30315431303a30303a30302e3132333435365a6a01711220f18c7369b66e613c6d793ca9b1ec8f0329"
    "0b08"
    "6096f6e77ffbf5f40850ef3e13a364746578746764656c65746564652474797065726170702e62736b792e666565642e706f7374"
    "6963"
    "726561746564417474323032362d30352d30315430393a30303a30305a810101711220d0981ab494dd457d103774e904d85cd6ee"
    "89fe"
    "66cd4ab95e227b12c23e7d56b8a2616581a4616b58206170702e62736b792e666565642e706f73742f336b616161616161616161"
    "3261"
    "6170006174f66176d82a58250001711220972507bdefd5e64071426e97f641e5c33ca5ea9f27ce321dce3d7341f581adf1616cf6"
    "a101"
    "017112204dd95f516d789df0f9c517d02a77d45137e8a925c18942eb99ab831fa53870b7a3652474797065746170702e62736b79"
    "2e66"
    "6565642e7265706f7374677375626a656374a26363696468626166797265697863757269782661743a2f2f6469643a706c633a6a"
    "6f2f"
    "6170702e62736b792e666565642e706f73742f336b786963726561746564417474323032362d30352d30325431303a30303a3030"
    "5a9f"
    "0101711220eeb66abf66647d110bc837cf09628fb5d7556d840e0fb6a82d3c78e1355e1c7da3652474797065726170702e62736b"
    "792e"
    "666565642e6c696b65677375626a656374a26363696468626166797265697863757269782661743a2f2f6469643a706c633a6a6f"
    "2f61"
    "70702e62736b792e666565642e706f73742f336b786963726561746564417474323032362d30352d30325431303a30303a30305"
    "a");

constexpr std::string_view kWords = "with #bins @jo.example";

TEST(BlueskyRepository, ReadsWhatItsRootLeadsTo) {
  const auto reading = read_file_of("bluesky-repository", kRepository);
  EXPECT_EQ(fault_of(reading, kRepository), "");
  ASSERT_THAT(reading.items, SizeIs(2)) << testing::PrintToString(reading.remarks);
  EXPECT_EQ(reading.others, 2U);
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.platform, "bluesky");
  EXPECT_EQ(post.id, "at://did:plc:town/app.bsky.feed.post/3kaaaaaaaaa2a");
  EXPECT_EQ(post.text, "\u00c4rger with #bins @jo.example");
  EXPECT_EQ(post.posted, "2026-05-01T10:00:00.123Z");
  EXPECT_EQ(post.author.id, "did:plc:town");
  EXPECT_EQ(post.author.name, "Town Council");
  EXPECT_THAT(post.tags, ElementsAre("bins"));
  EXPECT_THAT(post.mentions, ElementsAre("jo.example"));
  EXPECT_TRUE(post.revision.starts_with("bafyrei")) << post.revision;
  EXPECT_NE(
      std::string_view(kRepository).substr(reading.items[0].offset, reading.items[0].length).find(kWords),
      std::string_view::npos);
  EXPECT_EQ(reading.items[1].interaction.type, "repost");
  EXPECT_EQ(reading.items[1].interaction.repost_of, "at://did:plc:jo/app.bsky.feed.post/3kx");
  EXPECT_EQ(reading.items[1].interaction.repost_author.id, "did:plc:jo");
}

TEST(BlueskyRepository, LeavesBlocksOutThatDoNotMatchTheirNames) {
  auto changed = kRepository;
  const auto at = changed.find(kWords);
  ASSERT_NE(at, std::string::npos);
  changed[at] = 'W';
  const auto reading = read_file_of("bluesky-repository", changed);
  EXPECT_THAT(reading.items, SizeIs(1));
  EXPECT_THAT(reading.remarks, Contains(HasSubstr("1 blocks do not match")));
  EXPECT_THAT(reading.remarks, Contains(HasSubstr("1 blocks that the repository names are not in the file")));
}

TEST(BlueskyRepository, IsReadOrRefusedWhereverItBreaksOff) {
  for (std::size_t end = 0; end < kRepository.size(); ++end) {
    const auto part = std::string_view(kRepository).substr(0, end);
    const auto repository = read_repository(part);
    if (!repository) EXPECT_FALSE(repository.error().what.empty());
  }
  for (std::size_t i = 0; i < kRepository.size(); ++i) {
    auto changed = kRepository;
    changed[i] = static_cast<char>(changed[i] ^ 0x21);
    const auto repository = read_repository(changed);
    if (repository) EXPECT_LE(repository->records.size(), 4U);
  }
}

TEST(DagCbor, TakesOneSpellingOfEachValueOnly) {
  EXPECT_EQ(json_of_cbor(std::string_view("\xa1\x61\x61\x01", 4)).value(), R"({"a":1})");
  EXPECT_EQ(json_of_cbor(std::string_view("\x83\xf4\xf6\x38\x63", 5)).value(), "[false,null,-100]");
  EXPECT_EQ(json_of_cbor(std::string_view("\x63\x22\x0a\x5c", 4)).value(), R"("\"\u000a\\")");
  EXPECT_EQ(json_of_cbor(std::string_view("\x42\x01\x02", 3)).value(), R"({"$bytes":"AQI"})");
  for (const auto& bad :
       {std::string_view("\x18\x01", 2), std::string_view("\x9f\xff", 2), std::string_view("\xf9\x00\x00", 3),
        std::string_view("\xc1\x01", 2), std::string_view("\x61\xff", 2), std::string_view("\x01\x01", 2),
        std::string_view("\xa1\x01\x01", 3), std::string_view("", 0),
        std::string_view("\x9b\xff\xff\xff\xff\xff\xff\xff\xff", 9),
        std::string_view("\xfb\x7f\xf0\0\0\0\0\0\0", 9)})
    EXPECT_FALSE(json_of_cbor(bad)) << bad.size();
  EXPECT_FALSE(json_of_cbor(std::string(100'000, '\x81')));
}

TEST(BlueskyRepository, OfTheRecordedOneGivesEveryPostAndRepost) {
  const auto path =
      platforms_folder() / "bluesky/bluesky-social__indigo/testing/testdata/fakermaker.repo.car";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "the recorded payloads are not here";
  const auto bytes = contents_of(path);
  const auto car = read_car(bytes);
  ASSERT_TRUE(car);
  EXPECT_THAT(car->blocks, SizeIs(682));
  EXPECT_EQ(car->mismatched, 0U);
  const auto reading = read_file_of("bluesky-repository", bytes);
  EXPECT_EQ(fault_of(reading, bytes), "");
  const auto posts = std::ranges::count_if(
      reading.items, [](const Item& item) { return item.interaction.type != "repost"; });
  EXPECT_EQ(posts, 26);
  EXPECT_THAT(reading.items, SizeIs(26 + 15));
  EXPECT_EQ(reading.others, 78U + 22U + 1U);
}

TEST(BlueskySaved, ReadsAnswersAsTheyAreSaved) {
  const auto feed = read_file_of(
      "bluesky",
      R"({"feed":[{"post":{"uri":"at://did:plc:town/app.bsky.feed.post/3ka","cid":"bafyreia","author":{"did":"did:plc:town","handle":"town.example","displayName":"Town"},"record":{"$type":"app.bsky.feed.post","text":"hi","createdAt":"2025-03-20T17:15:03-03:00"},"indexedAt":"2025-03-20T20:15:04.000Z","likeCount":2}}],"cursor":"x"})");
  ASSERT_THAT(feed.items, SizeIs(1));
  EXPECT_EQ(feed.items[0].interaction.posted, "2025-03-20T20:15:03.000Z");
  const auto records = read_file_of(
      "bluesky",
      R"({"records":[{"uri":"at://did:plc:town/app.bsky.feed.post/3ka","cid":"bafyreia","value":{"$type":"app.bsky.feed.post","text":"hi","createdAt":"2025-03-20T17:15:03-03:00"}},{"uri":"at://did:plc:town/app.bsky.feed.like/3kb","cid":"bafyreib","value":{"$type":"app.bsky.feed.like"}}]})");
  ASSERT_THAT(records.items, SizeIs(1));
  EXPECT_EQ(records.items[0].interaction.id, feed.items[0].interaction.id);
  EXPECT_EQ(records.items[0].interaction.revision, "bafyreia");
}

TEST(BlueskySaved, OfRecordedAnswersGivesEveryPost) {
  const auto folder = platforms_folder() / "bluesky";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the recorded payloads are not here";
  const auto models = folder / "MarshalX__atproto/test_atproto_client/models/test_data";
  for (const auto* name :
       {"post_record.json", "extended_post_record.json", "thread_view_post_with_embed_media.json"})
    EXPECT_THAT(read_file_of("bluesky", contents_of(models / name)).items, SizeIs(1)) << name;
  EXPECT_THAT(
      read_file_of("bluesky", contents_of(folder / "snarfed__granary/test_bluesky.POST_VIEW_BSKY.json"))
          .items,
      SizeIs(1));
}

}  // namespace
}  // namespace muniment::sources
