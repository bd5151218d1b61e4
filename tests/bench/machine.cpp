#include "bench/machine.hpp"

#include <openssl/crypto.h>
#include <sched.h>
#include <sqlite3.h>
#include <sys/utsname.h>
#include <sys/vfs.h>

#include <fstream>
#include <sstream>

namespace muniment::bench {
namespace {

std::string value_in(const char* file, const std::string& key) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(key)) {
      const auto at = line.find_first_not_of(" \t", line.find(':') + 1);
      return at == std::string::npos ? "" : line.substr(at);
    }
  return "unknown";
}

std::string file_system(const std::filesystem::path& folder) {
  struct statfs info {};
  if (::statfs(folder.c_str(), &info) != 0) return "unknown";
  switch (static_cast<unsigned long>(info.f_type)) {
    case 0xEF53:
      return "ext4";
    case 0x58465342:
      return "xfs";
    case 0x9123683E:
      return "btrfs";
    case 0x01021994:
      return "tmpfs: nothing reaches a disk here";
    case 0x794C7630:
      return "overlayfs";
    default: {
      std::ostringstream out;
      out << "type 0x" << std::hex << info.f_type;
      return out.str();
    }
  }
}

int cores() {
  cpu_set_t set;
  return ::sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
}

}  // namespace

std::string describe(const std::filesystem::path& folder) {
  utsname kernel{};
  ::uname(&kernel);
  std::ostringstream out;
  out << "machine   " << value_in("/proc/cpuinfo", "model name") << ", " << cores() << " cores, memory "
      << value_in("/proc/meminfo", "MemTotal") << "\n"
      << "kernel    " << kernel.sysname << " " << kernel.release << " " << kernel.machine << "\n"
      << "disk      " << folder.string() << " on " << file_system(folder) << "\n"
      << "compiler  " << MUNIMENT_COMPILER << ", build " << MUNIMENT_BUILD_TYPE << " " << MUNIMENT_BUILD_FLAGS
      << "\n"
      << "libraries SQLite " << sqlite3_libversion() << ", " << OpenSSL_version(OPENSSL_VERSION) << "\n";
  return out.str();
}

std::string unfit() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return "this build is sanitized";
#endif
#ifndef NDEBUG
  return "this is a debug build";
#endif
  return {};
}

}  // namespace muniment::bench
