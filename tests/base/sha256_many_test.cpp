#include "base/sha256_many.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "base/sha256.hpp"

namespace muniment::base {
namespace {

struct Case {
  Message message;
  std::string tail;
  std::string whole;
};

Case make(std::size_t numbers, std::size_t tail_size, char letter) {
  Case made;
  made.message.start(static_cast<std::uint8_t>(letter));
  made.whole.push_back(letter);
  for (std::size_t i = 0; i < numbers; ++i) {
    made.message.big_endian(std::uint32_t{0x61626364});
    made.whole += "abcd";
  }
  for (std::size_t i = 0; i < tail_size; ++i) made.tail.push_back(static_cast<char>('0' + i % 75));
  made.whole += made.tail;
  return made;
}

void expect_same_as_one_by_one(std::vector<Case>& cases) {
  std::vector<Message> messages;
  for (auto& one : cases) {
    one.message.end(one.tail);
    messages.push_back(one.message);
  }
  std::vector<Hash> out(cases.size());
  sha256_many(messages, out.data());
  for (std::size_t i = 0; i < cases.size(); ++i)
    EXPECT_EQ(out[i], sha256(cases[i].whole)) << "message " << i << ", " << cases[i].whole.size() << " bytes";
}

TEST(Sha256Many, AgreesWithTheLongWayForEveryLengthOfHeadAndTail) {
  for (std::size_t numbers = 0; numbers <= 13; ++numbers)
    for (std::size_t tail = 0; tail <= 200; ++tail) {
      std::vector<Case> cases;
      cases.push_back(make(numbers, tail, 'A'));
      cases.push_back(make(13 - numbers, 200 - tail, 'B'));
      cases.push_back(make(numbers, tail / 2, 'C'));
      expect_same_as_one_by_one(cases);
    }
}

TEST(Sha256Many, TakesAnyNumberOfMessagesOfMixedLengths) {
  std::mt19937 random(20261126);
  for (std::size_t count = 0; count <= 40; ++count) {
    std::vector<Case> cases;
    for (std::size_t i = 0; i < count; ++i)
      cases.push_back(make(random() % 14, random() % 8 == 0 ? random() % 5000 : random() % 60,
                           static_cast<char>('a' + i % 26)));
    expect_same_as_one_by_one(cases);
  }
}

TEST(Sha256Many, AMessageMayHaveNoHead) {
  for (const std::size_t size : {0U, 1U, 55U, 56U, 63U, 64U, 65U, 128U, 1000U}) {
    const std::string text(size, 'x');
    Message message;
    message.empty();
    message.end(text);
    Hash out;
    sha256_many({&message, 1}, &out);
    EXPECT_EQ(out, sha256(text)) << size;
  }
}

TEST(Sha256Many, NumbersAreWrittenBigEndian) {
  Message message;
  message.start(1);
  message.big_endian(std::uint16_t{0x0203});
  message.big_endian(std::uint32_t{0x04050607});
  message.big_endian(std::uint64_t{0x08090a0b0c0d0e0f});
  message.end();
  Hash out;
  sha256_many({&message, 1}, &out);
  EXPECT_EQ(out, sha256("\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"));
}

TEST(Sha256Many, TwoNodesAreWhatEachIsAlone) {
  const Hash a = sha256("a"), b = sha256("b"), c = sha256("c"), d = sha256("d");
  const auto both = two_node_hashes(a, b, c, d);
  EXPECT_EQ(both.a, node_hash(a, b));
  EXPECT_EQ(both.b, node_hash(c, d));
}

}  // namespace
}  // namespace muniment::base
