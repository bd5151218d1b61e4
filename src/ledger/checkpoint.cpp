#include "ledger/checkpoint.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>

#include "base/file.hpp"
#include "base/sha256.hpp"
#include "ledger/tree.hpp"

namespace muniment::ledger {
namespace {

constexpr std::uint8_t kEd25519 = 0x01;
constexpr char kKeyFile[] = "log.key";
constexpr char kLastFile[] = "last";

// First four bytes of SHA-256(name ‖ LF ‖ type ‖ key): C2SP signed-note.
std::string key_id(std::string_view name, const base::Ed25519Public& key) {
  base::Sha256 hasher;
  hasher.bytes(name);
  hasher.byte('\n');
  hasher.byte(kEd25519);
  hasher.hash(key);
  const auto hash = hasher.finish();
  return std::string(base::view(hash).substr(0, 4));
}

std::string typed_key(const base::Ed25519Public& key) {
  return std::string(1, static_cast<char>(kEd25519)) + std::string(base::view(key));
}

struct Last {
  Seq size = 0;
  base::Hash root{};
};

Result<Last> parse_last(std::string_view text, std::string_view origin) {
  const Error damaged{Code::kCorrupt, "the signer's last state (keys/last) is damaged; nothing was signed",
                      "restore keys/last from the newest backup; never delete it"};
  const auto line = [&]() -> std::string_view {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return {};
    const auto out = text.substr(0, end);
    text.remove_prefix(end + 1);
    return out;
  };
  if (line() != origin) return damaged;
  Last last;
  const auto size = line();
  const auto [end, wrong] = std::from_chars(size.data(), size.data() + size.size(), last.size);
  const auto root = base::hash_from_base64(line());
  if (wrong != std::errc{} || end != size.data() + size.size() || size.empty() || !root || !text.empty())
    return damaged;
  last.root = *root;
  return last;
}

Error missing(Error error, const char* what) {
  if (error.code == Code::kNotFound)
    error.hint = "put it back from the newest backup of the archive's folder keys";
  if (error.code == Code::kDenied)
    error.hint =
        "work as the account that keeps the archive; if this is that account, have the file given back to it";
  return wrap(std::move(error), what);
}

// One signer at a time on this machine; released when the descriptor closes.
class Lock {
 public:
  explicit Lock(const std::filesystem::path& folder)
      : fd_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {}
  ~Lock() {
    if (fd_ >= 0) ::close(fd_);
  }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  bool take() const { return fd_ >= 0 && ::flock(fd_, LOCK_EX) == 0; }

 private:
  int fd_;
};

}  // namespace

std::string checkpoint_text(std::string_view origin, Seq size, const base::Hash& root) {
  return std::string(origin) + '\n' + std::to_string(size) + '\n' + base::to_base64(root) + '\n';
}

std::string vkey(std::string_view name, const base::Ed25519Public& key) {
  return std::string(name) + '+' + base::to_hex(key_id(name, key)) + '+' + base::to_base64(typed_key(key));
}

std::string sign_note(std::string_view text, std::string_view name, const base::Ed25519Seed& seed,
                      const base::Ed25519Public& key) {
  const auto signature = base::ed25519_sign(seed, text);
  if (!signature) return {};
  return std::string(text) + "\n\u2014 " + std::string(name) + ' ' +
         base::to_base64(key_id(name, key) + std::string(base::view(*signature))) + '\n';
}

Result<Signer> Signer::create(const std::filesystem::path& folder, const std::string& origin,
                              base::Entropy& entropy) {
  if (auto made = base::create_folder(folder, base::Mode::kPrivate); !made) return made.error();
  const auto seed = base::new_ed25519_seed(entropy);
  const auto key = base::ed25519_public(seed);
  if (!key) return key.error();
  const auto secret = base::to_base64(base::view(seed)) + '\n';
  if (auto kept = base::write_durably(folder / kKeyFile, secret, base::Mode::kPrivate); !kept)
    return kept.error();
  const auto last = checkpoint_text(origin, 0, empty_root());
  if (auto kept = base::write_durably(folder / kLastFile, last, base::Mode::kPrivate); !kept)
    return kept.error();
  return Signer(folder, origin, seed, *key);
}

Result<Signer> Signer::open(const std::filesystem::path& folder, const std::string& origin) {
  const auto path = folder / kKeyFile;
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0 && (info.st_mode & 077) != 0)
    return Error{Code::kDenied, "the signing key can be read by other users; it was not used",
                 "chmod 600 " + path.string() + ", and consider whether it is still secret"};
  auto text = base::read_file(path, 4096);
  if (!text) return missing(text.error(), "the archive's signing key");
  if (text->ends_with('\n')) text->pop_back();
  const auto seed = base::hash_from_base64(*text);
  if (!seed)
    return Error{Code::kInvalid, path.string() + " does not hold a signing key", "restore it from a backup"};
  const auto key = base::ed25519_public(*seed);
  if (!key) return key.error();
  return Signer(folder, origin, *seed, *key);
}

namespace {

Result<Last> read_last(const std::filesystem::path& folder, std::string_view origin) {
  const auto text = base::read_file(folder / kLastFile, 4096);
  if (!text) return missing(text.error(), "what was signed last");
  return parse_last(*text, origin);
}

Status continues(const Last& last, const Head& head, Reader& reader) {
  const auto proof = last.size <= head.size ? reader.consistency(last.size, head.size)
                                            : Result<std::vector<base::Hash>>(std::vector<base::Hash>{});
  if (!proof) return proof.error();
  if (consistent(last.size, last.root, head.size, head.root, *proof)) return {};
  return Error{Code::kCorrupt,
               "the ledger (" + std::to_string(head.size) +
                   " entries) does not continue what was signed last (" + std::to_string(last.size) +
                   " entries); nothing was signed or written",
               "stop writing to this archive, keep a copy of it as it is, and run `muniment verify`"};
}

}  // namespace

Status Signer::check(Reader& reader) const {
  const auto last = read_last(folder_, origin_);
  if (!last) return last.error();
  const auto head = reader.head();
  if (!head) return head.error();
  return continues(*last, *head, reader);
}

Result<std::string> Signer::sign(Store& store, Reader& reader) {
  const Lock lock(folder_);
  if (!lock.take())
    return Error{Code::kUnavailable, "the signing key is in use; nothing was signed", "try again"};
  const auto head = reader.head();
  if (!head) return head.error();
  const auto last = read_last(folder_, origin_);
  if (!last) return last.error();
  if (auto sound = continues(*last, *head, reader); !sound) return sound.error();
  const auto text = checkpoint_text(origin_, head->size, head->root);
  if (const auto newest = store.newest_checkpoint(); newest && newest->starts_with(text)) return newest;
  auto note = sign_note(text, origin_, seed_, public_);
  if (note.empty()) return Error{Code::kInternal, "the checkpoint could not be signed"};
  // What was signed is remembered before the signature leaves this function.
  if (auto kept =
          base::write_durably(folder_ / kLastFile, text, base::Mode::kPrivate, base::Owner::kOfTheFolder);
      !kept)
    return kept.error();
  if (auto kept = store.add_checkpoint(head->size, note); !kept) return kept.error();
  return note;
}

}  // namespace muniment::ledger
