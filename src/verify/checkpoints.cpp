#include "verify/checkpoints.hpp"

#include <string>

#include "db/database.hpp"
#include "db/no_traces.hpp"
#include "verify/chain.hpp"
#include "verify/damage.hpp"
#include "verify/note.hpp"

namespace muniment::verify {
namespace {

struct Read {
  Checkpoint checkpoint;
  bool usable = false;
};

Read read_signed(std::string_view text, const std::string& name, const Policy& policy, Report& report) {
  const auto note = parse_note(text);
  const auto checkpoint = note ? parse_checkpoint(note->text) : std::nullopt;
  if (!checkpoint) return report.find("checkpoint", name + " is not a signed checkpoint"), Read{};
  const Signed by_log = check_signatures(*note, policy.log);
  const Signed by_witnesses = check_signatures(*note, policy.witnesses);
  if (checkpoint->origin != policy.origin) report.find("origin", name + " is of another log than the policy");
  if (!by_log.sound || !by_witnesses.sound) report.find("signature", name + " has a signature that is false");
  if (by_log.sound && by_log.keys == 0) report.find("signature", name + " is signed by no key of the policy");
  if (by_witnesses.keys < policy.quorum)
    report.find("quorum", name + " is signed by fewer witnesses than the policy asks for");
  return {*checkpoint, report.findings().empty()};
}

// The proof is the entries themselves: their tree hashes at both sizes, read from the archive.
void check_extension(const std::filesystem::path& archive, const Checkpoint& older, const Checkpoint& newer,
                     Report& report) {
  const db::NoTraces of_ledger(archive / "ledger.db");
  auto ledger = db::Database::open(archive / "ledger.db", db::Open::kRead);
  if (!ledger) return report_unreadable(report, ledger.error(), "ledger.db");
  const auto roots = roots_at(*ledger, older.origin, {older.size, newer.size});
  if (!roots) return report_unreadable(report, roots.error(), "the entries in ledger.db");
  if (roots->size() < 2)
    return report.could_not(
        "whether the newer extends the older: the archive holds fewer entries than the newer covers");
  if ((*roots)[0] != older.root)
    report.find("root", "the older checkpoint was signed over other entries than the archive's");
  if ((*roots)[1] != newer.root)
    report.find("root", "the newer checkpoint was signed over other entries than the archive's");
  report.check("the newer checkpoint keeps every entry that the older covers, unchanged and in its place");
  report.complete();
}

}  // namespace

Result<Report> verify_checkpoints(std::string_view older, std::string_view newer, const Policy& policy,
                                  const std::optional<std::filesystem::path>& archive) {
  Report report;
  const Read before = read_signed(older, "the older checkpoint", policy, report);
  const Read after = read_signed(newer, "the newer checkpoint", policy, report);
  if (!before.usable || !after.usable) return report;
  const Checkpoint& a = before.checkpoint;
  const Checkpoint& b = after.checkpoint;
  report.entries = b.size;
  report.check("the signatures of both checkpoints, against the policy");
  if (a.size > b.size)
    return report.find("order", "the older checkpoint covers more entries than the newer one"), report;
  if (a.size == b.size) {
    if (a.root != b.root)
      report.find("split",
                  "two checkpoints over the same number of entries differ: the log has shown two faces");
    report.complete();
    return report;
  }
  if (!archive)
    return report.could_not("whether the newer extends the older: give the archive, whose entries prove it"),
           report;
  check_extension(*archive, a, b, report);
  return report;
}

}  // namespace muniment::verify
