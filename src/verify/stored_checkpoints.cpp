#include "verify/stored_checkpoints.hpp"

#include "base/so_many.hpp"
#include "verify/damage.hpp"
#include "verify/note.hpp"

namespace muniment::verify {
namespace {

constexpr std::string_view kRows = "SELECT size, note FROM checkpoint ORDER BY size";

std::string name_of(std::uint64_t size) {
  return "the checkpoint over " + base::so_many(size, "entry", "entries");
}

}  // namespace

CheckpointCheck::CheckpointCheck(db::Database& database, const std::string& origin,
                                 const std::optional<Policy>& policy, const std::optional<Checkpoint>& last,
                                 Report& report)
    : origin_(origin), policy_(policy), report_(report), last_(last) {
  if (last_ && last_->size == 0) last_.reset();
  read(database);
  // A tree of no entries has its root before the first entry is read.
  while (next() == std::uint64_t{0}) {
    report_.find("checkpoint", "a checkpoint covers no entries");
    ++at_;
  }
}

void CheckpointCheck::read(db::Database& database) {
  auto statement = database.prepare(kRows);
  if (!statement) return report_unreadable(report_, statement.error(), "the checkpoints in ledger.db");
  for (;;) {
    const auto row = statement->step();
    if (!row) return report_unreadable(report_, row.error(), "the checkpoints in ledger.db");
    if (!*row) return;
    if (!statement->is_integer(0) || !statement->is_text(1) || statement->integer(0) < 0) {
      report_.find("checkpoint", "a checkpoint is not stored as one");
      continue;
    }
    Row out{static_cast<std::uint64_t>(statement->integer(0)), std::string(statement->text(1)), std::nullopt};
    read_note(out);
    rows_.push_back(std::move(out));
  }
}

void CheckpointCheck::read_note(Row& row) {
  const auto note = parse_note(row.note);
  const auto checkpoint = note ? parse_checkpoint(note->text) : std::nullopt;
  if (!checkpoint) return report_.find("checkpoint", name_of(row.size) + " is not a signed checkpoint");
  if (checkpoint->origin != origin_) report_.find("checkpoint", name_of(row.size) + " is of another log");
  if (checkpoint->size != row.size)
    report_.find("checkpoint", name_of(row.size) + " says another number of entries");
  row.root = checkpoint->root;
}

std::optional<std::uint64_t> CheckpointCheck::next() const {
  const auto row = at_ < rows_.size() ? std::optional(rows_[at_].size) : std::nullopt;
  return last_ && (!row || last_->size < *row) ? last_->size : row;
}

void CheckpointCheck::compare(const base::Hash& root) {
  const auto size = *next();
  if (last_ && last_->size == size) {
    if (last_->root != root)
      report_.find("checkpoint", size - 1,
                   "what the signer last signed, " + base::so_many(size, "entry", "entries") +
                       ", were other entries than these");
    last_.reset();
  }
  if (at_ == rows_.size() || rows_[at_].size != size) return;
  const Row& row = rows_[at_++];
  if (row.root && *row.root != root)
    report_.find("checkpoint", row.size - 1, name_of(row.size) + " was signed over other entries than these");
}

void CheckpointCheck::check_signature(const Row& row) {
  const auto note = parse_note(row.note);
  if (!note) return;  // reported when it was read
  const Signed by_log = check_signatures(*note, policy_->log);
  if (!by_log.sound || by_log.keys == 0)
    report_.find("signature", name_of(row.size) + (by_log.sound ? " is signed by no key of the policy"
                                                                : " has a signature that is false"));
  const Signed by_witnesses = check_signatures(*note, policy_->witnesses);
  if (!by_witnesses.sound)
    report_.find("signature", name_of(row.size) + " has a witness's signature that is false");
  if (by_witnesses.keys < policy_->quorum) ++unwitnessed_;
}

void CheckpointCheck::finish(std::uint64_t entries) {
  for (; at_ < rows_.size(); ++at_)
    report_.find("missing-entries", name_of(rows_[at_].size) + " was signed, but only " +
                                        std::to_string(entries) +
                                        " entries are here: the end of the ledger is missing");
  if (!policy_)
    report_.could_not(
        "who signed the checkpoints: no policy was given, and the archive cannot vouch for itself");
  else
    for (const Row& row : rows_) check_signature(row);
  if (unwitnessed_ > 0)
    report_.remark(
        std::to_string(unwitnessed_) +
        " checkpoints in ledger.db do not carry the signatures of as many witnesses as the policy asks for");
  if (rows_.empty())
    return report_.could_not("whether these are the entries that were signed: there is no signed checkpoint");
  if (covered() < entries)
    report_.remark("the newest " +
                   base::so_many(entries - covered(),
                                 "entry is not yet covered by a signed checkpoint; it is bound",
                                 "entries are not yet covered by a signed checkpoint; they are bound") +
                   " to the others, and to nobody's signature");
  report_.check(base::so_many(rows_.size(), "signed checkpoint", "signed checkpoints") +
                ", the newest over " + base::so_many(covered(), "entry", "entries") +
                ", against the entries themselves" + (policy_ ? " and the keys of the policy" : ""));
}

}  // namespace muniment::verify
