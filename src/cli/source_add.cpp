#include <array>
#include <ostream>

#include "app/sources.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {Operand{"PLATFORM", "wordpress, feed or mastodon"},
                                  Operand{"URL", "the site, the feed, or the account or tag page"}};
constexpr std::array kOptions = {
    Option{"--name", "N", "what to call it; otherwise made from the address"},
    Option{"--allow-private", "", "it stands on this machine or in the body's own network"},
};

Result<int> run_source_add(const Arguments& arguments, Terminal& terminal) {
  auto archive = open_archive(arguments, app::Access::kWrite);
  if (!archive) return archive.error();
  const auto name =
      app::add_source(*archive, {arguments.get("name"), arguments.get("PLATFORM"), arguments.get("URL"),
                                 arguments.has("allow-private"), actor()});
  if (!name) return name.error();
  terminal.out << *name << ": added; `muniment harvest " << *name << "` captures from it\n";
  return 0;
}

}  // namespace

const Command kSourceAdd = {"source add",
                            "capture from a site, a feed, an account or a tag",
                            "A WordPress site gives its posts, pages and comments; a feed its entries; a "
                            "Mastodon account or tag page its\n"
                            "posts and, for the account's own, the replies.",
                            kOperands,
                            kOptions,
                            run_source_add};

}  // namespace muniment::cli
