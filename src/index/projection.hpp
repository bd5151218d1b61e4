// The follower that makes index.db: applies the ledger's entries in order, and knows how far it has come.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "base/seams.hpp"
#include "index/file.hpp"
#include "index/gatherer.hpp"
#include "index/keys.hpp"
#include "index/part.hpp"
#include "ledger/reader.hpp"

namespace muniment::index {

// One thread at a time.  Searches use connections of their own, beside it.
class Projection {
 public:
  // Opens index.db, or makes an empty one as index/file.hpp says.  `part_documents`: tests take fewer, for
  // many parts of few entries.
  static Result<Projection> open(const std::filesystem::path& path, const std::string& origin,
                                 base::Entropy& entropy, std::int64_t part_documents = kPartDocuments);
  // The same, with an empty index in the place of whatever is there.
  static Result<Projection> anew(const std::filesystem::path& path, const std::string& origin,
                                 base::Entropy& entropy);
  Projection(Projection&&) noexcept;
  Projection& operator=(Projection&&) noexcept;
  ~Projection();

  ledger::Seq position() const;  // the entry it will apply next
  MadeAnew made_anew() const;    // when it was opened
  const Keys& keys() const;

  // Applies entries that the ledger holds, in order and without gaps, in one transaction: all or nothing.
  // Entries before the position (another process applied them) are passed over. kConflict: the batch begins
  // after the position; nothing was applied; follow() the ledger first.
  Status apply(std::span<const Decoded> batch);

  // The same for what a Gatherer took in, perhaps on another thread.  Speed wants gatherers that are full():
  // a transaction writes to the same few thousand pages whether it brings a thousand entries or thirty
  // thousand.
  Status apply(Gathered gathered);

  // Applies everything the ledger holds and the index does not.  An index that turns out to follow another
  // ledger (an older copy put back, for example) is made anew first; one in whose place another process has
  // put another is left for that.  `progress` is told the position after
  // each batch.
  using Progress = std::function<void(ledger::Seq position, ledger::Seq size)>;
  Status follow(ledger::Reader& ledger, const Progress& progress = {});

  // As follow(), but gives up with kUnavailable when another process is writing the index, instead of
  // waiting.
  Status follow_if_free(ledger::Reader& ledger);

  // Joins what many small batches left in the part being filled, so that searches read less.  Takes a tenth
  // of a second at most, however large the archive is, and does nothing when there is nothing to join.
  Status settle();

 private:
  struct State;
  explicit Projection(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace muniment::index
