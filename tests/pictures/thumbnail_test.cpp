#include "pictures/thumbnail.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pictures/formats.hpp"
#include "support/made_pictures.hpp"

namespace muniment::pictures {
namespace {

using namespace std::string_literals;
using cage::Answer;
using support::field_colour;
using support::four_fields;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Answer answer_to(const std::string& picture) {
  std::string png;
  const auto answer = thumbnail(picture, png);
  EXPECT_EQ(png.empty(), answer != Answer::kDone) << "nothing is said with any other answer";
  return answer;
}

Pixels small(const std::string& picture) {
  std::string png;
  EXPECT_EQ(thumbnail(picture, png), Answer::kDone);
  Pixels out;
  EXPECT_EQ(read_png(png, out), Answer::kDone);
  return out;
}

std::vector<std::string> chunks(const std::string& png) {
  std::vector<std::string> names;
  for (std::size_t at = 8; at + 12 <= png.size();) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) size = size << 8 | static_cast<std::uint8_t>(png[at + i]);
    names.push_back(png.substr(at + 4, 4));
    at += size + 12;
  }
  return names;
}

MATCHER_P(IsNear, colour, "") {
  for (std::size_t i = 0; i < 4; ++i)
    if (std::abs(arg[i] - colour[i]) > 8) return false;
  return true;
}
constexpr std::array kRed = {255, 0, 0, 255}, kGreen = {0, 255, 0, 255}, kBlue = {0, 0, 255, 255},
                     kWhite = {255, 255, 255, 255};

void expect_four_fields(const Pixels& picture) {
  EXPECT_THAT(field_colour(picture, 0, 0), IsNear(kRed));
  EXPECT_THAT(field_colour(picture, 1, 0), IsNear(kGreen));
  EXPECT_THAT(field_colour(picture, 0, 1), IsNear(kBlue));
  EXPECT_THAT(field_colour(picture, 1, 1), IsNear(kWhite));
}

TEST(Thumbnail, ShowsWhatThePictureShowsWhateverItsKind) {
  const auto picture = four_fields(600, 400);
  for (const auto& made : {support::made_png(picture), support::made_jpeg(picture),
                           support::made_webp(picture), support::made_gif(600, 400)}) {
    const auto out = small(made);
    EXPECT_EQ(out.width, 256U);
    EXPECT_EQ(out.height, 171U);
    expect_four_fields(out);
  }
}

