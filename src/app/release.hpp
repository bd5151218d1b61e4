// Disclosure: from an officer's wishes to a bundle that passed the release gate.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/archive.hpp"
#include "foi/decision.hpp"
#include "foi/disclosure.hpp"

namespace muniment::app {

struct ReleaseWishes {
  std::string request;  // the request's reference
  foi::Request selection;
  std::string policy;  // under which policy or delegation; may be empty
  std::string actor;
  bool preview = false;  // nothing is recorded or written
  std::filesystem::path folder;
};

struct ReleaseAnswer {
  foi::Plan plan;
  ledger::Seq entry = 0;                        // the disclosure entry; 0 for a preview
  std::string checkpoint;                       // the note that covers it
  std::optional<Error> refusal = std::nullopt;  // of a preview: the gate would refuse it
  std::vector<std::string> remarks = {};        // as Archive::sign_and_index
};

// kDenied: the gate refused, and no bundle was left.  Others as foi::disclose.
Result<ReleaseAnswer> release(Archive& archive, const ReleaseWishes& wishes);

// The numbers of all entries about an item, for selections by the platform's identifier.
Result<foi::Seqs> entries_of_item(Archive& archive, const std::string& id);

}  // namespace muniment::app
