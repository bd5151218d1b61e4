#include <array>
#include <ostream>

#include "app/check.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"
#include "cli/progress.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOptions = {
    Option{"--deep", "", "also unseal every body and commit to every word again"},
    Option{"--index", "", "also compare the search index with one made anew from the ledger"},
    Option{"--json", "", "print the answer as one JSON object"},
};

Result<int> run_verify(const Arguments& arguments, Terminal& terminal) {
  const auto folder = archive_folder(arguments);
  if (!folder) return folder.error();
  const auto answer = [&] {
    ProgressLine line(terminal);
    const auto show = [&](std::uint64_t position, std::uint64_t end) {
      line.show("indexing beside: entry " + std::to_string(position) + " of " + std::to_string(end));
    };
    return app::check_archive(*folder, {arguments.has("deep"), arguments.has("index"), show});
  }();
  if (!answer) return answer.error();
  terminal.out << (arguments.has("json") ? answer->json : answer->text);
  return answer->exit_code;
}

}  // namespace

const Command kVerify = {
    "verify",
    "check the whole archive against its chain and signatures",
    "Answers verified (exit code 0), failed (1) or could not be checked (3), and names each entry at fault.\n"
    "Outsiders use the separate program muniment-verify, which shares no code with the one that wrote the "
    "archive.",
    {},
    kOptions,
    run_verify};

}  // namespace muniment::cli
