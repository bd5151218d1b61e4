#include "support/read_only.hpp"

#include <sys/mount.h>
#include <unistd.h>

#include <utility>

namespace muniment::support {

namespace fs = std::filesystem;

ReadOnly::ReadOnly(fs::path folder) : folder_(std::move(folder)), seen_(folder_) {
  std::error_code failed;
  if (::geteuid() != 0) {
    fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec, failed);
    arranged_ = !failed && ::access(folder_.c_str(), W_OK) != 0;
    return;
  }
  seen_ = folder_.string() + ".seen";
  fs::create_directory(seen_, failed);
  mounted_ = !failed && ::mount(folder_.c_str(), seen_.c_str(), nullptr, MS_BIND, nullptr) == 0;
  arranged_ =
      mounted_ && ::mount(nullptr, seen_.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr) == 0;
}

ReadOnly::~ReadOnly() {
  std::error_code ignored;
  if (mounted_) ::umount2(seen_.c_str(), MNT_DETACH);
  if (seen_ != folder_) fs::remove(seen_, ignored);  // an empty folder only
  if (seen_ == folder_) fs::permissions(folder_, fs::perms::owner_all, ignored);
}

}  // namespace muniment::support
