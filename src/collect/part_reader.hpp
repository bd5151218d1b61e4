// The parts of saved files as entries: what of them is kept, and what is in the archive already.
#pragma once

#include <cstddef>
#include <string>

#include "base/seams.hpp"
#include "collect/alike.hpp"
#include "collect/catalogue.hpp"
#include "collect/exchange.hpp"
#include "collect/import_outcome.hpp"
#include "collect/notices.hpp"
#include "collect/pages_read.hpp"
#include "collect/saved_parts.hpp"
#include "ledger/reader.hpp"

namespace muniment::collect {

// Of one import: remembers what its parts said.
class PartReader {
 public:
  // `authority`: under which private items are kept; empty: they are not.  `settle`: see exchange.hpp.  The
  // others must outlive this.
  PartReader(std::string authority, Catalogue& catalogue, ledger::Reader& reader, base::Clock& clock,
             Settle settle)
      : authority_(std::move(authority)),
        catalogue_(catalogue),
        reader_(reader),
        clock_(clock),
        settle_(std::move(settle)),
        notices_(catalogue, reader) {}

  // The part given out last by `saved`, as entries numbered from `first`; none when it brings nothing.  Why
  // not, and what it holds, is added to `outcome`, which counts for nothing after an error.  The entries of
  // the parts before may be asked to settle on the way.
  Result<PageEntries> read(const SavedFiles& saved, SavedPart part, ledger::Seq first,
                           ImportOutcome& outcome);
  // A part whose entries are on disk, from before a restart.
  void pass_by(const SavedFiles& saved, const SavedPart& part);

  // When all parts were read: of the pages whose notices wait for items that came later.
  std::size_t pages_waiting() const { return notices_.waiting(); }
  Result<PageEntries> judge_again(std::size_t page, ImportOutcome& outcome);

  // What was read into entries from this one on was never written, and is read again.
  void forget_from(ledger::Seq first);

 private:
  bool may_be_kept(SavedPart& part, Result<sources::Reading>& reading, ExchangeFacts& facts,
                   ImportOutcome& outcome) const;
  void describe(const SavedPart& part, const Result<sources::Reading>& reading, ExchangeFacts& facts) const;
  Result<PageEntries> compose(const SavedPart& part, Result<sources::Reading> reading,
                              const ExchangeFacts& facts, ledger::Seq first, ImportOutcome& outcome);
  Result<bool> came_before(const ledger::Draft& exchange) const;

  const std::string authority_;
  Catalogue& catalogue_;
  ledger::Reader& reader_;
  base::Clock& clock_;
  Settle settle_;
  Alike alike_;
  Notices notices_;
  PagesRead pages_;
};

}  // namespace muniment::collect