TEST(Thumbnail, IsNeverLargerThanThePictureAndNoSideBecomesNothing) {
  EXPECT_EQ(small(support::made_png(four_fields(40, 30))).width, 40U);
  const auto line = small(support::made_png(four_fields(9'000, 2)));
  EXPECT_EQ(line.width, 256U);
  EXPECT_EQ(line.height, 1U);
  EXPECT_EQ(small(support::made_jpeg(four_fields(16, 3'000))).height, 256U);
}

TEST(Thumbnail, OfAPictureWithAPlaceInItHasNoPlaceInIt) {
  const auto note = support::camera_note(1, "50.1N 5.2W, the harbour office");
  const auto picture = support::made_jpeg(four_fields(600, 400), note, "taken by Dunstan Pike");
  ASSERT_THAT(picture, HasSubstr("50.1N 5.2W"));
  ASSERT_THAT(picture, HasSubstr("Dunstan"));
  std::string png;
  ASSERT_EQ(thumbnail(picture, png), Answer::kDone);
  EXPECT_THAT(png, Not(HasSubstr("50.1N")));
  EXPECT_THAT(png, Not(HasSubstr("Exif")));
  EXPECT_THAT(png, Not(HasSubstr("Dunstan")));
  EXPECT_THAT(chunks(png), ElementsAre("IHDR", "sRGB", "IDAT", "IEND"));
  std::string plain;
  ASSERT_EQ(thumbnail(support::made_jpeg(four_fields(600, 400)), plain), Answer::kDone);
  EXPECT_EQ(png, plain) << "what was noted beside the pixels changes nothing";
}

TEST(Thumbnail, StandsUprightHoweverTheCameraWasHeld) {
  const auto out = small(support::made_jpeg(four_fields(600, 400), support::camera_note(6, "x")));
  EXPECT_EQ(out.width, 171U);
  EXPECT_EQ(out.height, 256U);
  EXPECT_THAT(field_colour(out, 0, 0), IsNear(kBlue));
  EXPECT_THAT(field_colour(out, 1, 0), IsNear(kRed));
  EXPECT_THAT(field_colour(out, 1, 1), IsNear(kGreen));
}

TEST(Thumbnail, OfAPictureThatMovesIsItsFirstFrame) {
  expect_four_fields(small(support::made_gif(300, 200, 40)));
}

TEST(Thumbnail, KeepsWhatIsSeenThrough) {
  auto picture = four_fields(600, 400);
  for (std::size_t i = 3; i < picture.rgba.size() / 2; i += 4) picture.rgba[i] = 0;
  const auto out = small(support::made_png(picture));
  EXPECT_EQ(field_colour(out, 0, 0)[3], 0);
  EXPECT_THAT(field_colour(out, 1, 1), IsNear(kWhite));
}

TEST(Thumbnail, IsNotMadeOfHalfAPicture) {
  const auto picture = four_fields(600, 400);
  for (const auto& made : {support::made_png(picture), support::made_jpeg(picture),
                           support::made_webp(picture), support::made_gif(600, 400)}) {
    EXPECT_EQ(answer_to(made.substr(0, made.size() / 2)), Answer::kDamaged) << made.substr(0, 4);
    for (std::size_t size = 0; size < made.size() / 2; size += 1 + made.size() / 64)
      EXPECT_NE(answer_to(made.substr(0, size)), Answer::kDone) << made.substr(0, 4) << " cut to " << size;
  }
}

TEST(Thumbnail, OfAPictureThatSaysItIsHugeIsNotAttempted) {
  EXPECT_EQ(answer_to(support::png_that_says(60'000, 60'000)), Answer::kTooLarge);
  EXPECT_EQ(answer_to(support::png_that_says(0x7FFF'FFFF, 1)), Answer::kTooLarge);
  EXPECT_EQ(answer_to(support::png_that_says(0, 9)), Answer::kDamaged);
  auto jpeg = support::made_jpeg(four_fields(64, 64));
  const auto frame = jpeg.find("\xFF\xC0");
  ASSERT_NE(frame, std::string::npos);
  jpeg.replace(frame + 5, 4, "\xFF\0\xFF\0"s);
  EXPECT_EQ(answer_to(jpeg), Answer::kTooLarge);
  auto gif = support::made_gif(64, 64);
  EXPECT_EQ(answer_to(gif.replace(6, 4, "\xFF\xFF\xFF\xFF")), Answer::kTooLarge) << "the screen";
  EXPECT_EQ(answer_to("RIFF\x1E\0\0\0WEBPVP8L\x11\0\0\0\x2F\xFF\xFF\xFF\x0F\0\0\0\0\0\0\0\0\0\0\0\0\0"s),
            Answer::kTooLarge)
      << "16384 x 16384";
}

TEST(Thumbnail, IsMadeOfPicturesOnly) {
  for (const auto& said : {""s, "hello"s,
                           "\x7F"
                           "ELF\2\1\1"s,
                           "<svg xmlns='http://www.w3.org/2000/svg'/>"s, "RIFF\x24\0\0\0WAVEfmt "s,
                           "RIFF\0\0"s, "%PDF-1.4"s, "BM\x3A\0\0\0"s, "II*\0"s})
    EXPECT_EQ(answer_to(said), Answer::kKind) << said;
  EXPECT_EQ(answer_to(std::string(cage::kMostPictureBytes + 1, 'x')), Answer::kTooLarge);
}

// A picture that says one thing and is another, in every way one byte can.
TEST(Thumbnail, OfAPictureWithOneWrongByteIsPlainOrIsNot) {
  const auto picture = four_fields(24, 16);
  for (const auto& made :
       {support::made_png(picture), support::made_jpeg(picture, support::camera_note(6, "x")),
        support::made_webp(picture), support::made_gif(24, 16, 2)})
    for (std::size_t at = 0; at < made.size(); ++at)
      for (const char wrong : {'\0', '\x7F', '\xFF'}) {
        auto other = made;
        other[at] = wrong;
        std::string png;
        const auto answer = thumbnail(other, png);
        EXPECT_EQ(png.empty(), answer != Answer::kDone);
        EXPECT_LE(png.size(), cage::kMostThumbnailBytes);
      }
}

}  // namespace
}  // namespace muniment::pictures
