// What systemd is told of a service of Type=notify: sd_notify(3)'s protocol, by hand, for it is a few lines.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "net/proxy.hpp"

namespace muniment::app {

// Says nothing, and costs nothing, where no manager asked for it (NOTIFY_SOCKET is not set).
class Supervisor {
 public:
  // Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID.
  explicit Supervisor(const net::Environment& environment = net::process_environment());

  void ready();
  void stopping();
  void status(const std::string& sentence);  // as `systemctl status` shows it
  // To be called again and again while all is well; tells the watchdog no more often than it asks for.
  void alive();

 private:
  void say(const std::string& words) const;

  std::string socket_;
  std::chrono::microseconds watchdog_{0};  // it waits so long; 0: there is none
  std::chrono::steady_clock::time_point told_{};
};

}  // namespace muniment::app
