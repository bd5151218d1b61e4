// Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature;
// docs/formats/checkpoint.md).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/ed25519.hpp"

namespace muniment::verify {

inline constexpr std::size_t kLongestNote = 65536;  // bytes
inline constexpr std::size_t kMostSignatures = 100;

enum class KeyType : std::uint8_t { kEd25519 = 0x01, kCosignature = 0x04 };

// A verifier key: "name+hash+base64(type ‖ public key)".
struct VerifierKey {
  std::string name;
  std::uint32_t id = 0;  // first four bytes of SHA-256(name ‖ LF ‖ type ‖ public key)
  KeyType type = KeyType::kEd25519;
  base::Ed25519Public key{};
};

// nullopt: malformed, of an unknown type, or its hash does not match.
std::optional<VerifierKey> parse_vkey(std::string_view text);

struct NoteSignature {
  std::string name;
  std::uint32_t id = 0;
  std::string bytes;  // what follows the key's id
};

struct Note {
  std::string text;  // what is signed; ends in LF
  std::vector<NoteSignature> signatures;
};

// nullopt: not a signed note.
std::optional<Note> parse_note(std::string_view bytes);

struct Signed {
  bool sound = true;     // false: a known key's signature does not verify, so the note is rejected
  std::size_t keys = 0;  // how many of the keys signed
};

// Which of `keys` signed the note.  Lines of other keys are ignored, as the format requires.
Signed check_signatures(const Note& note, std::span<const VerifierKey> keys);

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  base::Hash root{};
};

// The three lines of a checkpoint's text; no extension lines.
std::optional<Checkpoint> parse_checkpoint(std::string_view text);

}  // namespace muniment::verify
