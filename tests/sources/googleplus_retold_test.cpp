#include "sources/googleplus_retold.hpp"

#include <gtest/gtest.h>

namespace muniment::sources {
namespace {

records::Interaction post(std::string text) {
  records::Interaction out;
  out.platform = "googleplus";
  out.id = "https://plus.google.com/+Town/posts/Ab1";
  out.type = "post";
  out.author.name = "Town";
  out.posted = "2014-06-30T14:04:00.000Z";
  out.text = std::move(text);
  return out;
}

TEST(GooglePlusRetold, KnowsThatLinesAtTheEndAreMoreOfTheSame) {
  const auto less = post("The quay is wet"), more = post("The quay is wet\nOld Quay");
  EXPECT_EQ(retold(less, more), Retold::kLess);
  EXPECT_EQ(retold(more, less), Retold::kMore);
  EXPECT_EQ(retold(less, less), Retold::kSame);
  EXPECT_EQ(retold(post(""), post("Originally shared by Ann\nNo ferry")), Retold::kLess);
}

TEST(GooglePlusRetold, TakesPicturesThatAreFilesForMoreThanTheirAddresses) {
  auto file = post("The quay"), address = post("The quay");
  file.media.push_back({"Photos/quay.jpg", "image", ""});
  address.media.push_back({"https://lh3.example/quay.jpg", "image/*", "the quay"});
  EXPECT_EQ(retold(file, address), Retold::kMore);
  EXPECT_EQ(retold(address, file), Retold::kLess);
}

TEST(GooglePlusRetold, TakesOtherWordsTimesAndPeopleForOther) {
  const auto it = post("The quay is wet");
  EXPECT_EQ(retold(post("The quay is wetter"), it), Retold::kNo);
  EXPECT_EQ(retold(post("The quay is dry"), it), Retold::kNo);
  auto edited = post("The quay is wet\nand cold");
  edited.edited = "2014-07-01T08:06:58.000Z";
  EXPECT_EQ(retold(edited, it), Retold::kNo);
  auto other = it;
  other.author.name = "Ann";
  EXPECT_EQ(retold(other, it), Retold::kNo);
  other = it;
  other.id += "2";
  EXPECT_EQ(retold(other, it), Retold::kNo);
  other = it;
  other.platform = "feed";
  EXPECT_EQ(retold(other, it), Retold::kNo);
  EXPECT_EQ(retold(other, other), Retold::kNo) << "such a platform has no rules";
}

}  // namespace
}  // namespace muniment::sources
