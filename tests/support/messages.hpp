// Messages to be hashed together, each with all of its bytes beside it.
#pragma once

#include <gtest/gtest.h>

#include <random>
#include <span>
#include <string>
#include <vector>

#include "base/sha256.hpp"
#include "base/sha256_many.hpp"

namespace muniment::support {

class Messages {
 public:
  // A head of one byte and so many numbers of four, and a tail.  At most thirteen numbers.
  void add(std::size_t numbers, std::size_t tail_size) {
    auto& one = cases_.emplace_back();
    const char letter = static_cast<char>('A' + cases_.size() % 26);
    one.message.start(static_cast<std::uint8_t>(letter));
    one.whole.push_back(letter);
    for (std::size_t i = 0; i < numbers; ++i) {
      one.message.big_endian(std::uint32_t{0x61626364});
      one.whole += "abcd";
    }
    for (std::size_t i = 0; i < tail_size; ++i)
      one.tail.push_back(static_cast<char>('0' + (i + cases_.size()) % 75));
    one.whole += one.tail;
  }
  // So many, most of them short.
  void add_mixed(std::size_t count, std::mt19937& random) {
    for (std::size_t i = 0; i < count; ++i)
      add(random() % 14, random() % 8 == 0 ? random() % 5000 : random() % 60);
  }

  template <typename Way>
  void expect_hashed_by(const Way& way) {
    std::vector<base::Message> messages;
    for (auto& one : cases_) {
      one.message.end(one.tail);
      messages.push_back(one.message);
    }
    std::vector<base::Hash> out(cases_.size());
    way(std::span<const base::Message>(messages), out.data());
    for (std::size_t i = 0; i < cases_.size(); ++i)
      EXPECT_EQ(out[i], base::sha256(cases_[i].whole))
          << "message " << i << " of " << cases_.size() << ", " << cases_[i].whole.size() << " bytes";
  }

 private:
  struct Case {
    base::Message message;
    std::string tail, whole;
  };
  std::vector<Case> cases_;
};

// Of every length of head and tail, and in any number of mixed lengths.
template <typename Way>
void expect_hashes_whatever_comes(const Way& way) {
  for (std::size_t numbers = 0; numbers <= 13; ++numbers)
    for (std::size_t tail = 0; tail <= 200; ++tail) {
      Messages messages;
      messages.add(numbers, tail);
      messages.add(13 - numbers, 200 - tail);
      messages.add(numbers, tail / 2);
      messages.expect_hashed_by(way);
    }
  std::mt19937 random(20261126);
  for (std::size_t count = 0; count <= 80; ++count) {
    Messages messages;
    messages.add_mixed(count, random);
    messages.expect_hashed_by(way);
  }
}

}  // namespace muniment::support
