#include "collect/import_pipeline.hpp"

#include <utility>

namespace muniment::collect {
namespace {

constexpr std::size_t kBatchesWaiting = 2;  // a write that waits for the disk holds nobody up
constexpr std::size_t kWrittenWaiting = 1;  // whoever follows gathers more than that by itself

}  // namespace

ImportPipeline::ImportPipeline(const ImportRun& run, ledger::Head head)
    : run_(run),
      head_(head),
      composed_(kBatchesWaiting),
      sealed_(kBatchesWaiting),
      written_(kWrittenWaiting) {
  sealer_ = std::thread([this] { seal(); });
  writer_ = std::thread([this] { write(); });
  follower_ = std::thread([this] { follow(); });
}

Status ImportPipeline::finish(bool is_last) {
  is_last_ = is_last;
  composed_.close();
  if (sealer_.joinable()) sealer_.join();
  sealed_.close();
  if (follower_.joinable()) follower_.join();
  if (run_.settle && follow_status_) follow_status_ = run_.settle();
  if (writer_.joinable()) writer_.join();
  return !write_status_ ? write_status_ : follow_status_;
}

void ImportPipeline::seal() {
  ledger::Sealer sealer(run_.entropy);
  while (auto batch = composed_.pop()) {
    batch->sealed.reserve(batch->drafts.size());
    sealer.seal(batch->first, batch->drafts, batch->sealed);
    (void)sealed_.push(*std::move(batch));
  }
}

void ImportPipeline::write() {
  while (auto batch = sealed_.pop()) {
    if (!write_status_) continue;  // drains, so that nobody waits for nobody
    auto after = run_.store.append(head_, run_.clock.now(), batch->sealed);
    if (!after) {
      write_status_ = after.error();
      composed_.close();
      continue;
    }
    head_ = *after;
    done_ = batch->done;
    outcome_ = std::move(batch->so_far);
    if (run_.follow)
      (void)written_.push(
          {batch->first, head_.last, std::move(batch->drafts), std::move(batch->fingerprints)});
  }
  written_.close();
  if (is_last_) run_.store.settle();
}

void ImportPipeline::follow() {
  while (auto written = written_.pop()) {
    if (!follow_status_) continue;
    follow_status_ = run_.follow(*std::move(written));
  }
}

}  // namespace muniment::collect
