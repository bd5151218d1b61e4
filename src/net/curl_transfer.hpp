// What libcurl's callbacks note down during one transfer, and the sentence for one that failed.
#pragma once

#include <string>

#include "net/curl_hop.hpp"

namespace muniment::net {

enum class Refusal { kNone, kBody, kHeaders, kStopped };

struct Transfer {
  const Hop& hop;
  HopAnswer answer{};
  std::uint64_t header_bytes = 0;
  Refusal refusal = Refusal::kNone;
  std::string barred{};          // the address the policy refused, and its range
  bool barred_for_ever = false;  // whatever the source allows
  bool attempted = false;        // at least one address was allowed
  long verified = 0;             // what OpenSSL found wrong with the certificate (X509_V_ERR_…); 0: nothing
  std::string tls{};
};

// `code` is a CURLcode; `detail` is what libcurl adds to it, without addresses.
Error error_of(int code, const Transfer& transfer, const char* detail);

}  // namespace muniment::net
