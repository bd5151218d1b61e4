#include "net/mailbox_desk.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/check.hpp"

namespace muniment::net {

MailboxDesk::MailboxDesk(base::Clock& clock, FetchSettings settings)
    : transport_(clock, std::move(settings)), bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  MUNIMENT_CHECK(bell_ >= 0, "the system has eventfds");
}

MailboxDesk::~MailboxDesk() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    for (auto& job : jobs_) forget(job.request);
    jobs_.clear();
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
  ::close(bell_);
}

void MailboxDesk::send(Ticket ticket, Request request) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back({ticket, std::move(request)});
    if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
  }
  changed_.notify_one();
}

void MailboxDesk::drop(Ticket ticket) {
  const std::lock_guard lock(mutex_);
  for (auto& job : jobs_)
    if (job.ticket == ticket) forget(job.request);
  std::erase_if(jobs_, [&](const Job& job) { return job.ticket == ticket; });
  std::erase_if(arrived_, [&](const Arrival& arrival) { return arrival.ticket == ticket; });
  if (asked_ == ticket) is_wanted_ = false;
}

std::vector<Arrival> MailboxDesk::arrived() {
  const std::lock_guard lock(mutex_);
  std::uint64_t rung = 0;
  [[maybe_unused]] const auto read = ::read(bell_, &rung, sizeof rung);  // it may not have rung
  return std::exchange(arrived_, {});
}

void MailboxDesk::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return ended_ || !jobs_.empty(); });
    if (ended_) return;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    asked_ = job.ticket;
    is_wanted_ = true;
    lock.unlock();
    auto answer = transport_.get(job.request);
    forget(job.request);
    lock.lock();
    if (!is_wanted_ || ended_) continue;
    is_wanted_ = false;
    arrived_.push_back({job.ticket, std::move(answer)});
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(bell_, &one, sizeof one);
  }
}

}  // namespace muniment::net
