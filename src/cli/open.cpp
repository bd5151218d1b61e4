#include "cli/open.hpp"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

#include "base/utf8.hpp"
#include "cli/index_watch.hpp"

namespace muniment::cli {

Result<std::filesystem::path> archive_folder(const Arguments& arguments) {
  if (arguments.has("archive")) return std::filesystem::path(arguments.get("archive"));
  if (const char* named = std::getenv("MUNIMENT_ARCHIVE"); named != nullptr && *named != '\0')
    return std::filesystem::path(named);
  std::error_code ignored;
  if (std::filesystem::exists("muniment.toml", ignored)) return std::filesystem::path(".");
  return Error{Code::kInvalid, "no archive was named; nothing was done",
               "add -A DIR, or set MUNIMENT_ARCHIVE to the archive's folder"};
}

Result<app::Archive> open_archive(const Arguments& arguments, app::Access access, Terminal& terminal) {
  auto folder = archive_folder(arguments);
  if (!folder) return folder.error();
  return app::Archive::open(*folder, access, {}, index_watch(terminal));
}

std::string actor() {
  if (const char* named = std::getenv("MUNIMENT_ACTOR"); named != nullptr && *named != '\0')
    return base::to_valid_utf8(named);
  const passwd* account = ::getpwuid(::geteuid());
  return account != nullptr ? base::to_valid_utf8(account->pw_name) : "uid " + std::to_string(::geteuid());
}

}  // namespace muniment::cli
