// DAG-CBOR, the strict subset of CBOR (RFC 8949) that content addressing uses: one spelling for each value,
// no tags but links (42), no floating point but of 64 bits, text as names.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "muniment/result.hpp"

namespace muniment::sources {

inline constexpr std::size_t kMostCborDepth = 128;
inline constexpr std::size_t kMostBlockBytes = 4U << 20;

// The value as JSON (DAG-JSON's shapes as atproto writes them): a link is {"$link": "b…"}, bytes are
// {"$bytes": base64 without padding}.  kInvalid: not DAG-CBOR, deeper than kMostCborDepth, or followed by
// something.
Result<std::string> json_of_cbor(std::string_view cbor);

// Length of the one value that `bytes` begin with; 0: there is none.
std::size_t cbor_length(std::string_view bytes);

// A binary CID (version 1) as text: "b" and base32.
std::string cid_text(std::string_view cid);

}  // namespace muniment::sources
