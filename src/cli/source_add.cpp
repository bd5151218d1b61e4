#include <array>
#include <ostream>

#include "app/sources.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {Operand{"PLATFORM", "one of those above", true, false, app::platform_names},
                                  Operand{"URL", "an address that the platform takes"}};
constexpr std::array kOptions = {
    Option{"--name", "N", "what to call it; otherwise made from the address"},
    Option{"--credential", "NAME", "what to log in with, by its name; never the secret itself"},
    Option{"--allow-private", "", "it stands on this machine or in the body's own network"},
};

Result<int> run_source_add(const Arguments& arguments, Terminal& terminal) {
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  const auto name =
      app::add_source(*archive, {arguments.get("name"), arguments.get("PLATFORM"), arguments.get("URL"),
                                 arguments.has("allow-private"), actor(), arguments.get("credential")});
  if (!name) return name.error();
  terminal.out << *name << ": added; `muniment harvest " << *name << "` captures from it\n";
  return 0;
}

const std::string& details() {
  static const std::string text = [] {
    std::string out = "Platforms, the addresses they take, and what comes of them:\n\n";
    for (const auto& line : app::platform_lines()) out += "  " + line + "\n";
    return out +
           "\nA credential is named, never typed here.  It is read at each harvest from the variable\n"
           "MUNIMENT_CREDENTIAL_NAME, from $CREDENTIALS_DIRECTORY/NAME, or from "
           "ARCHIVE/keys/NAME.credential, a "
           "file that\n"
           "only its owner may read: the value alone, or lines such as user=…, password=…, token=…, "
           "expires=2027-01-31.";
  }();
  return text;
}

}  // namespace

const Command kSourceAdd = {"source add", "capture from a site, a feed, an account, a tag or a search",
                            details(),    kOperands,
                            kOptions,     run_source_add};

}  // namespace muniment::cli
