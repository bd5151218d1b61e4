// A body: the named fields of an entry, each cut into the segments that can be shown or withheld.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "muniment/result.hpp"

namespace muniment::records {

struct Field {
  std::string name;                 // [a-z0-9][a-z0-9._-]{0,63}
  std::string value;                // UTF-8; bytes that are not are base64 in a name that ends in ".b64"
  std::vector<std::uint32_t> cuts;  // where segments after the first begin, ascending byte offsets in value;
                                    // empty: one segment
};

// Names strictly ascending, bytewise; 1..65535 fields (docs/formats/entry.md).
using Body = std::vector<Field>;

inline std::size_t segment_count(const Field& field) {
  return field.cuts.size() + 1;
}
// i < segment_count(field)
inline std::string_view segment(const Field& field, std::size_t i) {
  const std::size_t from = i == 0 ? 0 : field.cuts[i - 1];
  const std::size_t to = i < field.cuts.size() ? field.cuts[i] : field.value.size();
  return std::string_view(field.value).substr(from, to - from);
}

// The value of a field; nullopt when the body has none of that name.
std::optional<std::string_view> value_of(const Body& body, std::string_view name);
const Field* find(const Body& body, std::string_view name);

bool is_field_name(std::string_view name);

// Collects fields in any order, then sorts them.  A value that is empty is "not given" and is left out.
class BodyBuilder {
 public:
  BodyBuilder& add(std::string name, std::string value);  // one segment
  BodyBuilder& add_text(const std::string& name,
                        std::string value);  // cut at words; long text becomes name.0000, …
  BodyBuilder& add_bytes(const std::string& name,
                         std::string value);  // as it is when UTF-8, else base64 as name.b64
  BodyBuilder& add_number(std::string name, std::uint64_t value);
  // Bugs, not errors, end the program here: a bad name, two fields of one name, no field at all.
  Body build();  // leaves the builder empty

 private:
  Body fields_;  // in the order added
};

// A text that add_text may have spread over name.0000, name.0001, …, put together again.
std::optional<std::string> text_of(const Body& body, std::string_view name);
// Bytes that add_bytes may have stored as base64.
std::optional<std::string> bytes_of(const Body& body, std::string_view name);

}  // namespace muniment::records
