// What a disclosure shows and withholds, entry by entry and word by word, before anything is recorded.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bundle/needles.hpp"
#include "foi/planned.hpp"
#include "foi/selection.hpp"
#include "ledger/reader.hpp"

namespace muniment::foi {

// Something the officer should know.  Names places, never words.
struct Remark {
  ledger::Seq seq = 0;
  std::string field;
  std::string code;  // the exemption applied; empty when nothing was withheld
  std::string what;
  std::string keep = {};  // "15:url", with which --keep shows it; empty: it cannot be kept
};

// A word of a passage by which it may be recognised.
struct Telling {
  bundle::Needle needle;
  std::uint64_t hash = 0;  // bundle::Word::hash
  bool name = false;       // like a name: a capital letter, letters that know none, or a long number
};

// A withheld stretch of words that is too long for a name.
struct Passage {
  std::size_t entry = 0;  // index in the plan
  std::string field;
  std::vector<Telling> telling;       // each word once
  std::vector<bundle::Needle> words;  // all of them, each once
};

// What was decided to be withheld, as needles (foi/withheld_words.hpp).
struct WithheldWords {
  std::vector<bundle::Needle> runs;          // names, addresses, and each stretch of words as a whole
  std::vector<bundle::Needle> names;         // single words of stretches of up to three
  std::vector<Passage> passages;             // stretches of more
  std::map<std::string, std::string> codes;  // Needle::from -> exemption
};

// A record that a search found, and that is not in the disclosure.
struct LeftOutRecord {
  ledger::Seq seq = 0;
  base::Hash leaf{};
  std::string code;
};

struct Plan {
  std::string origin;
  std::string request;
  std::string authority;
  std::vector<PlannedEntry> entries;  // ascending
  Seqs records;
  std::vector<LeftOutRecord> left_out;  // ascending
  std::vector<Remark> automatic;        // withheld although nobody asked, and why
  std::vector<Remark> doubtful;         // shown, but worth a second look
  std::vector<Remark> excused;          // of a preview: foi/excused.hpp
  WithheldWords words;
  std::string vocabulary;    // words that every such bundle has (foi/vocabulary.hpp) …
  std::string surroundings;  // … and those of them that are about the release itself
};

// The entry of that number, when it is part of the disclosure.
const PlannedEntry* entry_of(const Plan& plan, ledger::Seq seq);

// The entries of one item share this: its id; of those that have none (seen-again) that of the version they
// are about.
std::string item_of(const Plan& plan, const PlannedEntry& entry);

// "15:url", for Remark::keep.
std::string how_to_keep(const PlannedEntry& entry, std::string_view field);

// The circumstances of a release that are not in the ledger.
struct Occasion {
  std::string request;  // the reference; it is on every page, so it must not say what is withheld
  std::string authority;
  std::string actor;    // who decides; may be empty
  std::string decided;  // RFC 3339
  std::string policy;   // under which policy or delegation; may be empty
  std::string agent;    // software and version
  std::string timezone;
};

// Applies what was asked, and then what follows from it (foi/cascade.hpp): a withheld name, address or run of
// words is withheld wherever else it stands in these records, so is what leads to it.  `raw`, which repeats
// everything and says more, is out of scope unless it is asked for, and withheld whenever anything of the
// item is.  `vocabulary_of` is asked once it is known
// what was asked for.
//
// A search of the selection is among the entries, to support the records (foi/searched.hpp).
//
// kNotFound: no such entry, or its words were disposed of.  kCorrupt: an entry does not match its commitment.
// kInvalid: a record that is neither a version of an item nor what became of one; a rule that names no field
// of these records, words or a field to keep that are not there, raw bytes to keep of an item of which
// something is withheld, a request reference that is not one line of plain text or gives away what is
// withheld; records that a search found and that are not accounted for.  Nothing is written in any case.
using VocabularyOf = std::function<Result<std::string>(const Plan&)>;
Result<Plan> make_plan(ledger::Reader& reader, const Selection& selection, const Occasion& occasion,
                       const VocabularyOf& vocabulary_of);

}  // namespace muniment::foi
