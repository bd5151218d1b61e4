// Gathers what the ledger holds of the items of a case file.
#pragma once

#include <set>

#include "casework/case_file.hpp"

namespace muniment::casework {

class CaseBuilder {
 public:
  // Both must outlive the builder.
  CaseBuilder(CaseDesk& desk, CaseFile& file) : desk_(desk), file_(file) {}

  // Files an entry, and with it everything else that is known of its item.  Once filed, an entry is not filed
  // again.
  Status add(ledger::Seq seq);

  // Counts the polls between the first and the last entry filed.
  Status add_coverage();

 private:
  std::string item_of(const records::Body& body);
  Status add_version(ledger::Seq seq, CaseRecord& record);

  CaseDesk& desk_;
  CaseFile& file_;
  std::set<ledger::Seq> done_;
};

}  // namespace muniment::casework
