#include "containers/zstd_stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "containers/container.hpp"
#include "support/made_archive.hpp"

namespace muniment::containers {
namespace {

using support::made_zstd;
using testing::HasSubstr;

constexpr std::size_t kWindowByte = 5;  // of a frame that does not say how long it is

// The same frame, which now claims a window of 2 to the power of that.
std::string claiming(std::string frame, unsigned window_log) {
  frame[kWindowByte] = static_cast<char>((window_log - 10) << 3U);
  return frame;
}

std::string noise(std::size_t size) {
  std::string out;
  for (std::uint32_t x = 1; out.size() < size; x = x * 1'664'525 + 1'013'904'223)
    out.push_back(static_cast<char>(x >> 24U));
  return out;
}

struct Unpacked {
  std::string bytes;
  std::string error;
  std::uint64_t taken = 0;
};

Unpacked unpack(const std::string& packed, std::size_t step = 5'000, std::uint64_t window = kWindow) {
  base::MemoryStream stream(packed);
  ZstdStream zstd(stream, window);
  Unpacked out;
  std::string some(step, '\0');
  for (;;) {
    const auto count = zstd.read(some);
    if (!count) out.error = count.error().what;
    out.taken = zstd.taken();
    if (!count || *count == 0) return out;
    out.bytes.append(some, 0, *count);
  }
}

TEST(ZstdStream, GivesWhatWasPackedHoweverItIsAskedFor) {
  const auto bytes = noise(700'000) + std::string(300'000, 'x');
  const auto packed = made_zstd(bytes, 20);
  for (const std::size_t step : {std::size_t{1U << 20U}, std::size_t{4096}, std::size_t{7}}) {
    const auto out = unpack(packed, step);
    EXPECT_EQ(out.error, "");
    EXPECT_EQ(out.bytes, bytes) << step;
    EXPECT_EQ(out.taken, packed.size());
  }
}

TEST(ZstdStream, ReadsFramesOneAfterAnotherAndPassesOverThoseToBeSkipped) {
  const std::string skipped("\x50\x2a\x4d\x18\x03\x00\x00\x00xyz", 11);
  const auto out = unpack(made_zstd("one ", 20) + skipped + made_zstd("", 20) + made_zstd("two", 24));
  EXPECT_EQ(out.error, "");
  EXPECT_EQ(out.bytes, "one two");
}

TEST(ZstdStream, KeepsWhatCameBeforeABreak) {
  const auto bytes = noise(500'000);
  const auto packed = made_zstd(bytes, 20);
  const auto out = unpack(packed.substr(0, packed.size() / 2));
  EXPECT_EQ(out.error, "zstd: it breaks off");
  EXPECT_GT(out.bytes.size(), 100'000U);
  EXPECT_TRUE(bytes.starts_with(out.bytes));
  EXPECT_THAT(unpack(made_zstd("one", 20) + "garbage").error, HasSubstr("zstd: "));
}

TEST(ZstdStream, DoesNotGrantALaterFrameMoreThanTheFirst) {
  const auto out = unpack(made_zstd("one", 20) + claiming(made_zstd("two", 20), 31));
  EXPECT_EQ(out.bytes, "one");
  EXPECT_EQ(out.error, "zstd: a part of it was packed with a window of more than 128 MiB");
}

TEST(ZstdStream, UnpacksWithinTheWindowThatItWasGranted) {
  EXPECT_EQ(unpack(claiming(made_zstd("two", 20), 31), 100, kMostWindow).bytes, "two");
}

TEST(ZstdWindow, IsWhatTheHeaderSays) {
  for (const unsigned log : {17U, 20U, 27U, 31U})
    EXPECT_EQ(zstd_window(claiming(made_zstd("x", 20), log)), 1ULL << log);
  auto between = made_zstd("x", 20);
  between[kWindowByte] = static_cast<char>((31U - 10U) << 3U | 1U);
  EXPECT_EQ(zstd_window(between), (2ULL << 30) + (256ULL << 20));
  using namespace std::string_view_literals;
  // Single segments: of 300 bytes, and of 5 GiB under a dictionary's number.
  EXPECT_EQ(zstd_window("\x28\xb5\x2f\xfd\x60\x2c\x00"sv), 300U);
  EXPECT_EQ(zstd_window("\x28\xb5\x2f\xfd\xe1\x07\x00\x00\x00\x40\x01\x00\x00\x00"sv), 5ULL << 30);
  EXPECT_EQ(zstd_window("\x28\xb5\x2f\xfd\xe1\x07\x00"sv), std::nullopt);
  EXPECT_EQ(zstd_window("\x28\xb5\x2f\xfd"sv), std::nullopt);
  EXPECT_EQ(zstd_window("PK\x03\x04 no zstd"sv), std::nullopt);
}

TEST(ZstdWindow, OfWhatZstdItselfPacksIsTheOneThatItWasTold) {
  EXPECT_EQ(zstd_window(made_zstd("x", 31)), kMostWindow);
  EXPECT_EQ(zstd_window(made_zstd("x", 27)), kWindow);
}

// A few bytes that claim gigabytes are refused by what they say, before anything is taken for them.
TEST(ZstdWindow, ThatIsNotGrantedIsRefusedBeforeAnythingIsTaken) {
  const auto hostile = claiming(made_zstd("x", 20), 31);
  ASSERT_LT(hostile.size(), 20U);
  base::MemoryStream stream(hostile);
  const auto container = open_container(stream, hostile, {});
  ASSERT_FALSE(container);
  EXPECT_THAT(container.error().what, HasSubstr("window of 2 GiB"));
  EXPECT_TRUE(asks_for_large_window(hostile));
  std::string rest(100, '\0');
  EXPECT_EQ(stream.read(rest).value_or(0), hostile.size()) << "nothing was read";
  EXPECT_TRUE(grant_window(claiming(made_zstd("x", 20), 27), kWindow));
}

TEST(ZstdWindow, BeyondTwoGiBIsNeverGranted) {
  const auto frame = claiming(made_zstd("x", 20), 32);
  const auto refused = grant_window(frame, kMostWindow);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("more than 2 GiB"));
  EXPECT_EQ(refused.error().hint.find("--large-window"), std::string::npos);
}

TEST(ZstdContainer, CountsWhatIsPackedWhenItJudgesATrap) {
  Limits limits;
  limits.unjudged = 1U << 20;
  const auto bomb = made_zstd(std::string(64U << 20, 'x'), 20);
  base::MemoryStream stream(bomb);
  auto container = open_container(stream, bomb.substr(0, 512), limits);
  ASSERT_TRUE(container);
  ASSERT_TRUE((*container)->next().value());
  std::string some(1U << 20, '\0');
  Result<std::size_t> count = 1;
  while (count && *count != 0) count = (*container)->content().read(some);
  ASSERT_FALSE(count);
  EXPECT_THAT(count.error().what, HasSubstr("as only a trap does"));
}

}  // namespace
}  // namespace muniment::containers
