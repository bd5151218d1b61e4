// Whom to trust: the policy a verifier brings along (docs/formats/policy.md).  It never comes out of
// what is being verified.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "muniment/result.hpp"
#include "verify/note.hpp"

namespace muniment::verify {

struct Policy {
  std::string origin;
  std::vector<VerifierKey> log;  // at least one
  std::vector<VerifierKey> witnesses;
  std::uint64_t quorum = 0;           // how many witnesses must have signed
  std::string tsa_ca;                 // PEM; empty: time-stamps are not judged
  std::uint64_t cadence_minutes = 0;  // 0: not stated
};

// kInvalid: not a policy; the sentence says what is wrong.
Result<Policy> parse_policy(std::string_view json);
Result<Policy> read_policy(const std::filesystem::path& path);

}  // namespace muniment::verify
