#include "app/check.hpp"

#include "app/archive.hpp"
#include "app/check_index.hpp"
#include "app/policy.hpp"
#include "verify/archive.hpp"

namespace muniment::app {

Result<CheckAnswer> check_archive(const std::filesystem::path& folder, const CheckWishes& wishes) {
  const Layout layout(folder);
  // The policy is made from the settings and the key alone, so that a damaged ledger can still be judged.
  auto text = policy_of(layout);
  std::error_code ignored;
  if (!text && !std::filesystem::exists(layout.settings(), ignored)) return no_archive_in(layout);
  std::optional<verify::Policy> policy;
  if (text) {
    auto parsed = verify::parse_policy(*text);
    if (!parsed) return parsed.error();
    policy = *std::move(parsed);
  }
  verify::Options options;
  options.deep = wishes.deep;
  options.by_its_keeper = true;
  auto report = verify::verify_archive(folder, policy, options);
  if (!report) return report.error();
  if (!text)
    report->remark("the archive's own policy could not be made: " + text.error().what +
                   "; with the published one `muniment-verify archive` needs no key");
  if (wishes.compare_index) {
    auto archive = Archive::open(folder, Access::kRead);
    if (archive)
      check_index(*archive, wishes.progress, *report);
    else
      report->could_not("the search index: " + archive.error().what);
  }
  return CheckAnswer{verify::to_text(*report), verify::to_json(*report), verify::exit_code(report->answer())};
}

}  // namespace muniment::app
