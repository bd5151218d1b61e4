// What is shown of a hit: read from the ledger, never from the index.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "index/search.hpp"
#include "ledger/reader.hpp"

namespace muniment::index {

// A part of a text with the places that match.
struct Snippet {
  struct Mark {
    std::size_t begin = 0, end = 0;  // bytes of `text`; whole words, ascending, without overlap
  };
  std::string text;
  bool cut_before = false, cut_after = false;  // there is more of the text on that side
  std::vector<Mark> marks;
};

struct Found {
  ledger::Seq seq = 0;
  DocumentState state = DocumentState::kCurrent;
  bool readable = true;  // false: the entry's body is gone since the index was made; the rest is empty
  bool lost = false;     // not readable, and nobody disposed of it; filled in by who asks the ledger
  std::string id, platform, type, source, url;
  std::string account;   // handle, or else name, or else identifier
  std::string posted;    // RFC 3339, what the platform claims; may be empty
  std::string captured;  // RFC 3339, when the answer that held it had arrived
  std::string summary;   // title, or content warning
  std::string text;      // whole
  Snippet snippet;       // of the text, or of the summary when only that matches
};

// In the order of the hits.  Unsealed but not re-committed: whoever relies on the words (disclosure) reads
// them with Reader::body.
Result<std::vector<Found>> read_hits(const Hits& hits, const db::Tokenizer& tokenizer,
                                     ledger::Reader& ledger);

// The part of `text` around the densest matches: at most about `most` bytes, cut between words and never
// inside what a reader takes for one character.  Line feeds are kept.
Result<Snippet> make_snippet(const db::Tokenizer& tokenizer, std::string_view text,
                             const std::vector<Wanted>& wanted, std::size_t most = 240);

}  // namespace muniment::index
