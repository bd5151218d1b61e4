// Signed checkpoints: C2SP tlog-checkpoint in a C2SP signed note, Ed25519 (type 0x01).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/ed25519.hpp"
#include "ledger/reader.hpp"

namespace muniment::ledger {

// "<origin>\n<size>\n<b64 root>\n"
std::string checkpoint_text(std::string_view origin, Seq size, const base::Hash& root);

// C2SP signed-note verifier key: "<name>+<key id>+<b64 0x01 ‖ public key>".
std::string vkey(std::string_view name, const base::Ed25519Public& key);

std::string sign_note(std::string_view text, std::string_view name, const base::Ed25519Seed& seed,
                      const base::Ed25519Public& key);

// Holds the log's key, and remembers on its own what it signed last (docs/formats/archive.md): whoever
// swaps or shortens the database cannot get a signature over it.
class Signer {
 public:
  // Makes keys/log.key (0600) and keys/last in a folder that must not exist.
  static Result<Signer> create(const std::filesystem::path& folder, const std::string& origin,
                               base::Entropy& entropy);
  // kNotFound, kDenied (the key is readable by others), kInvalid (not a key; another origin's).
  static Result<Signer> open(const std::filesystem::path& folder, const std::string& origin);

  std::string verifier_key() const { return vkey(origin_, public_); }

  // Signs the ledger as it stands and stores the note.  When the head is signed already, answers that note.
  //
  // kCorrupt      the ledger is not an extension of what was signed last: nothing was signed.
  // kUnavailable  another process is signing; nothing was signed.
  // kIo           keys/last could not be written; nothing was signed.
  Result<std::string> sign(Store& store, Reader& reader);

  // Whether the ledger still continues what was signed last.  kCorrupt: it does not.
  Status check(Reader& reader) const;

 private:
  Signer(std::filesystem::path folder, std::string origin, base::Ed25519Seed seed, base::Ed25519Public key)
      : folder_(std::move(folder)), origin_(std::move(origin)), seed_(seed), public_(key) {}
  std::filesystem::path folder_;
  std::string origin_;
  base::Ed25519Seed seed_;
  base::Ed25519Public public_;
};

}  // namespace muniment::ledger
