// The follower that makes index.db: applies the ledger's entries in order, and knows how far it has come.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/seams.hpp"
#include "index/keys.hpp"
#include "ledger/entry.hpp"
#include "ledger/reader.hpp"

namespace muniment::index {

// An entry as the importer still has it in memory.
struct Decoded {
  ledger::Entry entry;  // seq, time and kind; without root, follow() cannot tell another ledger of the
                        // same origin and at least the same length apart
  const records::Body* body = nullptr;  // null: it cannot be read any more (disposed of)
  Digests digests{};  // of a capture or edit-seen, when the importer computed them; zeros otherwise
};

// One thread at a time.  Searches use connections of their own, beside it.
class Projection {
 public:
  // Opens index.db, or makes an empty one as index/file.hpp says.
  static Result<Projection> open(const std::filesystem::path& path, const std::string& origin,
                                 base::Entropy& entropy);
  Projection(Projection&&) noexcept;
  Projection& operator=(Projection&&) noexcept;
  ~Projection();

  ledger::Seq position() const;  // the entry it will apply next
  const Keys& keys() const;

  // Applies entries that the ledger holds, in order and without gaps, in one transaction: all or nothing.
  // Entries before the position (another process applied them) are passed over. kConflict: the batch begins
  // after the position; nothing was applied; follow() the ledger first. Speed wants some ten thousand entries
  // a batch; memory grows by about a kilobyte an entry.
  Status apply(std::span<const Decoded> batch);

  // Applies everything the ledger holds and the index does not.  An index that turns out to follow another
  // ledger (an older copy put back, for example) is made anew first.  `progress` is told the position after
  // each batch.
  using Progress = std::function<void(ledger::Seq position, ledger::Seq size)>;
  Status follow(ledger::Reader& ledger, const Progress& progress = {});

  // As follow(), but gives up with kUnavailable when another process is writing the index, instead of
  // waiting.
  Status follow_if_free(ledger::Reader& ledger);

  // Joins the parts that many batches left, so that searches read fewer.  After an import; takes about 1.5 s
  // a million posts, and does nothing when there is little to join.
  Status settle();

 private:
  struct State;
  explicit Projection(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace muniment::index
