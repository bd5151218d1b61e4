#include "verify/bundle.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/file.hpp"
#include "base/sha256.hpp"
#include "verify/bagit.hpp"
#include "verify/bundle_json.hpp"
#include "verify/commitment.hpp"
#include "verify/damage.hpp"
#include "verify/note.hpp"
#include "verify/release.hpp"
#include "verify/searches.hpp"
#include "verify/tree.hpp"

namespace muniment::verify {
namespace {

std::optional<Checkpoint> check_note(const std::string& text, const Policy& policy, const std::string& name,
                                     bool with_witnesses, Report& report) {
  const auto note = parse_note(text);
  auto checkpoint = note ? parse_checkpoint(note->text) : std::nullopt;
  if (!checkpoint) return report.find("checkpoint", name + " is not a signed checkpoint"), std::nullopt;
  if (checkpoint->origin != policy.origin) report.find("origin", name + " is of another log than the policy");
  const Signed by_log = check_signatures(*note, policy.log);
  const Signed by_witnesses = check_signatures(*note, policy.witnesses);
  if (!by_log.sound) report.find("signature", name + " has a signature of the log that is false");
  if (by_log.sound && by_log.keys == 0) report.find("signature", name + " is signed by no key of the policy");
  if (!by_witnesses.sound) report.find("signature", name + " has a witness's signature that is false");
  if (with_witnesses && by_witnesses.keys < policy.quorum)
    report.find("quorum", name + " is signed by " + std::to_string(by_witnesses.keys) +
                              " witnesses; the policy asks for " + std::to_string(policy.quorum));
  return checkpoint;
}

void check_entry(const BundleEntry& entry, const Checkpoint& checkpoint, Report& report) {
  const std::uint64_t seq = entry.leaf.seq;
  if (entry.leaf.origin != checkpoint.origin)
    report.find("origin", seq, "it is of another log than the checkpoint");
  if ((entry.leaf.kind == "genesis") != (seq == 0))
    report.find("genesis", seq, "a genesis entry is the first, and only the first");
  if (!includes(entry.hash, seq, checkpoint.size, checkpoint.root, entry.proof))
    report.find("inclusion", seq, "the proof does not show that it is in the signed ledger");
  const bool before =
      seq == 0 ? entry.leaf.root == empty_root() && entry.consistency.empty()
               : is_consistent(seq, entry.leaf.root, checkpoint.size, checkpoint.root, entry.consistency);
  if (!before)
    report.find("consistency", seq,
                "the proof does not show that the signed ledger extends the one it was sealed into");
  std::vector<NamedDigest> digests;
  for (const auto& field : entry.fields) digests.push_back({field.name, field.digest});
  if (body_commitment(digests) != entry.leaf.commitment)
    report.find("commitment", seq,
                "the words, or what stands for the withheld ones, are not those that were sealed");
}

void check_entries(const Bundle& bundle, const Checkpoint& checkpoint, Report& report) {
  const BundleEntry* last = nullptr;
  for (const auto& entry : bundle.entries) {
    check_entry(entry, checkpoint, report);
    if (last != nullptr && entry.leaf.seq <= last->leaf.seq)
      report.find("order", entry.leaf.seq, "it is not in ascending order in the bundle");
    if (last != nullptr && entry.leaf.seq > last->leaf.seq && entry.leaf.time < last->leaf.time)
      report.find("time", entry.leaf.seq, "its time is earlier than that of an entry before it");
    last = &entry;
  }
  report.entries = bundle.entries.size();
  report.check(
      "each disclosed entry: its place in the signed ledger, and every word shown against what was sealed");
}

void check_anchors(const Bundle& bundle, const Policy& policy, const Checkpoint& checkpoint, Report& report) {
  std::map<std::string_view, std::set<std::string>> tokens;  // SHA-256 of each, by what was stamped
  for (const auto& anchor : bundle.anchors) {
    tokens[anchor.checkpoint].insert(base::to_hex(base::sha256(anchor.token)));
    const auto stamped = check_note(anchor.checkpoint, policy, "a time-stamped checkpoint", false, report);
    if (stamped &&
        !is_consistent(stamped->size, stamped->root, checkpoint.size, checkpoint.root, anchor.consistency))
      report.find("anchor",
                  "a time-stamped checkpoint is not shown to be an earlier state of the same ledger");
  }
  for (const auto& entry : bundle.entries) {
    const auto* noted = entry.leaf.kind == "anchor" ? entry.find("checkpoint") : nullptr;
    const auto* token = noted != nullptr ? entry.find("tsr.sha256") : nullptr;
    if (token == nullptr || !noted->shown_in_full || !token->shown_in_full) continue;
    const auto given = tokens.find(noted->value);
    if (given != tokens.end() && !given->second.contains(token->value))
      report.find("anchor", entry.leaf.seq,
                  "it was sealed for another time-stamp than those in the bundle of its checkpoint");
  }
  if (!bundle.anchors.empty())
    report.could_not(std::to_string(bundle.anchors.size()) +
                     " time-stamps (RFC 3161): this program does not judge them; `openssl ts -verify` does, "
                     "as docs/formats/bundle.md describes");
}

void say_what_is_not_shown(const Bundle& bundle, Report& report) {
  const bool searched = std::ranges::any_of(
      bundle.entries, [](const BundleEntry& entry) { return entry.leaf.kind == kSearchKind; });
  if (!searched)
    report.remark("no search is among the entries: nothing here shows that other records were looked for");
  if (bundle.anchors.empty())
    report.remark("no time-stamp by others is in the bundle: the times are the archive's own claim");
  report.remark(
      "what no bundle can show: that the platform's answer was true, that nothing was missed between two "
      "polls, and what came after the checkpoint");
}

void check_readable_copy(const std::filesystem::path& data, const std::optional<Bundle>& bundle,
                         Report& report) {
  const auto copy = base::read_file(data / "release.txt", kLargestBundle);
  if (!copy && copy.error().code == Code::kNotFound) return;
  if (!copy) return report_unreadable(report, copy.error(), "data/release.txt");
  if (!bundle) return;  // said already
  if (bundle->release != *copy)
    report.find("release", "data/release.txt is not the release text of bundle.json");
}

void check_bundle(const std::optional<Bundle>& bundle, const Policy& policy, Report& report) {
  if (!bundle) return;
  const auto checkpoint = check_note(bundle->checkpoint, policy, "the checkpoint", true, report);
  if (!checkpoint) return;
  report.check("the checkpoint over " + std::to_string(checkpoint->size) +
               " entries, against the keys of the policy");
  check_entries(*bundle, *checkpoint, report);
  check_anchors(*bundle, policy, *checkpoint, report);
  check_release(*bundle, policy.origin, report);
  say_what_is_not_shown(*bundle, report);
  report.complete();
}

}  // namespace

void check_bundle_json(std::string_view json, const Policy& policy, Report& report) {
  check_bundle(parse_bundle(json, report), policy, report);
}

Result<Report> verify_bundle(const std::filesystem::path& path, const Policy& policy) {
  std::error_code ignored;
  const bool bag = std::filesystem::is_directory(path, ignored);
  const auto json = base::read_file(bag ? path / "data" / "bundle.json" : path, kLargestBundle);
  Report report;
  if (!json && bag && json.error().code == Code::kNotFound &&
      std::filesystem::exists(path / "data" / "case.json", ignored)) {
    report.could_not(
        "anything: this is a case file, for use inside the authority, and no disclosure: it carries no "
        "proofs. "
        "What it cites can be checked in the archive: `muniment-verify archive`");
    return report;
  }
  if (!json && bag && json.error().code == Code::kNotFound)
    return report.find("bag", "data/bundle.json, which holds the proof, is missing"), report;
  if (!json && !bag) return json.error();
  if (bag) check_bag(path, report);
  if (!json) return report_unreadable(report, json.error(), "data/bundle.json"), report;
  const auto bundle = parse_bundle(*json, report);
  check_bundle(bundle, policy, report);
  if (bag) {
    check_readable_copy(path / "data", bundle, report);
    report.remark(
        "the pages for people (data/index.html and the like) are bound only by the bag's own checksums; what "
        "is proven is what bundle.json says");
  } else {
    report.remark("only bundle.json was given: the bag around it was not looked at");
  }
  return report;
}

}  // namespace muniment::verify
