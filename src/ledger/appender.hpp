// Appends drafts: draws secrets, commits to every word, seals, chains, stores.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/seams.hpp"
#include "ledger/entry.hpp"
#include "ledger/store.hpp"

namespace muniment::ledger {

// Makes Sealed out of Draft.  One thread at a time; each has its own.
class Sealer {
 public:
  explicit Sealer(base::Entropy& entropy);
  ~Sealer();
  Sealer(const Sealer&) = delete;
  Sealer& operator=(const Sealer&) = delete;
  // Appends to `out` what the drafts become.  `first`: the place that the first will take; a Sealed is good
  // for its place only.
  void seal(Seq first, std::span<const Draft> drafts, std::vector<Sealed>& out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct Appended {
  Head before;  // the first entry appended has number before.size
  Head after;
};

// Safe to share between threads: appends that arrive while one is being written go out together.
class Appender {
 public:
  // All must outlive the appender.
  Appender(Store& store, base::Clock& clock, base::Entropy& entropy);
  ~Appender();
  Appender(const Appender&) = delete;
  Appender& operator=(const Appender&) = delete;

  // Writes the drafts for entries that start at head.size.  Called again, with the newer head, when another
  // process appended first: entries may cite their own numbers, and must not assume what was true before. An
  // error, or no drafts, appends nothing and is handed back to the caller.
  using Compose = std::function<Result<std::vector<Draft>>(const Head& head)>;

  // On disk when this returns.  Errors as Store::append, but never kConflict unless others kept coming first
  // sixteen times.
  Result<Appended> append(const Compose& compose);
  Result<Appended> append(Draft draft);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace muniment::ledger
