// What an officer asks to be disclosed, as typed on a command line or in a form.
//
//   records   "12,15-20"          numbers of entries, or ids of items (then every version of the item), mixed
//   withhold  FIELD=CODE          that field of every record; FIELD may end in ".*"
//   redact    ID:FIELD:WHICH=CODE one record (by number) or item (by id, every version); WHICH is "*", or the
//             numbers of words "3", "3-5,9" counted from 0, or words="Jane Doe"
//   keep      ID:FIELD            shown although something withheld would take it along; raw, which nobody
//                               asks for as a rule: handed out, where nothing of the item is withheld
//   search    LIST              entries of searches (`muniment search --for`) that the request relied on
//   leave-out LIST=CODE         records that they found and that are not disclosed at all: the exemption, or
//                               out-of-scope; of one that was disposed of, not-held
//
// A long text that the ledger holds as text.0000, text.0001, … is one field `text` here, its words counted
// on.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "foi/numbers.hpp"
#include "foi/regime.hpp"
#include "muniment/result.hpp"

namespace muniment::foi {

using Ranges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  // both ends included

struct WithholdRule {
  std::string field;  // may end in ".*"
  std::string code;
};

struct Redaction {
  Seqs records;
  std::string field;  // may end in ".*" when it is `whole`
  bool whole = false;
  Ranges ranges;      // ascending, apart from each other; empty when `whole` or `words`
  std::string words;  // wherever they stand in the field
  std::string code;
};

struct Keep {
  Seqs records;
  std::string field;
};

struct LeaveOut {
  Seqs records;
  std::string code;  // or kOutOfScope, or kNotHeld
};

struct Selection {
  Seqs records;  // ascending, each once
  std::vector<WithholdRule> withhold;
  std::vector<Redaction> redact;
  std::vector<Keep> keep;
  Seqs searches = {};                   // entries of that kind, ascending, each once
  std::vector<LeaveOut> left_out = {};  // of what they found
};

// As typed.
struct Request {
  std::vector<std::string> records;
  std::vector<std::string> withhold;
  std::vector<std::string> redact;
  std::vector<std::string> keep;
  std::vector<std::string> searches = {};
  std::vector<std::string> leave_out = {};
};

// All entries of an item: its versions and what became of it; empty when there is no such item.
using FindItem = std::function<Result<Seqs>(const std::string& id)>;

// kInvalid: cannot be read, or a code that the regime does not have, or a redaction of a record that is not
// selected.  Without `records` there must be searches; the selection then has no records, and
// the answer is that nothing of what they found (foi/searched.hpp) is disclosed.  kNotFound: an item that the
// archive does not hold.  Whether the numbers exist is for plan().
Result<Selection> parse_selection(const Request& typed, const Regime& regime, const FindItem& find_item);

// `searches` and `leave_out` alone.  Errors as parse_selection.
Result<Selection> parse_searches(const Request& typed, const Regime& regime);

// Does `pattern`, which may end in ".*", name this field?  "text" also names "text.0003".
bool names_field(std::string_view pattern, std::string_view field);

}  // namespace muniment::foi
