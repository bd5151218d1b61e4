// The files that belong to an item: supplied with a contact, or fetched from where a version names them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/archive.hpp"
#include "records/body.hpp"

namespace muniment::app {

struct AttachmentStory {
  enum class State { kSupplied, kHeld, kNeverAsked, kLater, kRefused };
  std::uint16_t number = 0;  // N of the version's media.N.*
  State state = State::kNeverAsked;
  std::string named;              // its address, fit to be shown; of one that was supplied, its name
  std::string alt;                // what it shows, in words; may be empty
  std::string type;               // found from its content; empty: nothing came
  std::string size;               // bytes, decimal; likewise
  std::string sha256;             // hexadecimal; likewise
  std::string fetched;            // RFC 3339; when it was asked for, if nothing came
  std::string reason;             // kLater, kRefused: a word …
  std::string words;              // … and a sentence
  std::string actor = {};         // who supplied it; empty: it was fetched
  std::string again;              // kLater: from when on, RFC 3339
  ledger::Seq entry = 0;          // what the archive holds of it; 0: nothing
  ledger::Seq file = 0;           // the entry whose sealed file it is; 0: there is none
  std::uint16_t file_number = 0;  // its media.N.file
};

// Of a version, in its order.  `body`: of the entry `version`.
Result<std::vector<AttachmentStory>> attachments_of(Archive& archive, ledger::Seq version,
                                                    const records::Body& body);

// A file that the archive holds: which entry's it is, and that entry's body.
struct HeldFile {
  ledger::Seq entry = 0;
  std::uint16_t number = 0;  // its media.N.file
  records::Body body;
};

// The file behind an attachment, named as for read_attachment.  kNotFound: no such entry, or no such file,
// and why; or the entry that holds it was disposed of.
Result<HeldFile> held_file(Archive& archive, const std::string& id, std::uint16_t number);

// The bytes of an attachment of one version, by its entry's number, or of the newest version of an item, by
// the platform's identifier.  Errors as Reader::attachment; kNotFound: no such entry, or no such file, and
// why.
Result<std::string> read_attachment(Archive& archive, const std::string& id, std::uint16_t number);

}  // namespace muniment::app
