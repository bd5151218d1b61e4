// A web server of a few lines on 127.0.0.1, for the transport's tests: it says exactly the bytes a test
// wants said, however rude.  One thread a connection; a connection serves one request.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace muniment::support {

class LoopbackServer {
 public:
  // What a script does with a connection.
  class Wire {
   public:
    // False when the other side has hung up or the server is closing: stop then.
    bool say(std::string_view bytes);
    // Waits; false when the other side hung up or the server closes meanwhile.
    bool pause(int milliseconds);

   private:
    friend class LoopbackServer;
    Wire(int socket, const std::atomic<bool>& closing) : socket_(socket), closing_(closing) {}
    int socket_;
    const std::atomic<bool>& closing_;
  };
  using Script = std::function<void(Wire& wire)>;

  LoopbackServer();
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  // A script for a path with its query comes before one for the path alone.  A script may still run when the
  // test's body is over: what it names by reference must outlive this server.
  void on(const std::string& path, Script script);
  // A whole, well-behaved answer.  `head`: further header lines, each ending in CRLF.
  void answer(const std::string& path, int status, const std::string& body, const std::string& head = {});

  std::uint16_t port() const { return port_; }
  std::string url(const std::string& path, const std::string& host = "127.0.0.1") const;
  std::vector<std::string> requests();  // request line, headers and body of each, in order of arrival

 private:
  static bool is_whole(const std::string& request);
  void accept_all();
  void serve(int socket);

  std::uint16_t port_ = 0;
  int listener_ = -1;
  std::atomic<bool> closing_{false};
  std::mutex lock_;
  std::map<std::string, Script> scripts_;
  std::vector<std::string> requests_;
  std::vector<std::thread> conversations_;
  std::thread acceptor_;
};

}  // namespace muniment::support
