#include "net/mailbox_transport.hpp"

#include <curl/curl.h>
#include <poll.h>

#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "base/secret_text.hpp"
#include "net/address_policy.hpp"
#include "net/imap.hpp"

namespace muniment::net {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr std::string_view kBasic = "Basic ", kBearer = "Bearer ";

// For libcurl, which only connects, and secures with "https" at once, with "imap" after STARTTLS.
Url server_at(const Url& mailbox, const std::string& scheme) {
  Url url;
  url.scheme = scheme;
  url.host = mailbox.host;
  url.port = mailbox.port;
  const bool is_v6 = url.host.find(':') != std::string::npos;
  url.whole =
      url.scheme + "://" + (is_v6 ? "[" + url.host + "]" : url.host) + ":" + std::to_string(url.port) + "/";
  return url;
}

// "Basic USER:PASSWORD" or "Bearer USER:TOKEN"; empty: there is no login.
std::string login_of(const Request& request) {
  for (const auto& [name, value] : request.secret_headers)
    for (const auto kind : {kBasic, kBearer})
      if (name == "Authorization" && value.starts_with(kind)) {
        auto pair = base::from_base64(std::string_view(value).substr(kind.size())).value_or("");
        auto out = std::string(kind) + pair;
        base::wipe(pair);
        return out;
      }
  return {};
}

ImapLogin imap_login(std::string_view login) {
  ImapLogin out;
  if (login.starts_with(kBearer)) out.by = ImapLogin::By::kToken;
  login.remove_prefix(out.by == ImapLogin::By::kToken ? kBearer.size() : kBasic.size());
  out.user = login.substr(0, login.find(':'));
  out.secret = login.substr(std::min(out.user.size() + 1, login.size()));
  return out;
}

// "192.0.2.1:143", "[2001:db8::1]:143"
bool is_public(const std::string& peer) {
  auto host = peer.substr(0, peer.rfind(':'));
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  const auto address = parse_address(host);
  return !address || judge(*address).reach == Reach::kPublic;
}

}  // namespace

bool is_mailbox(const std::string& url) {
  return url.starts_with("imap");
}

// Waits no longer than it is allowed to, and not when everything is to stop.
class MailboxTransport::Channel final : public net::Channel {
 public:
  explicit Channel(const std::atomic<bool>* stop) : stop_(stop) {}

  Result<HopAnswer> open(const Hop& hop) { return handle_.get(hop); }
  void allow(milliseconds time) { until_ = Steady::now() + time; }

  Status send(std::string_view bytes) override {
    while (!bytes.empty()) {
      std::size_t count = 0;
      const auto code = curl_easy_send(handle_.easy(), bytes.data(), bytes.size(), &count);
      if (code != CURLE_OK && code != CURLE_AGAIN) return lost();
      bytes.remove_prefix(count);
      if (code == CURLE_AGAIN)
        if (auto ready = wait(POLLOUT); !ready) return ready;
    }
    return {};
  }

  Result<std::string> receive() override {
    std::array<char, 16'384> bytes{};
    for (;;) {
      std::size_t count = 0;
      const auto code = curl_easy_recv(handle_.easy(), bytes.data(), bytes.size(), &count);
      if (code == CURLE_OK && count > 0) return std::string(bytes.data(), count);
      if (code != CURLE_AGAIN) return lost();
      if (auto ready = wait(POLLIN); !ready) return ready.error();
    }
  }

 private:
  static Error lost() {
    return {Code::kUnavailable, "the mail server closed the connection; what came until then is kept",
            "try again later"};
  }

  Status wait(short what) {
    constexpr milliseconds kSlice{250};
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(handle_.easy(), CURLINFO_ACTIVESOCKET, &socket);
    for (;;) {
      if (stop_ != nullptr && stop_->load()) return Error{Code::kUnavailable, "stopped on request"};
      if (Steady::now() >= until_)
        return Error{Code::kUnavailable, "the mail server took too long; what came until then is kept",
                     "try again later"};
      pollfd one{socket, what, 0};
      if (::poll(&one, 1, static_cast<int>(kSlice.count())) > 0) return {};
    }
  }

