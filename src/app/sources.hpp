// The places an archive captures from: added, paused and removed by entries in the ledger.
#pragma once

#include <string>
#include <vector>

#include "app/archive.hpp"
#include "index/catalogue.hpp"

namespace muniment::app {

struct NewSource {
  std::string name;  // letters, digits, . _ -; made from the address when empty
  std::string platform;
  std::string url;
  bool allow_private = false;
  std::string actor;
  std::string credential = {};  // its name (credentials.hpp); empty: none
};

std::vector<std::string> platform_names();

// A platform's row, for help: "NAME  addresses: what comes of it".
std::vector<std::string> platform_lines();

// Answers the name.  kConflict: a source of that name, or with that address, is there already; kInvalid: what
// is wrong with the platform, the address or the name; kDenied: the platform needs a credential and none is
// named.
Result<std::string> add_source(Archive& archive, const NewSource& source);

enum class SourceChange { kPause, kResume, kRemove };
// kNotFound: no such source; kConflict: it is in that state already.
Status change_source(Archive& archive, const std::string& name, SourceChange change,
                     const std::string& actor);

// By name; removed ones left out.
Result<std::vector<index::SourceRow>> list_sources(Archive& archive);

}  // namespace muniment::app
