// muniment.toml: what an archive is told about itself.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "muniment/result.hpp"

namespace muniment::app {

struct Settings {
  std::string origin;     // names the log, for ever: "archive.wexcombe.example/muniment/1"
  std::string authority;  // the public body, in words
  std::string timezone;   // IANA name; dates are shown in it, never stored in it
  std::string regime;     // "uk-foia": the law requests are answered under
  std::string contact;    // for the user agent: where a site's owner can ask; may be empty
};

// C2SP signed-note's rule for names: not empty, no white space, no plus sign; and ours: at most 200 bytes,
// printable ASCII.
Status check_origin(const std::string& origin);
Status check(const Settings& settings);

Result<Settings> read_settings(const std::filesystem::path& file);
std::string settings_text(const Settings& settings);

}  // namespace muniment::app
