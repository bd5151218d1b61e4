// An error while reading is one of two things: the file is damaged, which is a finding, or it could
// not be read (a lock, a disk, a permission), which says nothing about what is in it.
#pragma once

#include <string>

#include "muniment/result.hpp"
#include "verify/report.hpp"

namespace muniment::verify {

// `where`: what was being read, as the beginning of a sentence ("the entries in ledger.db").
inline void report_unreadable(Report& report, const Error& error, const std::string& where) {
  // kInternal is SQLite's plain error: a statement of ours that works on every sound file did not work on
  // this one.
  if (error.code == Code::kCorrupt)
    report.find("damaged", where + ": " + error.what);
  else if (error.code == Code::kInternal)
    report.find("damaged", where + ": the file is damaged (" + error.what + ")");
  else
    report.could_not(where + ": " + error.what + (error.hint.empty() ? "" : "; " + error.hint));
}

}  // namespace muniment::verify
