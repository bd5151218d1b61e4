// How often a host may be asked, and what its "not now" means.  Pure but for the clock it is handed.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/seams.hpp"
#include "net/transport.hpp"

namespace muniment::net {

struct Manners {
  std::chrono::milliseconds between{1'000};              // from one request to a host to the next
  std::chrono::milliseconds between_on_this_machine{0};  // loopback addresses disturb nobody else
  std::chrono::milliseconds patience{
      15 * 60'000};  // most that is waited, all in all, because one host asked for it
  std::chrono::milliseconds first_pause{2'000};  // after a failure; doubled each time
  int retries = 3;
};

// RFC 9110 section 10.2.3: seconds, or an HTTP date.  nullopt: absent or not understood.  Never negative.
std::optional<std::chrono::milliseconds> retry_after(std::string_view value, base::Time now);

// How long a host wants to be left alone by its own count of requests: the …RateLimit-Reset header in seconds
// from now, in seconds since 1970, or as an RFC 3339 time, where …RateLimit-Remaining says that none is left,
// or where the host `refused` to answer; likewise Facebook's estimated_time_to_regain_access, in minutes.
std::optional<std::chrono::milliseconds> rate_limit_pause(const Headers& headers, bool refused,
                                                          base::Time now);

// Remembers, for each host, when it may be asked next and how much patience is left.  A clock that is set
// back makes no pause longer.
class Pace {
 public:
  explicit Pace(Manners manners) : manners_(manners) {}

  // How long to wait before asking; zero when the host is free now.
  std::chrono::milliseconds wait(const std::string& host, base::Time now);
  // A request leaves now.
  void leave(const std::string& host, bool this_machine, base::Time now);
  // The host asked for a pause (or failed, and needs one); wait() counts it.  False: longer than the patience
  // left.
  bool pause(const std::string& host, base::Time now, std::chrono::milliseconds pause);
  // Gives a host up until then.
  void close(const std::string& host, base::Time until);
  // When a host that was given up may be asked again; nullopt: it was not given up.
  std::optional<base::Time> closed_until(const std::string& host, base::Time now);

  // What the host had us wait so far is forgotten: its patience is whole again.
  void renew(const std::string& host);

  // Pause before retry number `attempt`, which counts from 0.
  std::chrono::milliseconds back_off(int attempt) const;
  const Manners& manners() const { return manners_; }

 private:
  struct Host {
    base::Time free{};
    std::chrono::milliseconds waited{0};
    bool closed = false;
  };
  void heed(base::Time now);

  Manners manners_;
  std::map<std::string, Host> hosts_;
  base::Time latest_{};
};

// What is to be done with an answer, or with none.
enum class Reaction {
  kHandOn,    // it goes to who asked
  kAskAgain,  // after Pace::wait()
  kComeBack,  // the host wants to be left alone for longer than the patience: come_back() goes to who asked
};

// Notes in `pace` what the answer says of its host. `attempt`: how often this was asked again, from 0.
//   429, or 503 with Retry-After   to be asked again after the time that the host named, within the patience;
//   or a rate limit's reset        beyond it the host is closed until then
//   a rate limit that is used up   handed on; what is asked next of that host waits for the reset, likewise
//   other 5xx, kUnavailable, kIo   to be asked again up to `retries` times with doubling pauses
Reaction react(Pace& pace, const std::string& host, const Result<Response>& answer, int attempt,
               base::Time now);

// kUnavailable, with the time at which the host may be asked again.
Error come_back(const std::string& host, base::Time when);

}  // namespace muniment::net
