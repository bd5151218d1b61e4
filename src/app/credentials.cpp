#include "app/credentials.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include "base/secret_text.hpp"

namespace muniment::app {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(const fs::path& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Error not_private(const fs::path& file) {
  return {Code::kDenied,
          file.string() + " can be read by others, or is no plain file of this user; it was not read",
          "chmod 600 " + file.string() + ", and replace what is in it: somebody may have read it"};
}

// Nothing when there is no such file.  `ours`: a file that we ask to be kept private, not systemd's.
Result<std::optional<std::string>> read_private(const fs::path& file, bool ours) {
  const Descriptor open(file);
  if (open.get() < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::optional<std::string>{};
  if (open.get() < 0 && errno == ELOOP) return not_private(file);
  struct stat facts {};
  if (open.get() < 0 || ::fstat(open.get(), &facts) != 0)
    return Error{Code::kDenied, file.string() + ": " + std::strerror(errno)};
  const bool is_mine = facts.st_uid == ::geteuid() || facts.st_uid == 0;
  if (!S_ISREG(facts.st_mode) || (ours && (!is_mine || (facts.st_mode & 077) != 0))) return not_private(file);
  if (facts.st_size > static_cast<off_t>(kMostCredentialBytes))
    return Error{Code::kInvalid, file.string() + " is larger than a credential is"};
  std::string text(static_cast<std::size_t>(facts.st_size), '\0');
  const auto got = ::read(open.get(), text.data(), text.size());
  if (got < 0) return Error{Code::kIo, file.string() + ": " + std::strerror(errno)};
  text.resize(static_cast<std::size_t>(got));
  return std::optional(std::move(text));
}

Result<collect::Credential> read_and_wipe(const std::string& name, std::string text, std::string_view parts) {
  auto out = collect::Credential::read(name, text, parts);
  base::wipe(text);
  return out;
}

}  // namespace

bool is_credential_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && name.front() != '.' &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
         });
}

std::string credential_variable(std::string_view name) {
  std::string out = "MUNIMENT_CREDENTIAL_";
  for (const char c : name) {
    const bool letter = c >= 'a' && c <= 'z';
    out.push_back(letter ? static_cast<char>(c - 32) : (c >= '0' && c <= '9') ? c : '_');
  }
  return out;
}

Result<collect::Credential> open_credential(const Layout& layout, const std::string& name,
                                            std::string_view parts, const net::Environment& environment) {
  base::keep_memory_private();
  if (!is_credential_name(name)) return Error{Code::kInvalid, "that is no name of a credential"};
  if (auto text = environment(credential_variable(name).c_str()); !text.empty())
    return read_and_wipe(name, std::move(text), parts);
  const auto own = layout.signer() / (name + ".credential");
  std::vector<std::pair<fs::path, bool>> places;
  if (const auto folder = environment("CREDENTIALS_DIRECTORY"); !folder.empty())
    places.emplace_back(fs::path(folder) / name, false);
  places.emplace_back(own, true);
  for (const auto& [file, ours] : places) {
    auto text = read_private(file, ours);
    if (!text) return text.error();
    if (*text) return read_and_wipe(name, std::move(**text), parts);
  }
  return Error{Code::kNotFound, "the credential " + name + " is not there",
               "put it into " + own.string() + " (chmod 600), or set " + credential_variable(name)};
}

}  // namespace muniment::app
