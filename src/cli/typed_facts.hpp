// What `show` says of a record that a person typed in.
#pragma once

#include <string>
#include <vector>

#include "records/body.hpp"

namespace muniment::cli {

struct TypedFact {
  const char* label = "";
  std::string text;  // empty: not given
  std::string note = {};
  bool is_time = false;  // RFC 3339
};

bool is_typed(const records::Body& body);
std::vector<TypedFact> typed_facts(const records::Body& body);

}  // namespace muniment::cli
