#include "app/supervisor.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <map>

#include "support/temp_folder.hpp"

namespace muniment::app {
namespace {

// What systemd does: listens for datagrams.
class Manager : public testing::Test {
 protected:
  Manager() : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    environment["NOTIFY_SOCKET"] = (folder / "notify").string();
    std::memcpy(&address.sun_path[0], environment["NOTIFY_SOCKET"].data(),
                environment["NOTIFY_SOCKET"].size());
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  }
  ~Manager() override { ::close(socket_); }
  Supervisor manager() {
    return Supervisor([this](const char* name) { return environment[name]; });
  }
  std::string heard() {
    char bytes[256];
    const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
    return got < 0 ? "nothing" : std::string(bytes, static_cast<std::size_t>(got));
  }
  support::TempFolder folder;
  std::map<std::string, std::string> environment;

 private:
  int socket_;
};

TEST_F(Manager, HearsThatTheServiceIsReadyAndThatItStops) {
  auto service = manager();
  service.ready();
  EXPECT_EQ(heard(), "READY=1");
  service.status("3 polls under way");
  EXPECT_EQ(heard(), "STATUS=3 polls under way");
  service.stopping();
  EXPECT_EQ(heard(), "STOPPING=1");
}

TEST_F(Manager, HearsThatItIsAliveOnlyWhereThereIsAWatchdogAndNotAtEveryTurn) {
  auto unwatched = manager();
  unwatched.alive();
  EXPECT_EQ(heard(), "nothing");
  environment["WATCHDOG_USEC"] = "600000000";
  auto watched = manager();
  watched.alive();
  EXPECT_EQ(heard(), "WATCHDOG=1");
  watched.alive();
  EXPECT_EQ(heard(), "nothing");
}

TEST_F(Manager, AWatchdogForAnotherProcessIsNotOurs) {
  environment["WATCHDOG_USEC"] = "600000000";
  environment["WATCHDOG_PID"] = std::to_string(::getpid() + 1);
  manager().alive();
  EXPECT_EQ(heard(), "nothing");
}

TEST_F(Manager, WithoutOneNothingIsSaid) {
  environment["NOTIFY_SOCKET"] = "";
  manager().ready();
  EXPECT_EQ(heard(), "nothing");
  environment["NOTIFY_SOCKET"] = std::string(500, 'x');
  manager().ready();
}

}  // namespace
}  // namespace muniment::app
