// Case files: chosen records with everything known of them, in order of time, in one dated folder.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "ledger/appender.hpp"
#include "ledger/reader.hpp"
#include "muniment/case_file.hpp"
#include "muniment/sink.hpp"

namespace muniment::casework {

using Seqs = std::vector<ledger::Seq>;

// All entries about the item that an entry is about: its versions and what became of it.
using EntriesOf = std::function<Result<Seqs>(ledger::Seq)>;

struct CaseDesk {
  ledger::Reader& reader;
  ledger::Appender& appender;
  EntriesOf entries_of;
  std::function<Status(const CaseFile&, Sink&)> write;  // exporters::write_case_file
};

// What is on the cover.
struct Cover {
  std::string title;
  std::string authority;
  std::string actor;  // may be empty
  std::string agent;
  std::string timezone;
  std::string made;  // RFC 3339
};

// Every item that one of `records` belongs to, with all its versions.  A version whose words were disposed of
// is listed as such.  kNotFound: no such entry.  kInvalid: no records, or a title
// that is none or not one line of plain text.
Result<CaseFile> build_case_file(CaseDesk& desk, const Seqs& records, const Cover& cover);

// Builds it, writes it to `folder` as a BagIt bag and appends a `case-file` entry that cites every version
// and holds the SHA-256 of the bag's manifest.  Answers that entry's number.  kConflict: `folder` exists.
// When anything fails no folder is left; when it fails after the entry was appended, the error says so.
Result<ledger::Seq> make_case_file(CaseDesk& desk, const Seqs& records, const Cover& cover,
                                   const std::filesystem::path& folder);

}  // namespace muniment::casework
