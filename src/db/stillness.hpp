// Reading a database where nothing can be written: a disk or a copy that is read-only, an account that may
// only read.  SQLite's locks and shared memory cannot be had there, so it is read without them, which is
// right only while nobody writes to it; a read-only folder does not prove that, for it may be another's
// writable one.  So the files are looked at after each step of a statement: what was read before was read
// undisturbed. Where a network share reports changes late, a disturbance may be noticed late.
#pragma once

#include <sys/types.h>

#include <ctime>
#include <filesystem>
#include <optional>

#include "muniment/result.hpp"

namespace muniment::db {

class Stillness {
 public:
  // How the database and its logs lie there now.  nullopt: something can be written beside it, and SQLite's
  // own ways are the only right ones.
  static std::optional<Stillness> of(const std::filesystem::path& database);

  // A log lies beside the database, and may hold what the database does not have yet.
  bool has_log() const { return wal_.there || journal_.there; }

  // kUnavailable: something was written since.
  Status check() const;

 private:
  struct File {
    explicit File(std::filesystem::path name);
    bool same() const;
    std::filesystem::path path;
    bool there = false;
    dev_t device = 0;
    ino_t inode = 0;
    off_t size = 0;
    timespec modified{}, changed{};
  };
  explicit Stillness(const std::filesystem::path& database);

  File database_, wal_, journal_;
};

}  // namespace muniment::db
