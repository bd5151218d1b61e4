#include "support/peer.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace muniment::support {
namespace {

// VALUE, "VALUE" or 'VALUE'; what follows a quoted value is a remark.
std::string unquoted(const std::string& value) {
  if (value.empty() || (value[0] != '\'' && value[0] != '"')) return value;
  return value.substr(1, value.find(value[0], 1) - 1);
}

}  // namespace

std::pair<std::string, bool> output_of(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return {{}, false};
  std::string out;
  char bytes[4096];
  for (std::size_t n = 0; (n = fread(bytes, 1, sizeof bytes, pipe)) > 0;) out.append(bytes, n);
  return {out, pclose(pipe) == 0};
}

std::optional<std::map<std::string, std::string>> start_peer(const std::string& name, std::string& why) {
  if (std::getenv("MUNIMENT_PEERS") == nullptr) {
    why = "real servers are started only when MUNIMENT_PEERS is set, so " + name + " was not asked";
    return std::nullopt;
  }
  const auto script = std::filesystem::path(MUNIMENT_SHARED_DIR) / "peers" / "peer";
  if (!std::filesystem::exists(script)) {
    why = "the real servers of ../shared/peers are not on this machine, so " + name + " was not asked";
    return std::nullopt;
  }
  const auto [out, started] =
      output_of("timeout 500 '" + script.string() + "' start " + name + " 2>/dev/null");
  if (!started) {
    why = "the real " + name + " of ../shared/peers could not be started here, so it was not asked";
    return std::nullopt;
  }
  std::map<std::string, std::string> values;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);)
    if (const auto equals = line.find('='); equals != std::string::npos && line[0] != '#')
      values[line.substr(0, equals)] = unquoted(line.substr(equals + 1));
  return values;
}

}  // namespace muniment::support
