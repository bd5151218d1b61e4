#include "base/sha256_short.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/sha256.hpp"

namespace muniment::base {
namespace {

TEST(Sha256Short, AgreesWithTheLongWayForEveryLengthAndNumberOfMessages) {
  for (std::size_t count = 0; count <= 5; ++count)
    for (std::size_t length = 1; length <= kShortMessage; ++length) {
      std::vector<ShortMessage> messages(count);
      std::vector<std::string> texts;
      for (std::size_t i = 0; i < count; ++i) {
        std::string text(length, static_cast<char>('a' + i));
        text[0] = static_cast<char>(0x80 + i);
        messages[i].start(static_cast<std::uint8_t>(text[0]));
        messages[i].bytes(std::string_view(text).substr(1));
        messages[i].pad();
        texts.push_back(text);
      }
      std::vector<Hash> out(count);
      sha256_short(messages, out.data());
      for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(out[i], sha256(texts[i])) << length << " bytes";
    }
}

TEST(Sha256Short, NumbersAreWrittenBigEndian) {
  ShortMessage message;
  message.start(1);
  message.big_endian(std::uint16_t{0x0203});
  message.big_endian(std::uint32_t{0x04050607});
  message.big_endian(std::uint64_t{0x08090a0b0c0d0e0f});
  message.pad();
  Hash out;
  sha256_short({&message, 1}, &out);
  EXPECT_EQ(out, sha256("\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"));
}

}  // namespace
}  // namespace muniment::base
