#include "verify/note.hpp"

#include <algorithm>

#include "base/sha256.hpp"
#include "base/utf8.hpp"
#include "verify/leaf.hpp"

namespace muniment::verify {
namespace {

constexpr std::string_view kDash = "\xE2\x80\x94 ";  // em dash, space

std::uint32_t read_u32(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = (value << 8) | static_cast<unsigned char>(bytes[i]);
  return value;
}

std::uint64_t read_u64(std::string_view bytes) {
  return (std::uint64_t{read_u32(bytes)} << 32) | read_u32(bytes.substr(4));
}

std::optional<std::uint32_t> parse_key_id(std::string_view hex) {
  if (hex.size() != 8) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : hex) {
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return std::nullopt;
    value = (value << 4) | static_cast<std::uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10);
  }
  return value;
}

// A note is text: UTF-8 without control characters but LF.
bool is_note_text(std::string_view text) {
  return base::is_utf8(text) && std::all_of(text.begin(), text.end(), [](char c) {
           const auto b = static_cast<unsigned char>(c);
           return b >= 0x20 || c == '\n';
         });
}

std::optional<NoteSignature> parse_signature(std::string_view line) {
  if (!line.starts_with(kDash)) return std::nullopt;
  line.remove_prefix(kDash.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos || !is_origin(line.substr(0, space))) return std::nullopt;
  const auto bytes = base::from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() < 5) return std::nullopt;
  return NoteSignature{std::string(line.substr(0, space)), read_u32(*bytes), bytes->substr(4)};
}

bool verifies(const std::string& text, const NoteSignature& signature, const VerifierKey& key) {
  if (key.type == KeyType::kEd25519) return base::ed25519_verify(key.key, text, signature.bytes);
  // A cosignature: u64 time ‖ signature, over the time and the note.
  if (signature.bytes.size() != 72) return false;
  const std::string_view bytes = signature.bytes;
  const std::string message = "cosignature/v1\ntime " + std::to_string(read_u64(bytes)) + "\n" + text;
  return base::ed25519_verify(key.key, message, bytes.substr(8));
}

}  // namespace

std::optional<VerifierKey> parse_vkey(std::string_view text) {
  const auto first = text.find('+');
  const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto name = text.substr(0, first);
  const auto id = parse_key_id(text.substr(first + 1, second - first - 1));
  const auto key = base::from_base64(text.substr(second + 1));
  if (!is_origin(name) || !id || !key || key->size() != 33) return std::nullopt;
  if ((*key)[0] != 0x01 && (*key)[0] != 0x04) return std::nullopt;
  const auto hash = base::sha256(std::string(name) + "\n" + *key);
  if (read_u32(base::view(hash)) != *id) return std::nullopt;
  VerifierKey out{std::string(name), *id, static_cast<KeyType>((*key)[0]), {}};
  out.key = *base::as_hash(std::string_view(*key).substr(1));
  return out;
}

std::optional<Note> parse_note(std::string_view bytes) {
  if (bytes.size() > kLongestNote || !is_note_text(bytes) || !bytes.ends_with('\n')) return std::nullopt;
  const auto blank = bytes.rfind("\n\n");
  if (blank == std::string_view::npos) return std::nullopt;
  Note note{std::string(bytes.substr(0, blank + 1)), {}};
  for (auto rest = bytes.substr(blank + 2); !rest.empty();) {
    const auto end = rest.find('\n');
    auto signature = parse_signature(rest.substr(0, end));
    if (!signature || note.signatures.size() == kMostSignatures) return std::nullopt;
    note.signatures.push_back(std::move(*signature));
    rest.remove_prefix(end + 1);
  }
  if (note.signatures.empty()) return std::nullopt;
  return note;
}

Signed check_signatures(const Note& note, std::span<const VerifierKey> keys) {
  Signed out;
  for (const auto& key : keys) {
    bool signed_by_key = false;
    for (const auto& signature : note.signatures) {
      if (signature.name != key.name || signature.id != key.id) continue;
      if (verifies(note.text, signature, key))
        signed_by_key = true;
      else
        out.sound = false;
    }
    if (signed_by_key) ++out.keys;
  }
  return out;
}

std::optional<Checkpoint> parse_checkpoint(std::string_view text) {
  const auto first = text.find('\n');
  const auto second = first == std::string_view::npos ? first : text.find('\n', first + 1);
  if (second == std::string_view::npos || !text.ends_with('\n') ||
      text.find('\n', second + 1) != text.size() - 1)
    return std::nullopt;
  const auto size = parse_number(text.substr(first + 1, second - first - 1));
  const auto root = base::hash_from_base64(text.substr(second + 1, text.size() - second - 2));
  if (!is_origin(text.substr(0, first)) || !size || !root) return std::nullopt;
  return Checkpoint{std::string(text.substr(0, first)), *size, *root};
}

}  // namespace muniment::verify
