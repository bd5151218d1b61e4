#include "app/index_follower.hpp"

namespace muniment::app {

Status IndexFollower::add(const collect::Written& written) {
  // Between two passes of an import the index may have been made anew.
  if (!writing_ && gatherer_.empty() && gatherer_.keys() != index_.keys())
    gatherer_ = index::Gatherer(index_.keys());
  for (std::size_t i = 0; i < written.drafts.size(); ++i) {
    index::Decoded decoded;
    decoded.entry.seq = written.first + i;
    decoded.entry.time = written.time;
    decoded.entry.kind = written.drafts[i].kind;
    decoded.body = &written.drafts[i].body;
    decoded.digests = {written.fingerprints[i].content, written.fingerprints[i].raw};
    gatherer_.add(decoded);
    if (gatherer_.full()) hand_over();
  }
  return {};
}

void IndexFollower::hand_over() {
  if (!writing_) {
    writing_ = std::make_unique<Writing>();
    writing_->thread = std::thread([this] { write(); });
  }
  // Not taken: writing has failed, and settle() says so.
  (void)writing_->queue.push(gatherer_.take());
}

void IndexFollower::write() {
  while (auto gathered = writing_->queue.pop()) {
    writing_->outcome = index_.apply(*std::move(gathered));
    if (!writing_->outcome) return writing_->queue.close();
    known_.indexed_until(index_.position());
  }
}

Status IndexFollower::settle() {
  if (!gatherer_.empty()) hand_over();
  if (!writing_) return {};
  writing_->queue.close();
  writing_->thread.join();
  auto outcome = std::move(writing_->outcome);
  writing_.reset();
  if (!outcome) gatherer_.reset();
  return outcome;
}

}  // namespace muniment::app
