// With the program itself, and with others in its place.
#include "app/thumbnail_program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "base/file.hpp"
#include "support/made_pictures.hpp"
#include "support/temp_folder.hpp"

namespace muniment::app {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;

const ThumbnailProgram kReal{MUNIMENT_BINARY_DIR "/bin/muniment-thumbnail"};

class ThumbnailProgramTest : public testing::Test {
 protected:
  Error with(const std::string& does,
             std::chrono::milliseconds within = std::chrono::milliseconds{30'000}) const {
    const auto path = folder.write("program", "#!/bin/sh\n" + does + "\n");
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    const auto made = make_thumbnail({path, within}, "a picture");
    EXPECT_FALSE(made);
    return made ? Error{} : made.error();
  }
  support::TempFolder folder;
};

TEST_F(ThumbnailProgramTest, MakesASmallPictureWithoutWhatItsMakerNoted) {
  const auto picture =
      support::made_jpeg(support::four_fields(600, 400), support::camera_note(6, "50.1N 5.2W"));
  const auto made = make_thumbnail(kReal, picture);
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_TRUE(is_plain_thumbnail(*made));
  EXPECT_THAT(*made, testing::Not(HasSubstr("50.1N")));
}

TEST_F(ThumbnailProgramTest, SaysWhatIsWrongWithAPicture) {
  const auto why = [](const std::string& picture) {
    const auto made = make_thumbnail(kReal, picture);
    EXPECT_FALSE(made);
    EXPECT_EQ(made.error().code, Code::kInvalid);
    EXPECT_THAT(made.error().what, HasSubstr("nothing was kept"));
    EXPECT_THAT(made.error().hint, HasSubstr("muniment attachment save"));
    return made.error().what;
  };
  EXPECT_THAT(why("%PDF-1.4"), HasSubstr("none of the kinds of picture"));
  EXPECT_THAT(why(support::png_that_says(60'000, 60'000)), HasSubstr("50 million pixels"));
  const auto whole = support::made_jpeg(support::four_fields(600, 400));
  EXPECT_THAT(why(whole.substr(0, whole.size() / 2)), HasSubstr("damaged, or not whole"));
}

TEST_F(ThumbnailProgramTest, IsNotWaitedForWhenItHangs) {
  const auto error = with("exec sleep 600", std::chrono::milliseconds{200});
  EXPECT_EQ(error.code, Code::kUnavailable);
  EXPECT_THAT(error.what, HasSubstr("took too long"));
}

TEST_F(ThumbnailProgramTest, IsBelievedNothingButAPlainPicture) {
  EXPECT_THAT(with("echo hello").what, HasSubstr("did not answer as it should"));
  EXPECT_THAT(with("exit 0").what, HasSubstr("did not answer as it should"));
  EXPECT_THAT(with("exit 99").what, HasSubstr("did not answer as it should"));
  EXPECT_THAT(with("exec cat /dev/zero").what, HasSubstr("larger than any"));
  EXPECT_THAT(with("kill -SYS $$").what, HasSubstr("made to do harm"));
  EXPECT_EQ(with("exit 6").code, Code::kUnavailable) << "it could not be shut in";
}

TEST_F(ThumbnailProgramTest, ThatIsNotInstalledIsSaidToBeMissing) {
  const auto made = make_thumbnail({folder / "none"}, "a picture");
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Code::kNotFound);
  EXPECT_THAT(made.error().hint, HasSubstr("beside muniment"));
}

TEST_F(ThumbnailProgramTest, IsLookedForBesideTheProgramThatRuns) {
  EXPECT_EQ(installed_thumbnail_program().path.filename(), "muniment-thumbnail");
  EXPECT_EQ(installed_thumbnail_program().path.parent_path(),
            std::filesystem::canonical("/proc/self/exe").parent_path());
}

TEST_F(ThumbnailProgramTest, IsTheOnlyOneThatLinksDecodersOfPictures) {
  const auto ours = base::read_file(MUNIMENT_BINARY_DIR "/bin/muniment", 1U << 30);
  const auto its = base::read_file(kReal.path, 1U << 30);
  ASSERT_TRUE(ours && its);
  const auto names = [](const std::string& program, std::string_view library) {
    return ::memmem(program.data(), program.size(), library.data(), library.size()) != nullptr;
  };
  for (const auto* library : {"libjpeg.so", "libpng16.so", "libgif.so", "libwebp.so"}) {
    EXPECT_FALSE(names(*ours, library)) << library;
    EXPECT_TRUE(names(*its, library)) << library;
  }
}

std::string chunk(const std::string& name, const std::string& inside) {
  return std::string("\0\0\0", 3) + static_cast<char>(inside.size()) + name + inside + "sums";
}

TEST(PlainThumbnail, HasItsPixelsAndNothingElse) {
  const auto kHead = "\x89PNG\r\n\x1A\n"s;
  const auto size = [](char width, char height) {
    return chunk("IHDR", "\0\0\0"s + width + "\0\0\0"s + height + "\x08\x02\0\0\0"s);
  };
  const auto pixels = chunk("IDAT", "x"), end = chunk("IEND", "");
  EXPECT_TRUE(is_plain_thumbnail(kHead + size(9, 9) + chunk("sRGB", "\0"s) + pixels + pixels + end));
  EXPECT_FALSE(is_plain_thumbnail("")) << "nothing";
  EXPECT_FALSE(is_plain_thumbnail(kHead + size(9, 9) + pixels)) << "no end";
  EXPECT_FALSE(is_plain_thumbnail(kHead + size(9, 9) + end)) << "no pixels";
  EXPECT_FALSE(is_plain_thumbnail(kHead + pixels + end)) << "no head";
  EXPECT_FALSE(is_plain_thumbnail(kHead + size(9, 9) + size(9, 9) + end)) << "two heads";
  EXPECT_FALSE(is_plain_thumbnail(kHead + size(0, 9) + pixels + end)) << "no width";
  EXPECT_FALSE(is_plain_thumbnail(kHead + chunk("IHDR", "\0\0\1\1\0\0\0\1\x08\2\0\0\0"s) + pixels + end))
      << "257 wide";
  EXPECT_FALSE(is_plain_thumbnail(kHead + size(9, 9) + chunk("tEXt", "50.1N") + pixels + end)) << "words";
  EXPECT_FALSE(is_plain_thumbnail(kHead + size(9, 9) + chunk("eXIf", "50.1N") + pixels + end)) << "EXIF";
  EXPECT_FALSE(is_plain_thumbnail(kHead + size(9, 9) + pixels + end + "50.1N")) << "something after the end";
  EXPECT_FALSE(is_plain_thumbnail(kHead + size(9, 9) +
                                  "\xFF\xFF\xFF\xFF"
                                  "IDATx" +
                                  end))
      << "a length that lies";
}

}  // namespace
}  // namespace muniment::app
