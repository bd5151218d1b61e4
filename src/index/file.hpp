// index.db: opened, or made anew when it is missing, damaged, of another version or of another ledger.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <utility>

#include "base/seams.hpp"
#include "db/database.hpp"
#include "index/keys.hpp"
#include "ledger/reader.hpp"

namespace muniment::index {

// Of everything the projection writes.  Raise it whenever the same ledger would give other rows: files of
// another version are then dropped and made again.  Kept in step with user_version in schema/index.sql.
inline constexpr std::int64_t kIndexVersion = 15;

// Why a file was made anew, when it was.
enum class MadeAnew { kNot, kMissing, kOtherVersion, kUnsound };

// Tells a file from another one that took its place.
struct FileId {
  dev_t device = 0;
  ino_t inode = 0;
  friend bool operator==(const FileId&, const FileId&) = default;
};

struct Opened {
  db::Database database;
  Keys keys;
  ledger::Seq position = 0;  // the entry the index will apply next
  base::Hash root{};         // tree hash before the last entry applied; nothing is said when position is 0
  MadeAnew made_anew = MadeAnew::kNot;
  FileId file{};  // only from open_for_following and its kin
};

// For the one who follows the ledger.  Never fails because of what the file holds: a file that is not a sound
// index of this version and origin is removed, and an empty one takes its place. kUnavailable, kDenied, kIo:
// as the system says; the file was left as it was, or is missing.
Result<Opened> open_for_following(const std::filesystem::path& path, const std::string& origin,
                                  base::Entropy& entropy);

// Likewise, but puts an empty one in the place of whatever is there; nobody finds none in between.  Whoever
// has the old one open still goes on with a file that has no name any more.
Result<Opened> open_anew(const std::filesystem::path& path, const std::string& origin,
                         base::Entropy& entropy);
// The same, but takes the one that is there when another process has made it since `keys` were read.
Result<Opened> open_instead(const std::filesystem::path& path, const std::string& origin,
                            base::Entropy& entropy, const Keys& keys);
// Is it still the file of that name?
bool is_in_place(const std::filesystem::path& path, const FileId& file);

// Was an index with this position and root made from this ledger of so many entries, and not from another of
// the same name, such as one since replaced by a backup?
bool follows(ledger::Seq position, const base::Hash& root, ledger::Reader& ledger, ledger::Seq size);

// For searching, beside a follower.  kNotFound: there is no index yet.  kCorrupt: not a sound index of this
// version; open_for_following makes it anew.
Result<Opened> open_for_reading(const std::filesystem::path& path, const std::string& origin);

// For keeping beside a follower what it does not write.  Errors as open_for_reading; nothing is made or
// removed.
Result<Opened> open_for_adding(const std::filesystem::path& path, const std::string& origin);

// Removes the file and what SQLite keeps beside it, when nobody else is doing so or making it.  The next
// open_for_following makes it anew.
Status drop(const std::filesystem::path& path);

// What the database says about this file: damage in it is mended by making it anew, and does not concern the
// ledger.  Other errors are answered as they came.
Error about_index(Error error);
template <typename T>
Result<T> about_index(Result<T> result) {
  if (!result) return about_index(std::move(result).error());
  return result;
}

}  // namespace muniment::index
