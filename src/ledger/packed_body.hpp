// A body as it lies in ledger.db: packed, compressed, sealed.  docs/formats/archive.md is normative.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "ledger/entry.hpp"
#include "records/body.hpp"

namespace muniment::ledger {

inline constexpr std::size_t kMostPackedBytes = 64U << 20;

// Keeps the compression and cipher contexts; one thread at a time.
class BodySealer {
 public:
  BodySealer();
  ~BodySealer();
  BodySealer(const BodySealer&) = delete;
  BodySealer& operator=(const BodySealer&) = delete;

  std::string seal(const base::Secret& secret, Seq seq, const records::Body& body);

  // kCorrupt: it does not unseal under this secret, or what is inside is not a body.
  // kInvalid: a codec this version does not know.
  Result<records::Body> open(const base::Secret& secret, Seq seq, std::string_view sealed);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The layout inside the seal.  `out` becomes that.
void pack(const records::Body& body, std::string& out);
std::optional<records::Body> unpack(std::string_view packed);

}  // namespace muniment::ledger
