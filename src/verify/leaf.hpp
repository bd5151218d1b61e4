// The seven lines of an entry (docs/formats/entry.md).
//
// Written from the format page alone: the room `ledger` has its own encoder, and that the two agree
// is part of the proof.  The repetition is on purpose.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace muniment::verify {

struct Leaf {
  std::string origin;
  std::uint64_t seq = 0;
  std::int64_t time = 0;  // milliseconds since 1970 UTC
  std::string kind;
  base::Hash root{};        // tree hash of everything before
  base::Hash commitment{};  // B
};

inline constexpr std::size_t kLongestOrigin = 255;  // bytes

bool is_origin(std::string_view text);  // 1..255 bytes of UTF-8 without white space, controls or '+'
bool is_kind(std::string_view text);    // [a-z][a-z0-9-]{0,31}
// 0 or [1-9][0-9]*, at most 2^63-1.
std::optional<std::uint64_t> parse_number(std::string_view text);

// Years 0000..9999 can be written in a leaf; others cannot.
bool is_leaf_time(std::int64_t milliseconds);

// Exactly the seven lines and nothing else; anything else is nullopt and `why` says what is wrong.
std::optional<Leaf> parse_leaf(std::string_view text, std::string& why);

// Writes leaves one after another into a buffer it keeps: verifying a ledger does this for each entry.
class LeafWriter {
 public:
  explicit LeafWriter(std::string origin);
  // The view holds until the next call.  Precondition: is_leaf_time(time).
  std::string_view write(std::uint64_t seq, std::int64_t time, std::string_view kind, const base::Hash& root,
                         const base::Hash& commitment);

 private:
  std::string text_;
  std::size_t head_ = 0;  // length of the lines that do not change
  std::int64_t day_ = -1'000'000;
  char date_[16] = {};  // "YYYY-MM-DDT" of day_
};

}  // namespace muniment::verify
