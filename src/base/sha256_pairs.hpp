// SHA-256 of two messages in turn, by the processor's SHA instructions.
#pragma once

#include <array>
#include <span>

#include "base/sha256_many.hpp"

namespace muniment::base {

bool has_sha_instructions();

// Preconditions of all: has_sha_instructions().

// As sha256_many().
void sha256_in_pairs(std::span<const Message> messages, Hash* out);

// A message of which the first blocks were hashed already.
struct Begun {
  const Message* message = nullptr;
  std::size_t at = 0;                    // the block that is due; less than message->blocks()
  std::array<std::uint32_t, 8> words{};  // the hash so far, as FIPS 180-4 numbers its words
  Hash* out = nullptr;
};
void finish_in_pairs(std::span<const Begun> begun);

// As two_node_hashes().
TwoNodes two_node_hashes_in_a_pair(const Hash& left_a, const Hash& right_a, const Hash& left_b,
                                   const Hash& right_b);

}  // namespace muniment::base
