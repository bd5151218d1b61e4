#include "index/thumbnails.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "index/projection.hpp"
#include "support/fake_entropy.hpp"
#include "support/temp_folder.hpp"

namespace muniment::index {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kOrigin[] = "archive.wexcombe.example/muniment/1";

class ThumbnailsOf : public ::testing::Test {
 protected:
  ThumbnailsOf() { EXPECT_TRUE(Projection::open(path(), kOrigin, entropy)); }
  Thumbnails open() {
    auto opened = Thumbnails::open(path(), kOrigin);
    EXPECT_TRUE(opened) << opened.error().what;
    return std::move(*opened);
  }
  std::filesystem::path path() const { return folder.path() / "index.db"; }

  support::TempFolder folder;
  support::FakeEntropy entropy;
};

TEST_F(ThumbnailsOf, AreFoundByTheFileTheyWereMadeOf) {
  ASSERT_TRUE(open().keep("6b8f", {7, 2, std::string(16, 's'), "sealed"}));
  auto thumbnails = open();
  const auto found = thumbnails.find("6b8f");
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->entry, 7U);
  EXPECT_EQ((*found)->place, 2U);
  EXPECT_EQ((*found)->salt, std::string(16, 's'));
  EXPECT_EQ((*found)->sealed, "sealed");
  EXPECT_FALSE(*thumbnails.find("6b8e"));
}

TEST_F(ThumbnailsOf, TakeThePlaceOfOlderOnesOfTheSameFile) {
  auto thumbnails = open();
  ASSERT_TRUE(thumbnails.keep("6b8f", {7, 0, std::string(16, 's'), "old"}));
  ASSERT_TRUE(thumbnails.keep("6b8f", {9, 0, std::string(16, 't'), "new"}));
  EXPECT_EQ((*thumbnails.find("6b8f"))->sealed, "new");
  EXPECT_THAT(*thumbnails.entries(), ElementsAre(9));
}

TEST_F(ThumbnailsOf, AreForgottenByEntry) {
  auto thumbnails = open();
  ASSERT_TRUE(thumbnails.keep("a", {7, 0, std::string(16, 's'), "a"}));
  ASSERT_TRUE(thumbnails.keep("b", {7, 1, std::string(16, 's'), "b"}));
  ASSERT_TRUE(thumbnails.keep("c", {8, 0, std::string(16, 's'), "c"}));
  ASSERT_TRUE(thumbnails.forget(7));
  EXPECT_THAT(*thumbnails.entries(), ElementsAre(8));
}

TEST_F(ThumbnailsOf, AreNotMoreThanTheNewestSoMany) {
  auto thumbnails = open();
  for (std::int64_t i = 0; i < kMostThumbnails + 3; ++i)
    ASSERT_TRUE(thumbnails.keep("file " + std::to_string(i),
                                {static_cast<ledger::Seq>(i), 0, std::string(16, 's'), "x"}));
  EXPECT_EQ(thumbnails.entries()->size(), static_cast<std::size_t>(kMostThumbnails));
  EXPECT_FALSE(*thumbnails.find("file 2"));
  EXPECT_TRUE(*thumbnails.find("file 3"));
}

TEST_F(ThumbnailsOf, AnotherLedgerAreNotGiven) {
  const auto other = Thumbnails::open(path(), "elsewhere.example/muniment/1");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Code::kCorrupt);
  EXPECT_EQ(Thumbnails::open(folder.path() / "none.db", kOrigin).error().code, Code::kNotFound);
}

}  // namespace
}  // namespace muniment::index