  CurlHandle handle_;
  const std::atomic<bool>* stop_;
  Steady::time_point until_{};
};

struct MailboxTransport::Connection {
  std::string server;  // "imaps://host:993"
  bool allow_private = false;
  base::SecretText login;
  std::string peer, tls;
  Channel* channel = nullptr;  // the session's
  std::unique_ptr<ImapSession> session;
};

MailboxTransport::MailboxTransport(base::Clock& clock, FetchSettings settings)
    : clock_(clock), settings_(std::move(settings)) {}

MailboxTransport::~MailboxTransport() = default;

Hop MailboxTransport::hop_to(const Url& url, const Request& request) const {
  Hop hop;
  hop.url = server_at(url, url.scheme == "imaps" ? "https" : "http");
  hop.authorities = settings_.environment("SSL_CERT_FILE");
  hop.allow_private = request.allow_private;
  hop.limits = settings_.limits;
  hop.remaining = settings_.limits.total;
  hop.stop = settings_.stop;
  hop.connect_only = true;
  return hop;
}

Result<std::unique_ptr<MailboxTransport::Connection>> MailboxTransport::connect(
    const Url& url, const Request& request) const {
  const bool is_plain = url.scheme == "imap";
  auto hop = hop_to(url, request);
  auto channel = std::make_unique<Channel>(settings_.stop);
  Result<HopAnswer> opened = HopAnswer{};
  // What may be private is looked at first; whatever is not, is secured before anything is said.
  if (!is_plain || request.allow_private) {
    opened = channel->open(hop);
    if (!opened) return opened.error();
  }
  if (is_plain && (!request.allow_private || is_public(opened->peer))) {
    hop.starttls = true;
    hop.url = server_at(url, "imap");
    channel = std::make_unique<Channel>(settings_.stop);
    opened = channel->open(hop);
    if (!opened) return opened.error();
  }
  auto out = std::make_unique<Connection>();
  out->server = url.scheme + "://" + url.host + ":" + std::to_string(url.port);
  out->allow_private = request.allow_private;
  out->peer = opened->peer;
  out->tls = opened->tls;
  out->channel = channel.get();
  out->session = std::make_unique<ImapSession>(std::move(channel), settings_.limits.body_bytes, hop.starttls);
  return out;
}

Result<Response> MailboxTransport::get(const Request& request) {
  const auto url = read_url(request.url);
  if (!url) return url.error();
  const auto question = read_imap_question(*url);
  if (!question) return question.error();
  auto plain = login_of(request);
  const base::SecretText login(plain);
  base::wipe(plain);
  if (login.empty())
    return Error{Code::kDenied, "a mailbox is asked with a login, and there is none",
                 "name its credential with --credential NAME"};
  const auto started = clock_.now();
  const auto server = url->scheme + "://" + url->host + ":" + std::to_string(url->port);
  const auto serves = [&](const Connection& one) {
    return one.server == server && one.allow_private == request.allow_private &&
           one.login.reveal() == login.reveal() && one.session->is_usable();
  };
  for (;;) {
    const bool is_kept = kept_ && serves(*kept_);
    if (!is_kept) {
      auto fresh = connect(*url, request);
      if (!fresh) return fresh.error();
      kept_ = *std::move(fresh);
      kept_->login = base::SecretText(login.reveal());
    }
    kept_->channel->allow(settings_.limits.total);
    auto answer = kept_->session->ask(*question, imap_login(login.reveal()));
    // A server may have closed a connection that was kept: then it is opened once more.
    const bool may_be_stale = !answer && is_kept && answer.error().code == Code::kUnavailable;
    if (may_be_stale && (settings_.stop == nullptr || !settings_.stop->load())) continue;
    if (!answer) return answer;
    answer->final_url = request.url;
    if (question->uid == 0)
      answer->final_url = request.url.substr(0, request.url.find('?')) +
                          ";UIDVALIDITY=" + std::string(header(answer->headers, "uidvalidity"));
    answer->peer = kept_->peer;
    answer->tls = kept_->tls;
    answer->started = started;
    answer->finished = clock_.now();
    return answer;
  }
}

}  // namespace muniment::net
