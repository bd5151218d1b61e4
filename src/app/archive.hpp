// An archive on disk: made, opened, and everything wired that its operations share.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/settings.hpp"
#include "base/seams.hpp"
#include "index/catalogue.hpp"
#include "index/projection.hpp"
#include "index/search.hpp"
#include "ledger/appender.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/reader.hpp"
#include "ledger/sqlite_store.hpp"

namespace muniment::app {

// The file names inside an archive; no other place spells them.
struct Layout {
  explicit Layout(std::filesystem::path folder) : root(std::move(folder)) {}
  std::filesystem::path root;
  std::filesystem::path settings() const { return root / "muniment.toml"; }
  std::filesystem::path ledger() const { return root / "ledger.db"; }
  std::filesystem::path keys() const { return root / "keys.db"; }
  std::filesystem::path media() const { return root / "media"; }
  std::filesystem::path index() const { return root / "index.db"; }
  std::filesystem::path compared_index() const { return root / "index-check.db"; }  // while it is compared
  std::filesystem::path signer() const { return root / "keys"; }
};

// Why no archive is found there: kDenied where this account may not enter the folder, else kNotFound.
Error no_archive_in(const Layout& layout);
// kDenied; `what_is_safe`: "nothing was written or signed".
Error not_its_key(const Layout& layout, const std::string& what_is_safe);

enum class Access { kRead, kWrite };

// The real clock and randomness unless a test says otherwise.
struct World {
  base::Clock& clock = base::system_clock();
  base::Entropy& entropy = base::system_entropy();
};

// Told how far it is while an index is made anew that was not asked for: of a million entries that takes half
// a minute.  First with position 0, last with `position` == `size`.
using IndexWatch = std::function<void(index::MadeAnew why, ledger::Seq position, ledger::Seq size)>;

// An entry that was appended, and what did not follow it: as Archive::sign_and_index.
struct Recorded {
  ledger::Seq entry = 0;
  std::vector<std::string> remarks;
};

class Archive {
 public:
  // Makes an archive in a folder that must not exist, or be empty; its first entry is the genesis, and a
  // checkpoint covers it.  Only the owner may enter it, for the secrets and the index's words stand in it.
  // On an error nothing is left behind.
  static Status create(const std::filesystem::path& folder, const Settings& settings, World world = {});

  // kNotFound: no archive there.  kDenied: for kWrite, where nothing can be written.  kInvalid: something
  // else is there.  kCorrupt: the ledger does not continue what was signed; for kWrite the archive is then
  // not opened.  Opening never creates.
  static Result<Archive> open(const std::filesystem::path& folder, Access access, World world = {},
                              IndexWatch watch = {});

  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) = delete;
  ~Archive();

  const Layout& layout() const { return layout_; }
  const Settings& settings() const { return settings_; }
  base::Clock& clock() const { return world_.clock; }
  base::Entropy& entropy() const { return world_.entropy; }

  ledger::SqliteStore& store() { return *store_; }
  ledger::Reader& reader() { return *reader_; }
  ledger::Appender& appender() { return *appender_; }  // only with kWrite

  // Not on a disk that is read-only, or with an account that may only read: the index is then as it is.
  bool can_be_written() const;

  // Another connection to the same ledger, for another thread.
  Result<std::unique_ptr<ledger::SqliteStore>> another_store(bool writable) const;

  // Signs the ledger as it stands; answers the note.
  Result<std::string> sign();
  // What follows an entry that must not be appended twice: it is signed, and searchable.  Whatever keeps it
  // from that takes nothing back and is no failure, for the next command does it: a sentence each.
  std::vector<std::string> sign_and_index();

  // How many entries the newest signed checkpoint covers; 0: there is none.
  std::uint64_t checkpointed();
  // The log's verifier key, as published with `muniment policy`.
  Result<std::string> verifier_key() const;
  // Is that the key that the first entry names?
  Result<bool> has_own_key();

  // index.db, caught up with the ledger.  Made anew when it is missing or of another version; `progress`, or
  // else the watch given to open(), is told.
  Result<index::Projection*> projection(const index::Projection::Progress& progress = {});
  // The same for whoever only reads.  Where nothing can be written the index must be up with the ledger
  // already: kDenied when it is missing, behind, or another ledger's.
  Status catch_up();
  // Brings a sound index up to the ledger, unless another process is writing it: then kUnavailable, at once.
  Status catch_up_if_free();
  // As catch_up(), for questions.
  Result<index::Catalogue> catalogue();

  // As projection(), for searches that must miss nothing.  kConflict: other processes keep making it anew.
  Result<index::Searcher> whole_index();
  // Puts an empty index in the place of the one there is; the next projection() fills it.
  Status renew_index();

 private:
  Archive(Layout layout, Settings settings, World world, std::unique_ptr<ledger::SqliteStore> store);
  Status check_against_signer();
  Status open_projection();
  template <typename Index>
  Result<Index> open_whole();
  Result<index::Catalogue> catalogue_as_it_is();
  Status follow_watched();

  Layout layout_;
  Settings settings_;
  World world_;
  IndexWatch watch_;
  std::unique_ptr<ledger::SqliteStore> store_;
  std::unique_ptr<ledger::Reader> reader_;
  std::unique_ptr<ledger::Appender> appender_;
  std::unique_ptr<index::Projection> projection_;
};

}  // namespace muniment::app
