#include "index/media_register.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "index/projection.hpp"
#include "support/fake_entropy.hpp"
#include "support/followed_entries.hpp"
#include "support/temp_folder.hpp"

namespace muniment::index {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kOrigin[] = "archive.wexcombe.example/muniment/1";
constexpr char kSha[] = "6b8f3a";
constexpr std::int64_t kNoon = 1'772'366'400'000;  // 2026-03-01T12:00:00Z

class MediaRegisterOf : public ::testing::Test {
 protected:
  MediaRegister follow() {
    auto projection = Projection::open(path(), kOrigin, entropy);
    EXPECT_TRUE(projection);
    const auto applied = projection->apply(entries.from(projection->position()));
    EXPECT_TRUE(applied) << applied.error().what;
    auto media = MediaRegister::open(path(), kOrigin);
    EXPECT_TRUE(media);
    return std::move(*media);
  }
  ledger::Seq post(const std::string& id, const std::vector<std::string>& urls, const std::string& source) {
    auto item = support::small_post(id, "The pier");
    for (const auto& url : urls) item.media.push_back({url, "image", ""});
    return entries.capture(item, "{}", source);
  }
  ledger::Seq media(ledger::Seq of, int place, const std::string& outcome, const std::string& again = {}) {
    records::BodyBuilder body;
    body.add("of", std::to_string(of) + " leaf=").add("place", std::to_string(place)).add("outcome", outcome);
    body.add("again", again).add("media.0.sha256", kSha);
    return entries.add(ledger::kind::kMedia, body.build());
  }
  // "version.place" each.
  static std::vector<std::string> asked(MediaRegister& media, std::string_view source, bool refused = false,
                                        std::int64_t now = kNoon) {
    const auto rows = media.to_ask(source, now, refused);
    EXPECT_TRUE(rows);
    std::vector<std::string> out;
    for (const auto& row : *rows)
      out.push_back(std::to_string(row.version) + "." + std::to_string(row.place));
    return out;
  }
  std::filesystem::path path() const { return folder.path() / "index.db"; }

  support::TempFolder folder;
  support::FakeEntropy entropy;
  support::FollowedEntries entries;
};

TEST_F(MediaRegisterOf, WhatVersionsNameIsToBeAskedForBySource) {
  post("1", {"https://a.example/1.png", "photos/1.jpg", "at://did:plc:a/blob/b"}, "town");
  post("2", {"http://a.example/2.png"}, "");
  post("3", {}, "town");
  auto media = follow();
  EXPECT_THAT(asked(media, "town"), ElementsAre("0.0", "0.2")) << "a name within a file is no address";
  EXPECT_THAT(asked(media, ""), ElementsAre("1.0"));
  EXPECT_THAT(asked(media, "elsewhere"), IsEmpty());
  EXPECT_EQ(media.counts("town")->never_asked, 2U);
}

TEST_F(MediaRegisterOf, WhatBecameOfItDecidesWhetherItIsAskedForAgain) {
  const auto post_seq =
      post("1", {"https://a.example/0", "https://a.example/1", "https://a.example/2"}, "town");
  media(post_seq, 0, "kept");
  media(post_seq, 1, "later", "2026-03-01T12:00:01Z");
  const auto refused = media(post_seq, 2, "refused");
  auto known = follow();
  EXPECT_THAT(asked(known, "town"), IsEmpty());
  EXPECT_THAT(asked(known, "town", false, kNoon + 1000), ElementsAre("0.1"));
  EXPECT_THAT(asked(known, "town", true), ElementsAre("0.2"));
  const auto counts = known.counts("town");
  EXPECT_EQ(counts->held, 1U);
  EXPECT_EQ(counts->later, 1U);
  EXPECT_EQ(counts->refused, 1U);
  const auto rows = known.of(post_seq);
  ASSERT_EQ(rows->size(), 3U);
  EXPECT_EQ((*rows)[2].entry, refused);
  EXPECT_EQ((*rows)[0].state, MediaState::kHeld);
}

TEST_F(MediaRegisterOf, ALaterEntryAboutAFileCounts) {
  const auto post_seq = post("1", {"https://a.example/0"}, "town");
  media(post_seq, 0, "later", "2026-03-01T13:00:00Z");
  EXPECT_EQ(follow().counts("town")->later, 1U);
  const auto kept = media(post_seq, 0, "kept");
  auto known = follow();
  EXPECT_EQ(known.counts("town")->held, 1U);
  EXPECT_EQ(known.counts("town")->later, 0U);
  EXPECT_THAT(*known.with_content(kSha), ElementsAre(kept));
  EXPECT_THAT(*known.with_content("another"), IsEmpty());
}

}  // namespace
}  // namespace muniment::index
