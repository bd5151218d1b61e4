#include "collect/import.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
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
        parts_(wishes.authority, run.catalogue, reader_, run.clock, [this] { return settle(); }) {
    wishes_.saved.with_private = !wishes_.authority.empty();
  }
  ~FileReader() { run_.store.give_up_end(); }
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;

  Result<ImportOutcome> run() {
    for (int restart = 0; restart < kRestarts; ++restart) {
      const auto before = safe_place_;
      auto pass = from(before);
      if (pass) {
        outcome_.say_what_is_kept();
        return std::move(outcome_);
      }
      // Another process appended: begin again behind what is on disk.
      if (pass.error().code != Code::kConflict) return pass.error();
      if (safe_place_ != before) restart = 0;
    }
    return Error{Code::kConflict, "other processes kept appending first", "try again when they are done"};
  }

 private:
  Status from(ImportPlace start) {
    take_end();
    const auto head = run_.reading_store.head();
    if (!head) return head.error();
    next_seq_ = head->size;
    batch_ = {};
    if (auto begun = begin(*head); !begun) return begun;
    const auto status = read_from(start);
    const auto written = finish(true);
    parts_.forget_from(end_);
    if (written && status) return {};
    outcome_ = safe_;
    return !written ? written : status;
  }

  // The ledger ends where the next entry goes.
  Status begin(const ledger::Head& head) {
    if (auto known = run_.catalogue.at(head.size); !known) return known;
    batch_.first = head.size;
    pipeline_.emplace(run_, head);
    return {};
  }

  Status finish(bool is_last = false) {
    if (!pipeline_) return {};
    auto written = pipeline_->finish(is_last);
    if (pipeline_->done()) {
      safe_place_ = *pipeline_->done();
      safe_ = pipeline_->outcome();
    }
    end_ = pipeline_->end();
    pipeline_.reset();
    return written;
  }

  // Until all that was composed is on disk and in the catalogue.
  Status settle() {
    if (!batch_.drafts.empty()) (void)flush();
    if (auto written = finish(); !written) return written;
    const auto head = run_.reading_store.head();
    if (!head) return head.error();
    if (head->size != next_seq_)
      return Error{Code::kConflict, "another process appended first", "run the same import again"};
    return begin(*head);
  }

  void take_end() {
    run_.store.take_end();
    taken_ = std::chrono::steady_clock::now();
  }

  // Whoever waits to append has waited long enough: everything composed is written, and what comes next goes
  // behind theirs.
  Status let_others_in() {
    if (std::chrono::steady_clock::now() - taken_ < run_.turn || !run_.store.is_end_wanted()) return {};
    if (auto written = finish(); !written) return written;
    run_.store.give_up_end();
    take_end();
    const auto head = run_.reading_store.head();
    if (!head) return head.error();
    next_seq_ = head->size;
    return begin(*head);
  }

  Status read_from(ImportPlace start) {
    SavedFiles saved(files_, wishes_.saved, start.path);
    at_ = {start.path, 0, start.late};
    Status status;
    bool open = true, ended = false;
    while (open && !stopped()) {
      auto part = saved.next();
      if (saved.paths_done() != at_.path) at_ = {saved.paths_done(), 0, start.late};
      // What is on disk already, from before a restart, is only passed by.
      const bool is_written = part && at_.path == start.path && at_.parts < start.parts;
      auto outcome = left_on_the_way(saved);
      if (!part) {
        outcome_ += std::move(outcome);
        ended = true;
        break;
      }
      if (is_written)
        parts_.pass_by(saved, *part);
      else
        status = add(saved, *std::move(part), std::move(outcome));
      if (status) ++at_.parts;
      if ((!status || full()) && !batch_.drafts.empty()) open = flush();
      if (open && status && batch_.drafts.empty()) status = let_others_in();
      open = open && status.has_value();
    }
    outcome_.stopped = open && status && !ended;
    if (open && status) status = add_late_reports();
    if (open && !batch_.drafts.empty()) (void)flush();
    return status;
  }

  // `outcome`: of what was passed on the way to this part; it counts with it.
  Status add(const SavedFiles& saved, SavedPart part, ImportOutcome outcome) {
    const auto bytes = part.bytes.size();
    auto entries = parts_.read(saved, std::move(part), next_seq_, outcome);
    if (!entries) return entries.error();
    outcome_ += std::move(outcome);
    if (!entries->drafts.empty()) batch_.bytes += bytes;
    append(*std::move(entries));
    return {};
  }

  // Of notices that stand before their items in what was read.
  Status add_late_reports() {
    while (at_.late < parts_.pages_waiting()) {
      auto late = parts_.judge_again(at_.late, outcome_);
      if (!late) return late.error();
      ++at_.late;
      append(*std::move(late));
      if (!full()) continue;
      if (!flush()) break;
      if (auto let_in = let_others_in(); !let_in) return let_in;
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

  // False: writing has failed, and nothing more is taken.
  bool flush() {
    batch_.done = at_;
    batch_.so_far = outcome_;
    ImportBatch out = std::exchange(batch_, {});
    batch_.first = next_seq_;
    if (run_.progress) run_.progress(outcome_);
    return pipeline_->push(std::move(out));
  }

  // Files that hold no part.
  static ImportOutcome left_on_the_way(SavedFiles& saved) {
    ImportOutcome out;
    out.passed_over = saved.take_passed_over();
    for (auto& left : saved.take_left()) {
      ++out.files;
      out.refused.push_back({std::move(left.name), std::move(left.why), false, left.unopened});
    }
    return out;
  }

  std::vector<SavedPath> files_;
  ImportWishes wishes_;
  const ImportRun& run_;
  ledger::Reader reader_;
  PartReader parts_;
  ImportOutcome outcome_;  // of everything read
  ImportOutcome safe_;     // of everything on disk
  ImportBatch batch_;
  std::optional<ImportPipeline> pipeline_;
  std::chrono::steady_clock::time_point taken_;  // the ledger's end
  Seq next_seq_ = 0;
  Seq end_ = 0;             // of what is on disk, once the pipeline has come to its end
  ImportPlace at_;          // up to here everything was composed
  ImportPlace safe_place_;  // up to here everything is on disk
};

}  // namespace

Result<ImportOutcome> import_files(std::vector<SavedPath> files, const ImportWishes& wishes,
                                   const ImportRun& run) {
  return FileReader(std::move(files), wishes, run).run();
}

}  // namespace muniment::collect
