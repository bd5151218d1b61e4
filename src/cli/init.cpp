#include <array>
#include <ostream>

#include "app/archive.hpp"
#include "cli/commands.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {Operand{"DIR", "a folder that does not exist yet"}};
constexpr std::array kOptions = {
    Option{"--origin", "NAME", "the log's name, for ever: archive.council.example/muniment/1", true},
    Option{"--authority", "NAME", "the public body, in words", true},
    Option{"--timezone", "ZONE", "in which dates are shown, such as Europe/London", true},
    Option{"--regime", "ID", "the law requests are answered under: uk-foia", true},
    Option{"--contact", "TEXT", "an address for the owners of the sites that are asked"},
};

Result<int> run_init(const Arguments& arguments, Terminal& terminal) {
  const std::filesystem::path folder = arguments.get("DIR");
  const app::Settings settings{arguments.get("origin"), arguments.get("authority"), arguments.get("timezone"),
                               arguments.get("regime"), arguments.get("contact")};
  if (auto made = app::Archive::create(folder, settings); !made) return made.error();
  auto archive = app::Archive::open(folder, app::Access::kRead);
  if (!archive) return archive.error();
  const auto vkey = archive->verifier_key();
  if (!vkey) return vkey.error();
  terminal.out
      << "A new archive stands in " << folder.string() << "\n"
      << "  origin        " << settings.origin << "\n"
      << "  verifier key  " << *vkey << "\n\n"
      << "Back up keys.db and keys/ apart from the rest, and publish what `muniment policy` prints.\n";
  return 0;
}

}  // namespace

const Command kInit = {"init",
                       "make a new archive",
                       "The origin is part of every entry and checkpoint: choose a name that is yours and "
                       "will never be used again.",
                       kOperands,
                       kOptions,
                       run_init};

}  // namespace muniment::cli
