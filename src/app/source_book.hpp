// Where each source stands: what was decided of it, how its newest polls went, what they cost.  Kept up with
// the ledger without reading it from the beginning again; nothing of it is kept anywhere else.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/archive.hpp"
#include "app/watch_policy.hpp"
#include "collect/poll_steps.hpp"
#include "index/catalogue.hpp"

namespace muniment::app {

inline constexpr std::size_t kNewestPolls = 12;  // of each source, looked at when the book is opened

struct SourceState {
  index::SourceRow row;
  WatchPolicy policy;
  base::Time wanted_since{};               // when it was last added or resumed
  base::Time added{};                      // when it was last added
  ledger::Seq added_by = 0;                // the entry that says so
  std::optional<base::Time> last_good;     // end of the last complete poll
  std::optional<index::CoverageRow> last;  // the newest poll since it was added
  collect::PollRecord record;              // what its coverage entry says
  int failures = 0;  // polls in a row that failed; no more than kNewestPolls are counted at first

  // From when no poll of it has come to its end; not before somebody wanted it captured.  `now`: the ledger's
  // times are ahead of it, and tell nothing of that.
  base::Time silent_since(base::Time now) const;
  // It is of the address that the name has now.
  bool is_own(const index::CoverageRow& poll) const;
  // When a host or a budget lets it be asked again, as the newest poll says.
  base::Time not_before() const;
  // Where the next poll goes on, if the newest was cut off; empty: it was not.
  std::string resume() const;
};

class SourceBook {
 public:
  // The archive must outlive it.
  explicit SourceBook(Archive& archive) : archive_(archive) {}

  // Reads what the ledger holds and the book does not; brings the index up to it first.
  Status look();

  // The same before a poll of this source, if it was polled, or anything was decided, since the last look: by
  // another program, whose poll may have left something to go on with.
  Status look_before_polling(const std::string& name);

  // By name; removed ones too.
  const std::map<std::string, SourceState>& sources() const { return sources_; }

  // Polls of it that ended since then and did not come to their end.
  Result<std::size_t> failed_since(const std::string& source, base::Time since);

  // Answers to a poll of it that did not come to its end (Catalogue::unended), as of the last look.
  Result<std::vector<ledger::Seq>> unended(const std::string& source);

  // What is left of a source's budgets, as its coverage entries tell up to the last look().
  Result<collect::Allowance> allowance(const SourceState& source, base::Time now);

 private:
  struct Cost {
    base::Time at{};
    std::uint64_t requests = 0, charged = 0;
    std::optional<std::uint64_t> millionths = {};  // of money; nullopt: there was no price then
  };
  struct Costs {
    ledger::Seq counted = 0;  // entries before it
    std::vector<Cost> of_this_month;
  };
  Result<bool> is_behind(const std::string& name);
  // `fresh`: names that it has not had before.
  Status read_rows(index::Catalogue& catalogue, std::vector<std::string>& fresh);
  Status read_polls(index::Catalogue& catalogue, ledger::Seq position, const std::vector<std::string>& fresh);
  Status read_decisions(index::Catalogue& catalogue, ledger::Seq position);
  Status read_details(SourceState& source);
  static void begin_anew(const ledger::Entry& added, SourceState& source);
  void take(index::CoverageRow poll, SourceState& source);
  Result<Cost> cost_of(const index::CoverageRow& poll);

  Archive& archive_;
  std::map<std::string, SourceState> sources_;
  std::map<std::string, Costs> costs_;  // by source
  std::optional<index::Catalogue> catalogue_;
  ledger::Seq next_decision_ = 0;
  ledger::Seq next_poll_ = 0;
};

}  // namespace muniment::app
