// What the files of one import say of items, judged twice: when their page is read, and, about items that
// come later in the same import, when all of it was read.  So the order of files, and of lines in them, does
// not matter.
#pragma once

#include <cstddef>
#include <vector>

#include "collect/reported.hpp"

namespace muniment::collect {

class Notices {
 public:
  // Both must outlive this.
  Notices(Catalogue& catalogue, ledger::Reader& reader) : catalogue_(catalogue), reader_(reader) {}

  // As add_reports.  Those about items that are not held, or came with this very page, wait, and are counted
  // when they are judged again; beyond kMostWaiting they are counted at once.
  // `exchange`: of the page, if it is written.
  Result<ReportCounts> judge(std::vector<sources::Verdict> verdicts, ledger::Seq exchange, PageEntries& page);

  // Once all items were noted: adds to `out` what there is to say now of those of one page.
  Result<ReportCounts> judge_again(std::size_t page, PageEntries& out);
  // Pages whose notices wait.
  std::size_t waiting() const { return waiting_.size(); }

  // Forgets what pages of exchanges from this one on said: they were never written, and are read again.
  void forget_from(ledger::Seq exchange);

  static constexpr std::size_t kMostWaiting = 200'000;  // some 60 MB

 private:
  struct Waiting {
    ledger::Seq from = 0;  // where the page's own exchange is, if it was written
    PageNotices notices;
  };

  Catalogue& catalogue_;
  ledger::Reader& reader_;
  std::vector<Waiting> waiting_;
  std::size_t count_ = 0;
};

}  // namespace muniment::collect
