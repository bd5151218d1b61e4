// The release gate: looks through every byte of a finished bundle for what must not leave the house.
//
// It trusts nothing that made the bundle.  Each file, and each file's name, is read as it stands and after
// undoing JSON, script, HTML, percent and quoted-printable escapes (also several on top of each other) and
// the punycode of host names, with tags taken out, as UTF-16 and ISO 8859-1, after decoding base64 and
// hexadecimal, and after unpacking gzip, zlib (PDF, PNG), zstd and zip, one inside another.  It fails closed:
// what cannot be read or opened is a refusal.
//
// Words are also found without their accents, in look-alike letters, letter by letter or cut by a hyphen, and
// numbers however they are grouped (bundle/needles.hpp).
//
// It does not see pictures and sound; other words for the same thing, slips of the pen, transliterations and
// other languages; digits in place of letters (Sm1th), words backwards or in ciphers; numbers spelt in words.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "bundle/encoded.hpp"
#include "bundle/needles.hpp"
#include "muniment/result.hpp"

namespace muniment::bundle {

struct Finding {
  std::string file;  // relative to the bundle; "the name of a file" when the name itself is the finding; or
                     // what look_at_part was given
  std::string what;  // "a withheld word", "the seed of a withheld part"
  std::string from;  // Needle::from
  std::string how;   // "as it stands", "after decoding base64", "spelt in another way"
};

class Gate {
 public:
  // Both must outlive the gate.
  Gate(const Needles& needles, const Opaque& opaque) : needles_(needles), opaque_(opaque) {}

  // A file and its name.  Names that every bundle has, whatever it discloses, say nothing and are not looked
  // at: accounts are called "index" and "release", too.
  void look_at(std::string_view path, std::string_view bytes);
  // One text of the bundle, under the name that people know its place by.
  void look_at_part(std::string_view place, std::string_view text);
  void refuse(std::string file, std::string what);

  const std::vector<Finding>& findings() const { return findings_; }
  Status verdict() const { return verdict_of(findings_); }
  // kDenied when something was found: what kind, of which record, in which place; never the word itself.
  static Status verdict_of(const std::vector<Finding>& findings);

 private:
  struct Place;
  void look_at_blob(std::string_view bytes, const Place& place);
  void look_at_text(std::string_view text, const Place& place);
  void look_at_piece(std::string_view text, const Place& place);
  void look_at_reading(std::string_view text, const Place& place);
  void look_at_tokens(std::string_view text, const Place& place);
  void look_at_streams(std::string_view bytes, const Place& place);
  void look_at_noise(std::string_view bytes, const Place& place);
  void look_for_bytes(std::string_view bytes, const Place& place);
  void report(const Match& match, const Place& place);
  bool spend(std::size_t bytes, const Place& place);

  const Needles& needles_;
  const Opaque& opaque_;
  std::vector<Finding> findings_;
  std::set<std::string> reported_;
  std::unordered_set<std::uint64_t> seen_;  // tokens decoded already, by hash
  std::uint64_t budget_ = std::uint64_t{64} << 20U;
};

// Looks through a bundle on disk.  kDenied as Gate::verdict; kIo when the folder cannot be listed.  Symbolic
// links, special files and unreadable files are refusals.  Changes nothing.
Status gate(const std::filesystem::path& folder, const Needles& needles, const Opaque& opaque);

}  // namespace muniment::bundle
