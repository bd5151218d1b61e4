// What the harvest loop and the importer ask: is it known, has it changed, which sources are there, what
// should still be there.  All answers are as of the position the index had when asked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/seams.hpp"
#include "index/document_state.hpp"
#include "index/keys.hpp"
#include "ledger/reader.hpp"

namespace muniment::index {

struct Known {
  ledger::Seq seq = 0;      // of the newest version
  ledger::Seq raw_seq = 0;  // whose `raw` holds its bytes as last seen: that, or a later seen-again
  DocumentState state = DocumentState::kCurrent;
  Digests digests{};  // of the newest version, and of its bytes as last seen; compare with Keys::digests
};

struct SourceRow {
  std::string name, platform, url;
  enum class State : std::int64_t { kActive = 0, kPaused = 1, kRemoved = 2 } state = State::kActive;
  bool allow_private = false;
  std::int64_t complete = 0;    // end of this address's last complete poll, milliseconds since 1970; 0: none
  std::string cursor;           // what that poll answered
  std::string credential = {};  // the name of what it logs in with; empty: nothing
};

struct HeldRow {
  std::string id;
  ledger::Seq seq = 0;  // of the newest version
};

struct Validators {
  std::string etag;      // empty: none
  std::string modified;  // likewise
};

struct CoverageRow {
  ledger::Seq seq = 0;
  std::string source;
  std::int64_t started = 0, finished = 0;  // milliseconds since 1970
  std::string outcome;                     // complete, partial, failed
};

// A connection of its own, beside the projection's.  One thread at a time.
class Catalogue {
 public:
  // As open_for_reading in index/file.hpp.
  static Result<Catalogue> open(const std::filesystem::path& path, const std::string& origin);
  Catalogue(Catalogue&&) noexcept;
  Catalogue& operator=(Catalogue&&) noexcept;
  ~Catalogue();

  const Keys& keys() const;
  // How far the index had come when this was opened: the entry it would apply next.
  ledger::Seq position() const;
  // Was it made from this ledger of so many entries, and not from another of the same name?
  bool follows(ledger::Reader& ledger, ledger::Seq size) const;

  // Which of these are known, by Keys::item; answers stand in the order asked.  Many at once are looked up
  // in the index's own order, which is far quicker than one by one.
  Result<std::vector<std::optional<Known>>> lookup(std::span<const std::int64_t> items);
  Result<std::optional<Known>> lookup(std::string_view platform, std::string_view id);

  // The entries that hold bytes of the item with this key, newest first, at most so many: its versions, and
  // those in which one came in other bytes.
  Result<std::vector<ledger::Seq>> holders(std::int64_t key, std::size_t most);
  // The entries in which a file says that it is gone (absence-reported), likewise.
  Result<std::vector<ledger::Seq>> reports(std::int64_t key, std::size_t most);

  // The keys of all items.
  Status each_item(const std::function<void(std::int64_t key)>& visit);

  // Every source that was ever added, removed ones included, by name.
  Result<std::vector<SourceRow>> sources();
  // kNotFound: no source of that name was ever added.
  Result<SourceRow> source(std::string_view name);

  // The ids of items that this source brought and that are not known to be deleted (those that the platform
  // refused to show are among them, for they may come back or go).
  Result<std::vector<HeldRow>> held(std::string_view source);

  // Of each item in the order asked, by its key (Keys::item): is it among those?
  Result<std::vector<bool>> are_held(std::string_view source, std::span<const std::int64_t> keys);

  // What the last good answer to `url` said of its version; both empty when there is none.
  Result<Validators> validators(std::string_view source, std::string_view url);

  // Polls that ended at `from` or later (milliseconds since 1970), oldest first; of all sources when `source`
  // is empty.
  Result<std::vector<CoverageRow>> coverage(std::string_view source, std::int64_t from);

  // The polls of a source that were written last, at most so many, newest first, whatever the clock said.
  Result<std::vector<CoverageRow>> newest_polls(std::string_view source, std::size_t most);
  // Polls of all sources whose entries are `first` or later, ascending.
  Result<std::vector<CoverageRow>> polls_from(ledger::Seq first);

  // The exchanges of a source, ascending, that belong to no poll whose end is in the ledger: to the one under
  // way, or to one whose program was killed.
  Result<std::vector<ledger::Seq>> unended(std::string_view source);

  // The entries of a kind that is about no item (source, gap, spotting, possible-request, request-judged,
  // search, disclosure) from `first` on, ascending.  Of exchanges: those that could not be read, and those
  // that read one of them again.
  Result<std::vector<ledger::Seq>> registered(std::string_view kind, ledger::Seq first = 0);

 private:
  struct State;
  explicit Catalogue(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace muniment::index
