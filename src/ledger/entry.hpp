// An entry: the seven lines of its leaf, and what surrounds them.  docs/formats/entry.md is normative.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/seams.hpp"
#include "muniment/result.hpp"
#include "records/body.hpp"

namespace muniment::ledger {

using Seq = std::uint64_t;

// The end of the ledger: how many entries, the tree hash over them, and the last one's time.
struct Head {
  Seq size = 0;
  base::Hash root{};
  base::Time last{};
  friend bool operator==(const Head& a, const Head& b) { return a.size == b.size && a.root == b.root; }
};

// A file that belongs to an entry: sealed with it, beside the ledger.  docs/formats/archive.md is normative.
struct Attachment {
  std::uint16_t number = 0;  // N of the fields media.N.*, of which media.N.file holds `name`
  std::string name;          // drawn by new_attachment_name()
  std::string bytes;         // at most kMostAttachmentBytes
};
inline constexpr std::uint64_t kMostAttachmentBytes = 64U << 20;

// 32 hexadecimal digits that say nothing of the content.
std::string new_attachment_name(base::Entropy& entropy);
bool is_attachment_name(std::string_view name);

// What somebody wants to append.
struct Draft {
  std::string kind;  // see kinds below
  records::Body body;
  std::vector<Attachment> attachments = {};
};

struct Entry {
  Seq seq = 0;
  base::Time time{};
  std::string kind;
  base::Hash root{};        // of everything before
  base::Hash commitment{};  // B
};

// The leaf's text: what is hashed, published and handed out.
std::string leaf_text(std::string_view origin, const Entry& entry);
base::Hash leaf_hash(std::string_view origin, const Entry& entry);

// "<seq> <b64 leaf>": how one entry cites another, in field `of` and in case files.
std::string citation(Seq seq, const base::Hash& leaf);

// The kinds this version writes.  They are inside every leaf: add, never rename.
namespace kind {
inline constexpr std::string_view kGenesis = "genesis";
inline constexpr std::string_view kSource = "source";           // a source added, paused, resumed, removed
inline constexpr std::string_view kExchange = "exchange";       // one answer from outside, or one file read
inline constexpr std::string_view kCapture = "capture";         // an interaction, first seen
inline constexpr std::string_view kEdit = "edit-seen";          // a new version of one captured before
inline constexpr std::string_view kSeenAgain = "seen-again";    // same version, other bytes (a counter moved)
inline constexpr std::string_view kDeletion = "deletion-seen";  // the platform said twice that it is gone
inline constexpr std::string_view kBarred = "unavailable-seen";    // the platform refuses to show it
inline constexpr std::string_view kReported = "absence-reported";  // a saved file says that it is gone
inline constexpr std::string_view kContact = "contact";            // an interaction that a person typed in
inline constexpr std::string_view kMedia = "media";  // a file that an item names: fetched, or why it was not
inline constexpr std::string_view kCoverage = "coverage";  // one poll of one source: what was asked and found
inline constexpr std::string_view kGap = "gap";            // a time in which a source was not captured
inline constexpr std::string_view kSpotting = "spotting";  // entries looked through for possible requests
inline constexpr std::string_view kPossible = "possible-request";  // an item that may be a request
inline constexpr std::string_view kJudged = "request-judged";      // a person said whether it is one
inline constexpr std::string_view kSearch = "search";  // what was searched for a request, and all it found
inline constexpr std::string_view kCaseFile = "case-file";        // a case file was made
inline constexpr std::string_view kDisclosure = "disclosure";     // a release was decided and made
inline constexpr std::string_view kDisposal = "disposal";         // what is to be deleted, and why
inline constexpr std::string_view kDisclosedBy = "disclosed-by";  // who decided, where the name is withheld
}  // namespace kind

}  // namespace muniment::ledger
