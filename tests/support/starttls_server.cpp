#include "support/starttls_server.hpp"

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "support/openssl_handles.hpp"
#include "support/plain_listener.hpp"

namespace muniment::support {
namespace {

// A caller, spoken with plainly or, once there is a session, over it.
struct Talk {
  int socket;
  std::unique_ptr<SSL, FreeOpenssl> session;
  std::string held;

  bool say(const std::string& bytes) const {
    const auto size = static_cast<int>(bytes.size());
    return session ? SSL_write(session.get(), bytes.data(), size) == size
                   : ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) == size;
  }
  bool hear(std::string& line) {
    for (;;) {
      const auto end = held.find("\r\n");
      if (end != std::string::npos) {
        line = held.substr(0, end);
        held.erase(0, end + 2);
        return true;
      }
      char bytes[4096];
      const auto got = session ? SSL_read(session.get(), &bytes[0], sizeof bytes)
                               : static_cast<int>(::recv(socket, &bytes[0], sizeof bytes, 0));
      if (got <= 0) return false;
      held.append(&bytes[0], static_cast<std::size_t>(got));
    }
  }
};

}  // namespace

struct StarttlsServer::Context {
  std::unique_ptr<SSL_CTX, FreeOpenssl> tls;
};

StarttlsServer::StarttlsServer(const TlsIdentity& identity, Does does)
    : context_(std::make_unique<Context>()), does_(does), listener_(listen_on_loopback(port_)) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to sockets that were closed
  context_->tls.reset(SSL_CTX_new(TLS_server_method()));
  const std::unique_ptr<X509, FreeOpenssl> certificate(
      PEM_read_bio_X509(reading(identity.certificate).get(), nullptr, nullptr, nullptr));
  const std::unique_ptr<EVP_PKEY, FreeOpenssl> key(
      PEM_read_bio_PrivateKey(reading(identity.key).get(), nullptr, nullptr, nullptr));
  if (SSL_CTX_use_certificate(context_->tls.get(), certificate.get()) != 1 ||
      SSL_CTX_use_PrivateKey(context_->tls.get(), key.get()) != 1)
    std::abort();
  acceptor_ = std::thread([this] { accept_all(); });
}

StarttlsServer::~StarttlsServer() {
  closing_ = true;
  {
    const std::lock_guard hold(serving_);
    if (caller_ >= 0) ::shutdown(caller_, SHUT_RDWR);
  }
  acceptor_.join();
  close(listener_);
}

std::vector<std::string> StarttlsServer::heard() {
  const std::lock_guard hold(lock_);
  return heard_;
}

void StarttlsServer::turn_to(int caller) {
  const std::lock_guard hold(serving_);
  caller_ = caller;
}

void StarttlsServer::accept_all() {
  while (!closing_) {
    const int caller = next_caller(listener_);
    if (caller < 0) continue;
    const timeval patience{10, 0};
    setsockopt(caller, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    turn_to(caller);
    if (!closing_) serve(caller);
    turn_to(-1);
    close(caller);
  }
}

std::string StarttlsServer::answer_to(const std::string& line) {
  const auto tag = line.substr(0, line.find(' '));
  if (line.ends_with(" CAPABILITY"))
    return std::string("* CAPABILITY IMAP4rev1") + (does_ == Does::kOffersNothing ? "" : " STARTTLS") +
           "\r\n" + tag + " OK done\r\n";
  if (line.ends_with(" STARTTLS"))
    return tag + (does_ == Does::kRefuses ? " NO not today\r\n" : " OK go on\r\n") +
           (does_ == Does::kInjects ? "* CAPABILITY IMAP4rev1\r\nA003 OK injected\r\n" : "");
  return tag + " OK done\r\n";
}

void StarttlsServer::serve(int caller) {
  Talk talk{caller, nullptr, {}};
  if (!talk.say("* OK ready\r\n")) return;
  for (std::string line; talk.hear(line);) {
    {
      const std::lock_guard hold(lock_);
      heard_.push_back((talk.session ? "secured: " : "") + line);
    }
    if (!talk.say(answer_to(line))) return;
    if (!line.ends_with(" STARTTLS") || does_ == Does::kRefuses) continue;
    talk.session.reset(SSL_new(context_->tls.get()));
    SSL_set_fd(talk.session.get(), caller);
    if (SSL_accept(talk.session.get()) != 1) return;
  }
}

}  // namespace muniment::support
