// Keyed hashes that stand for identifiers and contents in the index.
//
// The key is drawn at random for each index file, so nobody outside can choose two ids, or two texts,
// that collide.  A collision by chance: of two among 100 million ids 1 in 4,000; of a changed text with
// the text before 1 in 2^47.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/entry.hpp"
#include "records/interaction.hpp"

namespace muniment::index {

// Of one version: what makes it (records::version_content), and its bytes as received.
struct Digests {
  std::uint64_t content = 0;  // 47 bits; never 0 once computed
  std::uint64_t raw = 0;      // likewise
  friend bool operator==(const Digests&, const Digests&) = default;
};

class Keys {
 public:
  Keys() = default;
  explicit Keys(std::string_view key);  // 16 bytes

  std::int64_t item(std::string_view platform, std::string_view id) const;
  std::int64_t account(std::string_view platform, std::string_view id) const;
  std::int64_t platform(std::string_view name) const;
  std::int64_t source(std::string_view name) const;
  // Of an item as a parser read it; `raw`: its exact bytes, empty when it has none of its own.
  Digests digests(const records::Interaction& interaction, std::string_view raw) const;
  // The same from an entry's body.  Precondition: the entry is a capture or edit-seen.
  Digests digests(const records::Body& body) const;
  std::uint64_t raw_digest(std::string_view raw) const;
  std::uint64_t raw_digest(const records::Body& body) const;
  // The register in which the exchanges stand that brought a page of a saved file with this SHA-256.
  std::string page_register(std::string_view sha256) const;
  // Likewise, of one that could not be read.
  std::string unread_register(std::string_view sha256) const;
  friend bool operator==(const Keys&, const Keys&) = default;

 private:
  // SipHash-1-3 (Aumasson, Bernstein 2012): nobody outside learns a hash, so that one round a word is
  // enough to keep collisions from being chosen.
  std::uint64_t sip(std::string_view bytes) const;
  std::int64_t pair(char domain, std::string_view platform, std::string_view id) const;

  std::uint64_t k0_ = 0;
  std::uint64_t k1_ = 0;
};

}  // namespace muniment::index
