// JSON as proofs need it: small, and read strictly.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "muniment/result.hpp"

namespace muniment::verify {

struct Json {
  enum class Kind { kNull, kBoolean, kNumber, kString, kArray, kObject };
  Kind kind = Kind::kNull;
  std::uint64_t number = 0;                           // kNumber, kBoolean
  std::string text;                                   // kString
  std::vector<Json> items;                            // kArray
  std::vector<std::pair<std::string, Json>> members;  // kObject, in the order of the text

  // The member of that name; null when there is none, or this is no object.
  const Json* find(std::string_view name) const;
  bool is_string() const { return kind == Kind::kString; }
  bool is_array() const { return kind == Kind::kArray; }
  bool is_object() const { return kind == Kind::kObject; }
  bool is_number() const { return kind == Kind::kNumber; }
  friend bool operator==(const Json&, const Json&) = default;
};

// RFC 8259.  kInvalid: not JSON, not UTF-8, a name used twice in one object (two readers could then
// see two documents), a number that is not a whole number from 0 to 2^63-1, in digits alone (-0 is not), or
// deeper than 16.
Result<Json> parse_json(std::string_view text);

}  // namespace muniment::verify
