// What the index takes from entries before it writes: gathered in memory, then written in one go.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "index/document_state.hpp"
#include "index/item_event.hpp"
#include "index/keys.hpp"
#include "index/media_state.hpp"
#include "ledger/entry.hpp"

namespace muniment::index {

// A version of an item: one document.
struct Version {
  ledger::Seq seq = 0;
  std::int64_t second = 0;                              // posted
  std::int64_t doc = 0;                                 // given by the writer
  DocumentState state = DocumentState::kCurrent;        // kSuperseded from the start: of a former version
  std::size_t body = 0, author = 0, tags = 0, end = 0;  // where its columns begin in Gathered::text
};

// Something that happened to an item.
struct Event {
  std::int64_t key = 0;
  ledger::Seq seq = 0;
  What what = What::kVersion;
  std::size_t version = 0;  // in Gathered::versions, for kVersion
  bool completes = false;   // kVersion: it tells more of the version before
  Digests digests{};        // kVersion; raw only for kSeenAgain
  std::size_t source = 0;   // 0: none; else one more than its place in Gathered::sources
  std::string id;           // only with a source
};

// The names an account was seen with, as they were written.
struct AccountNames {
  std::int64_t account = 0;
  std::string id, handle, name;
};

// A source was added, paused, resumed or removed.
struct SourceChange {
  std::string name, action, platform, url, allow_private, credential;
  std::int64_t at = 0;  // milliseconds since 1970
};
struct Poll {
  ledger::Seq seq = 0;
  std::string source, outcome, cursor;
  std::int64_t started = 0, finished = 0;  // milliseconds since 1970
};
// A poll was given an answer.
struct Answered {
  ledger::Seq seq = 0;
  std::string source;
};
// What a good answer said of its own version; both empty when it is to be forgotten.
struct Answer {
  std::string source, url, etag, modified;
};
// An entry that is about no item, of a kind of which a register is kept.
struct Registered {
  ledger::Seq seq = 0;
  std::string kind;
};
// A version names files at addresses, in these places.
struct MediaNamed {
  ledger::Seq version = 0;
  std::string source;
  std::vector<std::uint16_t> places;
};
// What became of one of them.
struct MediaFate {
  ledger::Seq entry = 0;
  ledger::Seq version = 0;
  std::uint16_t place = 0;
  MediaState state = MediaState::kNeverAsked;
  std::int64_t due = 0;
  std::uint64_t content = 0;  // keyed digest of its SHA-256; 0: it is not held
};
struct GatheredRow {
  ledger::Seq seq = 0;
  std::variant<SourceChange, Poll, Answered, Answer, Registered, MediaNamed, MediaFate> row;
};

struct Gathered {
  ledger::Seq first = 0, end = 0;  // of these entries
  base::Hash root{};               // tree hash before the last of them
  std::string text;                // of all versions, as the full-text index takes it
  std::vector<Version> versions;
  std::vector<Event> events;
  std::vector<AccountNames> accounts;
  std::vector<std::string> platforms, sources;  // each once
  std::vector<GatheredRow> rows;

  bool empty() const { return first == end; }
  // Leaves out what came from entries before `seq`.
  void drop_before(ledger::Seq seq);
};

// An entry as whoever appended it still has it in memory.
struct Decoded {
  ledger::Entry entry;  // seq, time and kind; without root, Projection::follow() cannot tell another ledger
                        // of the same origin and at least the same length apart
  const records::Body* body = nullptr;  // null: it cannot be read any more (disposed of)
  Digests digests{};  // of a capture or edit-seen, when the importer computed them; zeros otherwise
};

}  // namespace muniment::index
