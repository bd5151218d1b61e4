// Which exchanges could not be read when they came, and were not read again since.
#pragma once

#include <map>
#include <string>

#include "app/archive.hpp"
#include "index/catalogue.hpp"

namespace muniment::app {

class UnreadPages {
 public:
  // Both must outlive it.
  UnreadPages(Archive& archive, index::Catalogue& catalogue) : archive_(archive), catalogue_(catalogue) {}

  // Reads on from where it was.
  Status read();
  // Reads on first: another process may have read it.
  Result<bool> is_done(ledger::Seq exchange);
  bool has(ledger::Seq exchange) const { return waiting_.contains(exchange); }
  const std::map<ledger::Seq, std::string>& waiting() const { return waiting_; }

 private:
  Archive& archive_;
  index::Catalogue& catalogue_;
  ledger::Seq next_ = 0;
  std::map<ledger::Seq, std::string> waiting_;  // source, by exchange
};

}  // namespace muniment::app
