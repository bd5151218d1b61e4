// In order to read a database, SQLite lays two files beside it (-wal, -shm) that a reader cannot take away
// again.  Whoever checks what is somebody else's leaves nothing behind.
#pragma once

#include <filesystem>

namespace muniment::db {

// When destroyed, what was laid beside the database meanwhile goes, unless somebody else has the database
// open by then.  What was there before stays, and so does every byte of the database.  To be destroyed after
// every Database of the same file that was opened meanwhile.
class NoTraces {
 public:
  explicit NoTraces(std::filesystem::path database);
  NoTraces(const NoTraces&) = delete;
  NoTraces& operator=(const NoTraces&) = delete;
  ~NoTraces();

 private:
  std::filesystem::path database_;
  bool had_log_, had_memory_;
};

}  // namespace muniment::db
