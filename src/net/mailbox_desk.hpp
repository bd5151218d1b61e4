// Mailboxes for those who must not wait (curl_many.hpp): asked one after another on a thread of its own.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "net/mailbox_transport.hpp"
#include "net/many_transport.hpp"

namespace muniment::net {

class MailboxDesk {
 public:
  // The clock must outlive it.
  MailboxDesk(base::Clock& clock, FetchSettings settings);
  // Waits for the question on its way, which the settings' `stop` ends.
  ~MailboxDesk();
  MailboxDesk(const MailboxDesk&) = delete;
  MailboxDesk& operator=(const MailboxDesk&) = delete;

  void send(Ticket ticket, Request request);
  void drop(Ticket ticket);
  std::vector<Arrival> arrived();
  // Can be read from when something arrived; arrived() sets it back.
  int bell() const { return bell_; }

 private:
  struct Job {
    Ticket ticket = 0;
    Request request;
  };
  void work();

  MailboxTransport transport_;
  int bell_;  // an eventfd
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  std::vector<Arrival> arrived_;
  Ticket asked_ = 0;        // whose question is on its way …
  bool is_wanted_ = false;  // … and was not dropped since
  bool ended_ = false;
  std::thread thread_;  // begun with the first question
};

}  // namespace muniment::net
