#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::only_item;
using support::read_file_of;
using testing::SizeIs;

constexpr std::string_view kAlbum = R"({"name": "The qu\u00c3\u00a4y", "photos": [
  {"uri": "your_facebook_activity/posts/media/quay_1/226_n_16.jpg", "creation_timestamp": 1777629600,
   "media_metadata": {"photo_metadata": {"exif_data": [{"upload_ip": "192.0.2.1"}]}}, "title": "The qu\u00c3\u00a4y", "description": "Old stones",
   "comments": [{"timestamp": 1777629700, "comment": "Since when?", "author": "Ann"}, {"timestamp": 1777629800, "comment": "1790", "author": "Wexcombe"}, 7]},
  {"uri": "your_facebook_activity/posts/media/quay_1/227_n_17.jpg", "creation_timestamp": 1777629601}, {"description": "no file"}],
 "cover_photo": {"uri": "x.jpg", "creation_timestamp": 1}, "last_modified_timestamp": 1777629900,
 "comments": [{"timestamp": 1777629950, "comment": "More please", "author": "Ben"}], "description": "All of it"})";

SavedContext of_the_town() {
  SavedContext context;
  learn(
      R"({"profile_v2":{"name":{"full_name":"Wexcombe"},"username":"wexcombe","profile_uri":"https://www.facebook.com/wexcombe"}})",
      context);
  return context;
}

TEST(FacebookPhotos, GivesAnAlbumItsPhotosAndWhatWasSaidBelowThem) {
  const auto reading = read_file_of("facebook-photos", kAlbum, of_the_town());
  EXPECT_EQ(fault_of(reading, kAlbum), "");
  ASSERT_THAT(reading.items, SizeIs(6));
  EXPECT_EQ(reading.others, 2U);
  const auto& album = reading.items[0].interaction;
  EXPECT_EQ(album.summary, "The qu\u00e4y");
  EXPECT_EQ(album.text, "All of it");
  EXPECT_EQ(album.posted, "");
  const auto& photo = reading.items[1].interaction;
  EXPECT_EQ(photo.text, "Old stones");
  EXPECT_EQ(photo.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(photo.author.handle, "wexcombe");
  EXPECT_EQ(photo.media[0].url, "your_facebook_activity/posts/media/quay_1/226_n_16.jpg");
  const auto& asked = reading.items[2].interaction;
  EXPECT_EQ(asked.type, "comment");
  EXPECT_EQ(asked.author.name, "Ann");
  EXPECT_EQ(asked.reply_to, photo.id);
  EXPECT_EQ(reading.items[3].interaction.author.handle, "wexcombe");
  EXPECT_EQ(reading.items[4].interaction.text, "");
  EXPECT_EQ(reading.items[5].interaction.text, "More please");
  EXPECT_EQ(reading.items[5].interaction.reply_to, album.id);
}

TEST(FacebookPhotos, KeepNoNetworkAddressInAField) {
  const auto reading = read_file_of("facebook-photos", kAlbum, of_the_town());
  for (const auto& item : reading.items)
    EXPECT_EQ(records::version_content(item.interaction).find("192.0.2.1"), std::string::npos);
}

TEST(FacebookPhotos, OfAnAlbumOfWhichNothingIsSaidAreThePhotosAlone) {
  const auto photo = only_item(
      "facebook-photos",
      R"({"name":"Mobile uploads","photos":[{"uri":"a/b.jpg","creation_timestamp":1777629600}],"comments":[],"description":""})");
  EXPECT_EQ(photo.type, "post");
  EXPECT_EQ(photo.media[0].type, "image");
}

TEST(FacebookPhotos, HaveTheSameNameInWhateverFolderAnExportKeepsThem) {
  const auto with = [](std::string_view folder) {
    return only_item("facebook-photos",
                     R"({"other_photos_v2":[{"uri":")" + std::string(folder) +
                         R"(/226_n_16.jpg","creation_timestamp":1777629600,"description":"x"}]})")
        .id;
  };
  EXPECT_EQ(with("posts/media"), with("your_facebook_activity/posts/media"));
  EXPECT_NE(with("a"), "");
}

TEST(FacebookPhotos, ReadsVideosOfEitherSpelling) {
  for (const auto* list : {"videos", "videos_v2"}) {
    const auto video = only_item(
        "facebook-photos",
        R"({")" + std::string(list) +
            R"(":[{"uri":"posts/media/videos/1.mp4","creation_timestamp":1777629600,"thumbnail":{"uri":"t.jpg"},"description":"The ferry"}]})");
    EXPECT_EQ(video.text, "The ferry") << list;
    EXPECT_EQ(video.media.at(0).type, "video") << list;
  }
}

}  // namespace
}  // namespace muniment::sources
