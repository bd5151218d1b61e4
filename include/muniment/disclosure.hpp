// A disclosure as the exporters see it: only what may leave the house.
//
// A withheld value is not in these types at all.  The binary values are RFC 4648 base64 text, as
// docs/formats/bundle.md writes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace muniment {

// Stands where an exemption stands, of what is no part of what was asked for: a record that a search found;
// and the form in which the platform gave a record, from which its fields were read.  That holds what no
// field shows, and no officer can read it all.
inline constexpr std::string_view kOutOfScope = "out-of-scope";

// Likewise, of a record that a search found and whose words were disposed of since: there is nothing left to
// disclose or to withhold.
inline constexpr std::string_view kNotHeld = "not-held";

inline bool is_exemption(std::string_view code) {
  return code != kOutOfScope && code != kNotHeld;
}

// Shown whole: the seed lets a reader recompute every salt of the field.
struct Whole {
  std::string seed;
  std::vector<std::string> segments;
};

struct ShownSegment {
  std::string salt;
  std::string text;
};
struct WithheldSegment {
  std::string commitment;
  std::string code;  // the exemption
};
// Shown in part: each segment carries its own salt, or its commitment.
struct Parts {
  std::vector<std::variant<ShownSegment, WithheldSegment>> segments;
};

struct Withheld {
  std::string digest;
  std::string code;  // the exemption
};

struct DisclosedField {
  std::string name;
  std::variant<Whole, Parts, Withheld> content;
};

// What was decided of an entry.  kWithheld: none of its words are shown, though its platform or time may be.
enum class Decision { kFull, kPart, kWithheld };

struct DisclosedEntry {
  std::uint64_t seq = 0;
  std::string time;  // of the leaf
  std::string kind;
  std::string leaf;                      // the seven lines
  std::string leaf_hash;                 // base64
  std::vector<std::string> proof;        // inclusion in the checkpoint's tree
  std::vector<std::string> consistency;  // from (seq, root in the leaf) to the checkpoint; empty for seq 0
  std::vector<DisclosedField> fields;    // ascending by name, every field of the body
  Decision decision = Decision::kFull;
};

// A record that a search found, and of which nothing is in the bundle.
struct LeftOut {
  std::uint64_t seq = 0;
  std::string leaf_hash;  // base64
  std::string code;       // the exemption, or kOutOfScope, or kNotHeld
};

struct Exemption {
  std::string code;   // "s40(2)"
  std::string title;  // "Personal data of somebody else"; empty when the regime's data does not know it
};

struct Disclosure {
  std::string authority;  // who discloses
  std::string origin;
  std::string request;  // the request's reference
  std::string regime;   // "uk-foia"
  std::string regime_title;
  std::string made;                     // RFC 3339, when the disclosure entry was sealed
  std::string agent;                    // software and version
  std::string timezone;                 // to show dates in, beside UTC
  std::string checkpoint;               // signed note
  std::string release;                  // canonical text (docs/formats/bundle.md)
  std::vector<DisclosedEntry> entries;  // ascending by seq; the genesis and the disclosure entry among them
  std::vector<std::uint64_t> records;   // the seqs that were asked for, ascending
  std::vector<LeftOut> left_out;        // ascending
  std::vector<Exemption> exemptions;    // those used, sorted
};

}  // namespace muniment
