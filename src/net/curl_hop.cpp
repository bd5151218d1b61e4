#include "net/curl_hop.hpp"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

#include "base/check.hpp"
#include "base/secret_text.hpp"
#include "net/address_policy.hpp"
#include "net/curl_transfer.hpp"

namespace muniment::net {
namespace {

constexpr std::size_t kMostKnownTls = 4096;

struct FreeList {
  // Some of the lines let somebody in.
  void operator()(curl_slist* list) const {
    for (auto* line = list; line != nullptr; line = line->next)
      ::explicit_bzero(line->data, std::strlen(line->data));
    curl_slist_free_all(list);
  }
};
using List = std::unique_ptr<curl_slist, FreeList>;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() &&
         (text.back() == '\r' || text.back() == '\n' || text.back() == ' ' || text.back() == '\t'))
    text.remove_suffix(1);
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  return text;
}

std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  if (transfer.answer.body.size() + size > transfer.hop.limits.body_bytes) {
    transfer.refusal = Refusal::kBody;
    return 0;
  }
  transfer.answer.body.append(bytes, size);
  return size;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t size, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  transfer.header_bytes += size;
  if (transfer.header_bytes > transfer.hop.limits.header_bytes) {
    transfer.refusal = Refusal::kHeaders;
    return 0;
  }
  const std::string_view line(bytes, size);
  if (line.starts_with("HTTP/")) transfer.answer.headers.clear();  // an interim answer came before
  if (const auto colon = line.find(':'); colon != std::string_view::npos && colon > 0)
    transfer.answer.headers.emplace_back(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
  return size;
}

Address address_of(const curl_sockaddr& from) {
  Address out;
  if (from.family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &from.addr, sizeof in);
    std::memcpy(out.bytes.data(), &in.sin_addr, 4);
  } else {
    sockaddr_in6 in{};
    std::memcpy(&in, &from.addr, std::min<std::size_t>(sizeof in, from.addrlen));
    std::memcpy(out.bytes.data(), &in.sin6_addr, 16);
    out.v6 = true;
  }
  return out;
}

// Called with the address about to be connected to, after names were resolved: a name that answers
// differently the second time gains nothing.
curl_socket_t open_policed(void* context, curlsocktype, curl_sockaddr* to) {
  auto& transfer = *static_cast<Transfer*>(context);
  if (to->family != AF_INET && to->family != AF_INET6) return CURL_SOCKET_BAD;
  if (transfer.hop.proxy.empty()) {
    const auto address = address_of(*to);
    const auto [reach, range] = judge(address);
    if (reach == Reach::kNever || (reach == Reach::kPrivate && !transfer.hop.allow_private)) {
      transfer.barred = to_text(address) + " (" + std::string(range) + ")";
      transfer.barred_for_ever = reach == Reach::kNever;
      return CURL_SOCKET_BAD;
    }
  }
  transfer.attempted = true;
  return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

int watch(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& transfer = *static_cast<Transfer*>(context);
  if (transfer.hop.stop == nullptr || !transfer.hop.stop->load()) return 0;
  transfer.refusal = Refusal::kStopped;
  return 1;
}

// libcurl tells which protocol version was agreed nowhere else.
int listen_for_tls(CURL*, curl_infotype type, char* bytes, std::size_t size, void* context) {
  constexpr std::string_view kSentence = "SSL connection using ";
  const std::string_view line(bytes, size);
  if (type == CURLINFO_TEXT && line.starts_with(kSentence))
    static_cast<Transfer*>(context)->tls = trimmed(line.substr(kSentence.size()));
  return 0;
}

template <typename T>
void set(CURL* easy, CURLoption option, T value) {
  MUNIMENT_CHECK(curl_easy_setopt(easy, option, value) == CURLE_OK, "this libcurl knows our options");
}

void set_limits(CURL* easy, const Hop& hop) {
  set(easy, CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>(std::min(hop.limits.connect, hop.remaining).count()));
  set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(hop.remaining.count()));
  set(easy, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(hop.limits.least_bytes_per_second));
  set(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(hop.limits.slow_for.count()));
  set(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(hop.limits.body_bytes));
  set(easy, CURLOPT_MAXCONNECTS, 8L);
}

void set_manners(CURL* easy, const Hop& hop) {
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_PROTOCOLS_STR, hop.starttls ? "imap" : "http,https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(easy, CURLOPT_ACCEPT_ENCODING, "");  // all that libcurl can undo
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!hop.authorities.empty()) set(easy, CURLOPT_CAINFO, hop.authorities.c_str());
  set(easy, CURLOPT_CERTINFO, 1L);
  set(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(easy, CURLOPT_USERAGENT, hop.user_agent.c_str());
  set(easy, CURLOPT_URL, hop.url.whole.c_str());
  set(easy, CURLOPT_PROXY, hop.proxy.c_str());  // set even when empty, or libcurl asks the environment itself
  set(easy, CURLOPT_NOPROXY, "");
}

void set_body(CURL* easy, const Hop& hop) {
  if (!hop.post) return;
  set(easy, CURLOPT_POST, 1L);
  set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(hop.body.size()));
  set(easy, CURLOPT_POSTFIELDS, hop.body.empty() ? "" : hop.body.data());
}

