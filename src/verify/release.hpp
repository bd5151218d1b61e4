// The release text: which parts are withheld, and under which exemption (docs/formats/bundle.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "verify/bundle_json.hpp"
#include "verify/report.hpp"

namespace muniment::verify {

// The field of a line about a record that a search found, and that is not in the bundle.
inline constexpr std::string_view kWholeRecord = "*";

struct ReleaseLine {
  std::uint64_t seq = 0;
  base::Hash leaf{};
  std::string field;  // "*": all of a record that is not in the bundle
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;  // empty: the whole field
  std::string code;
};

struct Release {
  std::string origin;
  std::string request;
  std::vector<ReleaseLine> lines;  // by seq, then field, then first segment
};

// nullopt: it is not a release of version 1, and `why` says what is wrong.
std::optional<Release> parse_release(std::string_view text, std::string& why);

// The release against what the bundle withholds: the disclosure entry binds its text, and every gap has
// exactly one line that covers it.
void check_release(const Bundle& bundle, const std::string& origin, Report& report);

}  // namespace muniment::verify
