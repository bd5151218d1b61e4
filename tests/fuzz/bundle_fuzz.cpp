// The reader of disclosure bundles on any bytes: it must end, within its bounds, and never say "verified":
// no key of the policy below has signed anything.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "verify/bundle.hpp"

using namespace muniment::verify;

namespace {

Policy nobodys_policy() {
  Policy policy;
  policy.origin = "archive.wexcombe.example/muniment/1";
  VerifierKey key;
  key.name = policy.origin;
  key.id = 1;
  policy.log.push_back(key);
  return policy;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Policy policy = nobodys_policy();
  Report report;
  check_bundle_json({reinterpret_cast<const char*>(data), size}, policy, report);
  if (report.answer() == Answer::kVerified) std::abort();
  (void)to_json(report);
  (void)to_text(report);
  return 0;
}