void set_connect_only(CURL* easy, const Hop& hop) {
  if (!hop.connect_only) return;
  set(easy, CURLOPT_CONNECT_ONLY, 1L);
  set(easy, CURLOPT_SSL_ENABLE_ALPN, 0L);  // what will be spoken is not HTTP
  // libcurl's own IMAP as far as STARTTLS: it knows no login, and says nothing after it.
  if (hop.starttls) set(easy, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
}

void set_callbacks(CURL* easy, Transfer& transfer) {
  void* context = &transfer;
  set(easy, CURLOPT_WRITEFUNCTION, &take_body);
  set(easy, CURLOPT_WRITEDATA, context);
  set(easy, CURLOPT_HEADERFUNCTION, &take_header);
  set(easy, CURLOPT_HEADERDATA, context);
  set(easy, CURLOPT_OPENSOCKETFUNCTION, &open_policed);
  set(easy, CURLOPT_OPENSOCKETDATA, context);
  set(easy, CURLOPT_XFERINFOFUNCTION, &watch);
  set(easy, CURLOPT_XFERINFODATA, context);
  set(easy, CURLOPT_NOPROGRESS, 0L);
  set(easy, CURLOPT_DEBUGFUNCTION, &listen_for_tls);
  set(easy, CURLOPT_DEBUGDATA, context);
  set(easy, CURLOPT_VERBOSE, 1L);
}

Result<List> header_list(const Hop& hop) {
  List list;
  for (const auto& [name, value] : hop.headers) {
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (name.empty() || std::any_of(name.begin(), name.end(), control) ||
        name.find(':') != std::string::npos || std::any_of(value.begin(), value.end(), control))
      return Error{Code::kInvalid, "a request header contains control characters; nothing was sent"};
    auto line = name + (value.empty() ? std::string(";") : ": " + value);
    auto* longer = curl_slist_append(list.get(), line.c_str());
    base::wipe(line);
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(list.release());
    list.reset(longer);
  }
  return list;
}

std::string peer_of(CURL* easy, bool proxied) {
  const char* ip = nullptr;
  long port = 0;
  curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &ip);
  curl_easy_getinfo(easy, CURLINFO_PRIMARY_PORT, &port);
  if (ip == nullptr || *ip == '\0') return {};
  const std::string text(ip);
  const auto bracketed = text.find(':') == std::string::npos ? text : "[" + text + "]";
  return bracketed + ":" + std::to_string(port) + (proxied ? " (proxy)" : "");
}

}  // namespace

struct CurlHandle::Flight {
  explicit Flight(const Hop& hop) : transfer{hop} {}
  Transfer transfer;
  List headers;
  char detail[CURL_ERROR_SIZE] = {};
};

CurlHandle::CurlHandle(std::shared_ptr<KnownTls> known) : easy_(nullptr), tls_known_(std::move(known)) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  MUNIMENT_CHECK(started == CURLE_OK, "libcurl starts");
  easy_ = curl_easy_init();
  if (easy_ == nullptr) throw std::bad_alloc();
}

CurlHandle::~CurlHandle() {
  curl_easy_cleanup(easy_);
}

Result<HopAnswer> CurlHandle::get(const Hop& hop) {
  if (auto ready = begin(hop); !ready) return ready.error();
  return end(curl_easy_perform(easy_));
}

Status CurlHandle::begin(const Hop& hop) {
  auto headers = header_list(hop);
  if (!headers) return headers.error();
  flight_ = std::make_unique<Flight>(hop);
  flight_->headers = *std::move(headers);
  curl_easy_reset(easy_);
  set_manners(easy_, hop);
  set_limits(easy_, hop);
  set_callbacks(easy_, flight_->transfer);
  set_body(easy_, hop);
  set_connect_only(easy_, hop);
  set(easy_, CURLOPT_HTTPHEADER, flight_->headers.get());
  set(easy_, CURLOPT_ERRORBUFFER, &flight_->detail[0]);
  return {};
}

Result<HopAnswer> CurlHandle::end(int code) {
  const auto flight = std::move(flight_);
  auto& transfer = flight->transfer;
  set(easy_, CURLOPT_ERRORBUFFER, static_cast<char*>(nullptr));
  set(easy_, CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr));
  set(easy_, CURLOPT_VERBOSE, 0L);  // nobody listens any more
  curl_easy_getinfo(easy_, CURLINFO_SSL_VERIFYRESULT, &transfer.verified);
  if (code != CURLE_OK) return error_of(code, transfer, &flight->detail[0]);
  long status = 0;
  curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
  transfer.answer.status = static_cast<int>(status);
  transfer.answer.peer = peer_of(easy_, !transfer.hop.proxy.empty());
  if (transfer.hop.url.scheme == "https" || transfer.hop.starttls)
    transfer.answer.tls = tls_facts(transfer.hop.url, transfer.tls);
  return std::move(transfer.answer);
}

std::string CurlHandle::tls_facts(const Url& url, const std::string& agreed) {
  const auto key = url.host + ":" + std::to_string(url.port);
  auto& known = *tls_known_;
  if (agreed.empty()) return known[key];
  std::string subject, issuer;
  curl_certinfo* chain = nullptr;
  curl_easy_getinfo(easy_, CURLINFO_CERTINFO, &chain);
  for (auto* line = chain != nullptr && chain->num_of_certs > 0 ? chain->certinfo[0] : nullptr;
       line != nullptr; line = line->next) {
    const std::string_view text(line->data);
    if (text.starts_with("Subject:")) subject = text.substr(8);
    if (text.starts_with("Issuer:")) issuer = text.substr(7);
  }
  if (known.size() > kMostKnownTls) known.clear();
  return known[key] = agreed + ", certificate of " + subject + " by " + issuer + ", verified";
}

}  // namespace muniment::net
