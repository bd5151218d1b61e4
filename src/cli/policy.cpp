#include "app/policy.hpp"

#include <ostream>

#include "cli/commands.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

Result<int> run_policy(const Arguments& arguments, Terminal& terminal) {
  const auto folder = archive_folder(arguments);
  if (!folder) return folder.error();
  const auto text = app::policy_to_publish(app::Layout(*folder));
  if (!text) return text.error();
  terminal.out << *text;
  return 0;
}

}  // namespace

const Command kPolicy = {
    "policy",
    "print what others need to verify this archive",
    "Publish it where requesters find it without you: a verifier must not take it from the bundle it checks.",
    {},
    {},
    run_policy};

}  // namespace muniment::cli
