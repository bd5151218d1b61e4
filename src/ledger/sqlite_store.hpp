// The default store: ledger.db, keys.db and media/ in the archive's folder.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "db/database.hpp"
#include "ledger/ledger_end.hpp"
#include "ledger/store.hpp"

namespace muniment::ledger {

struct SqliteFiles {
  std::filesystem::path ledger;
  std::filesystem::path keys;
  std::string vfs;                   // the seam for the disk; empty is the system's
  int busy_ms = 10'000;              // how long to wait for another process's write
  std::filesystem::path media = {};  // attachments; made with the first one
  std::filesystem::path turns = {};  // a file for the locks of ledger_end.hpp; empty: nobody else appends
  std::chrono::milliseconds turn_wait = kLongestWaitForEnd;
};

// One connection to each file; one thread at a time.  Open one store a thread.
class SqliteStore final : public Store {
 public:
  // Makes both files.  kConflict when either exists; then nothing was changed.
  static Status create(const SqliteFiles& files, const std::string& origin);

  // kNotFound, kInvalid (not an archive's files, or of a later version), kCorrupt, kDenied.
  static Result<std::unique_ptr<SqliteStore>> open(const SqliteFiles& files, bool writable);

  // Removes secrets whose entries were never written, because a crash or a failure fell between the two
  // commits, and makes sure that those entries never come back out of SQLite's log.  Only once the ledger is
  // known to continue what was signed: after an older ledger.db was put back by mistake, these are the
  // secrets of real entries.  kUnavailable: another process is writing; append() sweeps as well.
  Status sweep_orphans();

  ~SqliteStore() override;
  const std::string& origin() const override;
  Result<Head> head() override;
  Result<Head> append(const Head& expected, base::Time now, std::span<const Sealed> batch) override;
  void take_end() override;
  bool is_end_wanted() const override;
  void give_up_end() override;
  Status range(Seq first, Seq end, bool bodies, const Visit& visit) override;
  Result<base::Secret> secret(Seq seq) override;
  Status secrets(Seq first, Seq end, const std::function<void(Seq, const base::Secret&)>& visit) override;
  Result<std::string> file(const std::string& name) override;
  Result<std::string> tile(std::uint64_t level, std::uint64_t index) override;
  Result<std::vector<base::Hash>> tile_roots(std::uint64_t level, std::uint64_t first,
                                             std::uint64_t end) override;
  Status add_checkpoint(Seq size, const std::string& note) override;
  Result<std::string> checkpoint(Seq at_least) override;
  Result<std::string> newest_checkpoint() override;
  void settle() override;

 private:
  struct State;
  explicit SqliteStore(std::unique_ptr<State> state);
  Status catch_up(Seq size);
  Status sweep_if_any(Seq from);
  Result<Head> append_with_files(const Head& expected, base::Time now, std::span<const Sealed> batch);
  Result<Head> append_rows(const Head& expected, base::Time now, std::span<const Sealed> batch);
  Status write_secrets(Seq first, std::span<const Sealed> batch);
  Status write_entries(base::Time now, std::span<const Sealed> batch);
  Status write_bodies(Seq first, std::span<const Sealed> batch);
  Status write_tiles(std::span<const Tile> tiles);
  Status read_back(Seq first, std::span<const Sealed> batch, std::span<const base::Hash> leaves);
  std::unique_ptr<State> state_;
};

}  // namespace muniment::ledger
