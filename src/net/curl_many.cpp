#include "net/curl_many.hpp"

#include <curl/curl.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "base/check.hpp"

namespace muniment::net {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr long kMostIdle = 64;  // connections kept open for the next request, in each pool
constexpr int kMostEvents = 256;
constexpr std::uint64_t kMail = ~std::uint64_t{0};  // in epoll: the desk's bell, no socket of a pool

template <typename T>
void set(CURLM* multi, CURLMoption option, T value) {
  MUNIMENT_CHECK(curl_multi_setopt(multi, option, value) == CURLM_OK, "this libcurl knows our options");
}

std::uint32_t events_for(int what) {
  return (what != CURL_POLL_OUT ? std::uint32_t{EPOLLIN} : 0U) |
         (what != CURL_POLL_IN ? std::uint32_t{EPOLLOUT} : 0U);
}

int action_for(std::uint32_t events) {
  return ((events & (EPOLLIN | EPOLLHUP)) != 0 ? CURL_CSELECT_IN : 0) |
         ((events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
         ((events & EPOLLERR) != 0 ? CURL_CSELECT_ERR : 0);
}

}  // namespace

// Connections that may be shared, and what libcurl wants to be woken for.
struct CurlMany::Pool {
  Pool(int poller, std::uint64_t own_number) : epoll(poller), number(own_number), multi(curl_multi_init()) {
    if (multi == nullptr) throw std::bad_alloc();
    set(multi, CURLMOPT_SOCKETFUNCTION, &watch_socket);
    set(multi, CURLMOPT_SOCKETDATA, static_cast<void*>(this));
    set(multi, CURLMOPT_TIMERFUNCTION, &set_timer);
    set(multi, CURLMOPT_TIMERDATA, static_cast<void*>(this));
    set(multi, CURLMOPT_MAXCONNECTS, kMostIdle);
    set(multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
  }
  ~Pool() { curl_multi_cleanup(multi); }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  static int watch_socket(CURL*, curl_socket_t socket, int what, void* context, void*) {
    const auto& pool = *static_cast<Pool*>(context);
    epoll_event event{};
    event.events = what == CURL_POLL_REMOVE ? 0U : events_for(what);
    event.data.u64 = pool.number << 32U | static_cast<std::uint32_t>(socket);
    if (what == CURL_POLL_REMOVE)
      ::epoll_ctl(pool.epoll, EPOLL_CTL_DEL, socket, &event);
    else if (::epoll_ctl(pool.epoll, EPOLL_CTL_MOD, socket, &event) != 0)
      ::epoll_ctl(pool.epoll, EPOLL_CTL_ADD, socket, &event);
    return 0;
  }

  static int set_timer(CURLM*, long timeout, void* context) {
    auto& pool = *static_cast<Pool*>(context);
    pool.timer.reset();
    if (timeout >= 0) pool.timer = Steady::now() + milliseconds{timeout};
    return 0;
  }

  void act(int socket, int action) {
    int running = 0;
    curl_multi_socket_action(multi, socket, action, &running);
  }

  void act_on_time() {
    if (!timer || *timer > Steady::now()) return;
    timer.reset();
    act(CURL_SOCKET_TIMEOUT, 0);
  }

  int epoll;
  std::uint64_t number;
  CURLM* multi;
  std::shared_ptr<KnownTls> known = std::make_shared<KnownTls>();
  std::optional<Steady::time_point> timer;
};

struct CurlMany::Flight {
  Flight(Request asked, const FetchSettings& settings, base::Clock& clock)
      : request(std::move(asked)), fetch(request, settings, clock) {}
  ~Flight() {
    leave();
    forget(request);
    if (hop) forget(*hop);
  }
  Flight(const Flight&) = delete;
  Flight& operator=(const Flight&) = delete;

  void leave() {
    if (pool == nullptr) return;
    // Else libcurl waits here until a name is resolved.
    curl_easy_setopt(handle->easy(), CURLOPT_QUICK_EXIT, 1L);
    curl_multi_remove_handle(pool->multi, handle->easy());
    pool = nullptr;
  }

  Request request;
  Fetch fetch;
  std::optional<Hop> hop;
  std::unique_ptr<CurlHandle> handle;
  Pool* pool = nullptr;  // in which the hop is being made
};

CurlMany::CurlMany(base::Clock& clock, FetchSettings settings)
    : clock_(clock),
      settings_(std::move(settings)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      mailboxes_(clock, settings_) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = kMail;
  MUNIMENT_CHECK(epoll_ >= 0 && ::epoll_ctl(epoll_, EPOLL_CTL_ADD, mailboxes_.bell(), &event) == 0,
                 "the system can watch sockets");
  CurlHandle starts_libcurl;
  for (std::size_t i = 0; i < pools_.size(); ++i) pools_[i] = std::make_unique<Pool>(epoll_, i);
}

CurlMany::~CurlMany() {
  flights_.clear();
  for (auto& pool : pools_) pool.reset();
  ::close(epoll_);
}

void CurlMany::send(Ticket ticket, Request request) {
  if (is_mailbox(request.url)) return mailboxes_.send(ticket, std::move(request));
  auto flight = std::make_unique<Flight>(std::move(request), settings_, clock_);
  auto& one = *flight;
  flights_[ticket] = std::move(flight);
  next_hop(ticket, one);
}

void CurlMany::drop(Ticket ticket) {
  mailboxes_.drop(ticket);
  flights_.erase(ticket);
  std::erase_if(ready_, [&](const Arrival& arrival) { return arrival.ticket == ticket; });
}

void CurlMany::next_hop(Ticket ticket, Flight& flight) {
  auto hop = flight.fetch.hop();
  if (!hop) return land(ticket, hop.error());
  if (flight.hop) forget(*flight.hop);
  flight.hop.emplace(*std::move(hop));
  auto& pool = *pools_[flight.hop->allow_private ? 1 : 0];
  flight.handle = std::make_unique<CurlHandle>(pool.known);
  if (auto ready = flight.handle->begin(*flight.hop); !ready) return land(ticket, ready.error());
  curl_easy_setopt(flight.handle->easy(), CURLOPT_PRIVATE, reinterpret_cast<char*>(ticket));
  if (curl_multi_add_handle(pool.multi, flight.handle->easy()) != CURLM_OK)
    return land(ticket, Error{Code::kInternal, "libcurl did not take a request"});
  flight.pool = &pool;
}

void CurlMany::land(Ticket ticket, Result<Response> answer) {
  flights_.erase(ticket);
  ready_.push_back({ticket, std::move(answer)});
}

void CurlMany::collect(Pool& pool) {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(pool.multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    char* kept = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &kept);
    const auto ticket = reinterpret_cast<Ticket>(kept);
    const auto code = message->data.result;
    const auto found = flights_.find(ticket);
    if (found == flights_.end()) continue;
    auto& flight = *found->second;
    auto answer = flight.handle->end(code);
    flight.leave();
    if (auto done = flight.fetch.take(std::move(answer)))
      land(ticket, *std::move(done));
    else
      next_hop(ticket, flight);
  }
}

std::vector<Arrival> CurlMany::wait(milliseconds longest) {
  const auto end = Steady::now() + longest;
  for (;;) {
    for (auto& pool : pools_) {
      pool->act_on_time();
      collect(*pool);
    }
    auto until = end;
    for (const auto& pool : pools_)
      if (pool->timer) until = std::min(until, *pool->timer);
    const auto now = Steady::now();
    if (!ready_.empty() || now >= end) return std::exchange(ready_, {});
    const auto left = std::chrono::ceil<milliseconds>(std::max(until - now, Steady::duration{0}));
    std::array<epoll_event, kMostEvents> events{};
    const int count = ::epoll_wait(epoll_, events.data(), kMostEvents, static_cast<int>(left.count()));
    for (int i = 0; i < count; ++i) {
      const auto& event = events[static_cast<std::size_t>(i)];
      if (event.data.u64 == kMail) {
        for (auto& arrival : mailboxes_.arrived()) ready_.push_back(std::move(arrival));
        continue;
      }
      pools_[event.data.u64 >> 32U]->act(static_cast<int>(event.data.u64 & 0xFFFFFFFFU),
                                         action_for(event.events));
    }
    for (auto& pool : pools_) collect(*pool);
    if (count < 0) return std::exchange(ready_, {});
  }
}

}  // namespace muniment::net
