#include "app/settings.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <sstream>

#include "app/zone.hpp"
#include "base/file.hpp"
#include "base/utf8.hpp"

namespace muniment::app {
namespace {

constexpr std::uint64_t kMostBytes = 1U << 20;

std::string quoted(const std::string& text) {
  std::ostringstream out;
  out << toml::value<std::string>(text);
  return out.str();
}

}  // namespace

Status check_origin(const std::string& origin) {
  const bool plain =
      std::all_of(origin.begin(), origin.end(), [](char c) { return c > ' ' && c < 127 && c != '+'; });
  if (!origin.empty() && origin.size() <= 200 && plain) return {};
  return Error{
      Code::kInvalid, "an origin has 1 to 200 printable ASCII characters, no blank and no plus sign",
      "use a name of yours that will never be used again, such as archive.council.example/muniment/1"};
}

Status check(const Settings& settings) {
  if (auto good = check_origin(settings.origin); !good) return good;
  if (auto good = check_timezone(settings.timezone); !good) return good;
  for (const auto* text : {&settings.authority, &settings.contact})
    if (text->find('\n') != std::string::npos || !base::is_utf8(*text))
      return Error{Code::kInvalid, "a name in the settings is one line of UTF-8 text"};
  if (settings.authority.empty())
    return Error{Code::kInvalid, "an archive needs the name of its public body", "add --authority \"…\""};
  if (settings.regime != "uk-foia")
    return Error{Code::kInvalid, "this version knows no regime of that name", "use --regime uk-foia"};
  return {};
}

Result<Settings> read_settings(const std::filesystem::path& file) {
  const auto text = base::read_file(file, kMostBytes);
  if (!text) return text.error();
  toml::table table;
  try {
    table = toml::parse(*text);
  } catch (const toml::parse_error& wrong) {
    return Error{Code::kInvalid,
                 file.string() + ", line " + std::to_string(wrong.source().begin.line) + ": " +
                     std::string(wrong.description()),
                 "mend that line; nothing was read or written"};
  }
  Settings settings;
  settings.origin = table["origin"].value_or("");
  settings.authority = table["authority"].value_or("");
  settings.timezone = table["timezone"].value_or("");
  settings.regime = table["regime"].value_or("");
  settings.contact = table["contact"].value_or("");
  if (auto good = check(settings); !good) return wrap(good.error(), file.string());
  return settings;
}

std::string settings_text(const Settings& settings) {
  return "# Settings of this archive.  The origin is part of every entry: it can never be changed.\n"
         "origin    = " +
         quoted(settings.origin) +
         "\n"
         "authority = " +
         quoted(settings.authority) +
         "\n"
         "timezone  = " +
         quoted(settings.timezone) +
         "\n"
         "regime    = " +
         quoted(settings.regime) +
         "\n"
         "# Shown to the sites that are asked, so that their owners know whom to ask.\n"
         "contact   = " +
         quoted(settings.contact) + "\n";
}

}  // namespace muniment::app
