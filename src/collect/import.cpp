#include "collect/import.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "collect/import_pipeline.hpp"
#include "collect/part_reader.hpp"

namespace muniment::collect {
namespace {

using ledger::Seq;

constexpr std::size_t kBatchEntries = 2048;
constexpr std::size_t kBatchBytes = 12U << 20;
constexpr int kRestarts = 16;

// Reads and composes, part after part.
class FileReader {
 public:
  FileReader(std::vector<SavedPath> files, const ImportWishes& wishes, const ImportRun& run)
      : files_(std::move(files)),
        wishes_(wishes),
        run_(run),
        reader_(run.reading_store),
        parts_(wishes.authority, run.catalogue, reader_, run.clock) {
    wishes_.saved.with_private = !wishes_.authority.empty();
  }

  Result<ImportOutcome> run() {
    for (int restart = 0; restart < kRestarts; ++restart) {
      const auto before = safe_place_;
      auto pass = from(before);
      if (pass) return std::move(outcome_);
      // Another process appended: begin again behind what is on disk.
      if (pass.error().code != Code::kConflict) return pass.error();
      if (safe_place_ != before) restart = 0;
    }
    return Error{Code::kConflict,
                 "other processes kept appending first; what was read so far is in the archive",
                 "run the same import again: it carries on where it stopped"};
  }

 private:
  Status from(ImportPlace start) {
    const auto head = run_.reading_store.head();
    if (!head) return head.error();
    next_seq_ = head->size;
    if (auto known = run_.catalogue.at(next_seq_); !known) return known;
    batch_ = {};
    batch_.first = next_seq_;
    ImportPipeline pipeline(run_, *head);
    const auto status = read_from(start, pipeline);
    const auto written = pipeline.finish();
    if (pipeline.done()) {
      safe_place_ = *pipeline.done();
      safe_ = pipeline.outcome();
    }
    parts_.forget_from(pipeline.end());
    if (written && status) return {};
    outcome_ = safe_;
    return !written ? written : status;
  }

  Status read_from(ImportPlace start, ImportPipeline& pipeline) {
    SavedFiles saved(files_, wishes_.saved, start.path);
    ImportPlace at{start.path, 0, start.late};
    Status status;
    bool open = true;
    while (open && !stopped()) {
      auto part = saved.next();
      if (saved.paths_done() != at.path) at = {saved.paths_done(), 0, start.late};
      if (part) ++at.parts;
      // What is on disk already, from before a restart, is only passed by.
      const bool is_written = part && at.path == start.path && at.parts <= start.parts;
      note_left(saved, is_written);
      if (!part) break;
      if (is_written) {
        parts_.pass_by(saved, *part);
        continue;
      }
      status = add(saved, *std::move(part));
      if (!status) --at.parts;
      if ((!status || full()) && !batch_.drafts.empty()) open = flush(pipeline, at);
      open = open && status.has_value();
    }
    if (open && status) status = add_late_reports(pipeline, at);
    if (open && !batch_.drafts.empty()) (void)flush(pipeline, at);
    return status;
  }

  Status add(const SavedFiles& saved, SavedPart part) {
    const auto bytes = part.bytes.size();
    auto entries = parts_.read(saved, std::move(part), next_seq_, outcome_);
    if (!entries) return entries.error();
    if (!entries->drafts.empty()) batch_.bytes += bytes;
    append(*std::move(entries));
    return {};
  }

  // Of notices that stand before their items in what was read.
  Status add_late_reports(ImportPipeline& pipeline, ImportPlace& at) {
    while (at.late < parts_.pages_waiting()) {
      auto late = parts_.judge_again(at.late, outcome_);
      if (!late) return late.error();
      ++at.late;
      append(*std::move(late));
      if (full() && !flush(pipeline, at)) break;
    }
    return {};
  }

  void append(PageEntries entries) {
    next_seq_ += entries.drafts.size();
    std::ranges::move(entries.drafts, std::back_inserter(batch_.drafts));
    std::ranges::move(entries.fingerprints, std::back_inserter(batch_.fingerprints));
  }

  bool stopped() const { return run_.stop != nullptr && run_.stop->load(); }
  bool full() const { return batch_.drafts.size() >= kBatchEntries || batch_.bytes >= kBatchBytes; }

  bool flush(ImportPipeline& pipeline, ImportPlace done) {
    batch_.done = done;
    batch_.so_far = outcome_;
    ImportBatch out = std::exchange(batch_, {});
    batch_.first = next_seq_;
    if (run_.progress) run_.progress(outcome_);
    return pipeline.push(std::move(out));
  }

  void note_left(SavedFiles& saved, bool is_noted) {
    const auto passed_over = saved.take_passed_over();
    auto all_left = saved.take_left();
    if (is_noted) return;
    outcome_.passed_over += passed_over;
    for (auto& left : all_left) {
      ++outcome_.files;
      outcome_.refused.push_back({std::move(left.name), std::move(left.why), false});
    }
  }

  std::vector<SavedPath> files_;
  ImportWishes wishes_;
  const ImportRun& run_;
  ledger::Reader reader_;
  PartReader parts_;
  ImportOutcome outcome_;  // of everything read
  ImportOutcome safe_;     // of everything on disk
  ImportBatch batch_;
  Seq next_seq_ = 0;
  ImportPlace safe_place_;  // up to here everything is on disk
};

}  // namespace

Result<ImportOutcome> import_files(std::vector<SavedPath> files, const ImportWishes& wishes,
                                   const ImportRun& run) {
  return FileReader(std::move(files), wishes, run).run();
}

}  // namespace muniment::collect
