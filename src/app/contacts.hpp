// Contacts that nobody could capture: typed in by an officer, sealed like everything else.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/archive.hpp"
#include "collect/contact.hpp"

namespace muniment::app {

struct ContactWishes {
  collect::Contact contact;  // without its times and files
  std::string happened;      // as typed: read_typed_time() in app/zone.hpp
  std::string written;       // likewise; empty: now
  std::vector<std::filesystem::path> files;
};

struct ContactAnswer {
  ledger::Seq seq = 0;
  std::string id;
  std::string happened, written, sealed;  // RFC 3339
  std::string late;                       // why it is late; empty when it is not
  std::vector<std::string> files;         // "0  letter.pdf  application/pdf  12345 bytes"
  std::vector<std::string> remarks = {};  // as Archive::sign_and_index
};

// Appended, signed and searchable.  Errors as collect::check_contact, base::read_file and
// collect::append_once; then nothing was recorded, so that whoever is told of one may type it in again.
Result<ContactAnswer> add_contact(Archive& archive, ContactWishes wishes);

}  // namespace muniment::app
