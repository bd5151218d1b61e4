// Where entries are kept.  SQLite is one store (sqlite_store.hpp); nothing above this room knows which.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "ledger/entry.hpp"
#include "muniment/result.hpp"

namespace muniment::ledger {

// A draft made ready for one place in the ledger: its secret drawn, its words committed to, its body sealed.
struct Sealed {
  std::string kind;
  base::Hash commitment{};
  std::string body;  // as docs/formats/archive.md
  base::Secret secret{};
  struct File {
    std::string name;   // in the archive's media/
    std::string bytes;  // sealed
  };
  std::vector<File> files = {};
};

// A full tile: 256 hashes and the tree hash over them.
struct Tile {
  std::uint64_t level = 0;
  std::uint64_t index = 0;
  base::Hash root{};
  std::string hashes;  // 8192 bytes
};

class Store {
 public:
  virtual ~Store() = default;
  virtual const std::string& origin() const = 0;

  virtual Result<Head> head() = 0;

  // Appends after `expected`, all or nothing; when it returns, the entries are on disk.
  //
  // kConflict     the ledger no longer ends at `expected`; nothing was written.
  // kUnavailable  another process holds the write lock; nothing was written.
  // kIo           the disk failed; the entries MAY have been written.  Read the head before retrying.
  // kCorrupt      what was written did not read back as it was meant; it was rolled back.
  virtual Result<Head> append(const Head& expected, base::Time now, std::span<const Sealed> batch) = 0;

  // Taken, the ledger's end is kept for this store: appends by others wait, a little (ledger_end.hpp).  For
  // whoever composes far ahead, and looks now and then whether somebody waits.
  virtual void take_end() = 0;
  virtual bool is_end_wanted() const = 0;  // on any thread
  virtual void give_up_end() = 0;

  // Visits rows in order; false from `visit` stops.  `sealed` is empty when there is no body.
  using Visit = std::function<bool(const Entry& entry, std::string_view sealed)>;
  virtual Status range(Seq first, Seq end, bool bodies, const Visit& visit) = 0;

  // kNotFound: disposed of, or never there.
  virtual Result<base::Secret> secret(Seq seq) = 0;
  virtual Status secrets(Seq first, Seq end, const std::function<void(Seq, const base::Secret&)>& visit) = 0;

  // A sealed file of an entry.  kNotFound: it is not there.
  virtual Result<std::string> file(const std::string& name) = 0;

  virtual Result<std::string> tile(std::uint64_t level, std::uint64_t index) = 0;  // 8192 bytes; kNotFound
  virtual Result<std::vector<base::Hash>> tile_roots(std::uint64_t level, std::uint64_t first,
                                                     std::uint64_t end) = 0;

  virtual Status add_checkpoint(Seq size, const std::string& note) = 0;
  virtual Result<std::string> checkpoint(Seq at_least) = 0;  // smallest covering at_least; kNotFound
  virtual Result<std::string> newest_checkpoint() = 0;       // kNotFound

  // Does now what closing would have to do.  Nothing depends on it, so it does not fail.
  virtual void settle() = 0;
};

}  // namespace muniment::ledger
