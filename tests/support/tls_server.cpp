#include "support/tls_server.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include "support/openssl_handles.hpp"
#include "support/plain_listener.hpp"

namespace muniment::support {
namespace {

void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("the test's TLS server: ") + what);
}

}  // namespace

struct TlsServer::Context {
  std::unique_ptr<SSL_CTX, FreeOpenssl> tls;
};

TlsServer::TlsServer(const TlsIdentity& identity) : TlsServer(identity, Versions{}) {}

TlsServer::TlsServer(const TlsIdentity& identity, Versions versions)
    : context_(std::make_unique<Context>()), listener_(listen_on_loopback(port_)) {
  std::signal(SIGPIPE,
              SIG_IGN);  // as the program's own main does: OpenSSL writes to sockets that were closed
  context_->tls.reset(SSL_CTX_new(TLS_server_method()));
  auto* tls = context_->tls.get();
  const std::unique_ptr<X509, FreeOpenssl> certificate(
      PEM_read_bio_X509(reading(identity.certificate).get(), nullptr, nullptr, nullptr));
  const std::unique_ptr<EVP_PKEY, FreeOpenssl> key(
      PEM_read_bio_PrivateKey(reading(identity.key).get(), nullptr, nullptr, nullptr));
  must(SSL_CTX_use_certificate(tls, certificate.get()) == 1 && SSL_CTX_use_PrivateKey(tls, key.get()) == 1,
       "its certificate");
  must(SSL_CTX_set_min_proto_version(tls, versions.oldest) == 1 &&
           SSL_CTX_set_max_proto_version(tls, versions.newest) == 1,
       "its versions");
  // The old versions sign with SHA-1, which only the lowest level of security allows.
  if (versions.newest != 0 && versions.newest < TLS1_2_VERSION) SSL_CTX_set_security_level(tls, 0);
  acceptor_ = std::thread([this] { accept_all(); });
}

TlsServer::~TlsServer() {
  closing_ = true;
  acceptor_.join();
  close(listener_);
}

void TlsServer::answer(const std::string& path, int status, const std::string& body,
                       const std::string& head) {
  const std::lock_guard hold(lock_);
  answers_[path] = "HTTP/1.1 " + std::to_string(status) + " As Asked\r\n" + head +
                   "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

std::string TlsServer::url(const std::string& path, const std::string& host) const {
  return "https://" + host + ":" + std::to_string(port_) + path;
}

std::vector<std::string> TlsServer::requests() {
  const std::lock_guard hold(lock_);
  return requests_;
}

// One after the other: a test asks one thing at a time.
void TlsServer::accept_all() {
  while (!closing_) {
    const int socket = next_caller(listener_);
    if (socket < 0) continue;
    const timeval patience{10, 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    serve(socket);
    close(socket);
  }
}

void TlsServer::serve(int socket) {
  const std::unique_ptr<SSL, FreeOpenssl> session(SSL_new(context_->tls.get()));
  SSL_set_fd(session.get(), socket);
  if (SSL_accept(session.get()) != 1) return;
  std::string head;
  while (head.find("\r\n\r\n") == std::string::npos) {
    char bytes[4096];
    const int n = SSL_read(session.get(), bytes, sizeof bytes);
    if (n <= 0) return;
    head.append(bytes, static_cast<std::size_t>(n));
  }
  std::string answer = "HTTP/1.1 404 Not Here\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  {
    const std::lock_guard hold(lock_);
    requests_.push_back(head);
    const auto begin = head.find(' ') + 1;
    const auto found = answers_.find(head.substr(begin, head.find_first_of(" ?", begin) - begin));
    if (found != answers_.end()) answer = found->second;
  }
  if (SSL_write(session.get(), answer.data(), static_cast<int>(answer.size())) > 0)
    SSL_shutdown(session.get());
}

}  // namespace muniment::support
