// What a disclosure shows and withholds, entry by entry and word by word, before anything is recorded.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "bundle/needles.hpp"
#include "foi/selection.hpp"
#include "ledger/reader.hpp"

namespace muniment::foi {

struct PlannedField {
  records::Field field;
  std::string whole;               // the exemption when all of it is withheld; else empty
  std::vector<std::string> parts;  // the exemption of each segment, empty where shown; or no parts at all

  bool shown_whole() const { return whole.empty() && parts.empty(); }
  const std::string& code_at(std::size_t segment) const;
  void withhold();                             // tidies: all parts under one code are the whole
  void withhold_all(const std::string& code);  // nothing happens when it is withheld already
  void withhold_part(std::size_t segment, const std::string& code);
};

struct PlannedEntry {
  ledger::Entry entry;
  base::Hash leaf{};
  bool record = false;  // asked for; else it is there to support
  std::vector<PlannedField> fields;

  bool withholds() const;
  std::string codes() const;  // all, sorted, joined by ';'
};

// Something the officer should know.  Names places, never words.
struct Remark {
  ledger::Seq seq = 0;
  std::string field;
  std::string code;  // the exemption applied; empty when nothing was withheld
  std::string what;
};

// What was decided to be withheld, as needles (foi/withheld_words.hpp).
struct WithheldWords {
  std::vector<bundle::Needle> runs;          // names, addresses, and each stretch of words as a whole
  std::vector<bundle::Needle> names;         // single words of stretches of up to three
  std::vector<bundle::Needle> loose;         // single words of longer ones
  std::map<std::string, std::string> codes;  // Needle::from -> exemption
};

struct Plan {
  std::string origin;
  std::string request;
  std::string authority;
  std::vector<PlannedEntry> entries;  // ascending
  Seqs records;
  std::vector<Remark> automatic;  // withheld although nobody asked, and why
  std::vector<Remark> doubtful;   // shown, but worth a second look
  WithheldWords words;
  std::string vocabulary;
};

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

// Applies what was asked, and then what follows from it: a withheld name, address or run of words is withheld
// wherever else it stands in these records, and `raw`, which repeats everything, whenever anything of the
// item is withheld.  `vocabulary` is text of the bundle's own pages: its words are not worth hiding.
//
// kNotFound: no such entry, or its words were disposed of.  kCorrupt: an entry does not match its commitment.
// kInvalid: a record that is neither a version of an item nor what became of one; a rule that names no field
// of these records, words that are not there, a request reference that is not one line of plain text or gives
// away what is withheld.  Nothing is written in any case.
using VocabularyOf = std::function<Result<std::string>(const Plan&)>;
Result<Plan> make_plan(ledger::Reader& reader, const Selection& selection, const Occasion& occasion,
                       const VocabularyOf& vocabulary_of);

// "3-5,9": the segments withheld under `code`.
std::string ranges_text(const PlannedField& field, const std::string& code);

// Texts in which people write words; their words are shown or withheld one by one.
bool is_text_field(std::string_view name);
// "text.0003" is part of "text".
std::string_view logical_name(std::string_view field);
// The indices of the fields that make up the text `name` of an entry, in order.
std::vector<std::size_t> parts_of(const PlannedEntry& entry, std::string_view name);

}  // namespace muniment::foi
