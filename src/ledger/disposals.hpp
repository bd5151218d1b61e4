// Which entries were disposed of, as the ledger's entries of kind "disposal" say (docs/formats/archive.md).
#pragma once

#include <utility>
#include <vector>

#include "ledger/reader.hpp"

namespace muniment::ledger {

// What cannot be read and was not disposed of is lost: whoever says that it is no longer held would say
// something else than is known.
class Disposals {
 public:
  // Goes through all entries: to be asked for only where one is missing.  kCorrupt: a disposal entry cannot
  // be read.
  static Result<Disposals> read(Reader& reader);

  bool name(Seq seq) const;

 private:
  std::vector<std::pair<Seq, Seq>> ranges_;  // both ends included
};

// Of an entry whose body is not there: kNotFound when it was disposed of, else kCorrupt, with what to do.
// `what_is_safe`: "nothing was recorded".
Error missing_words(Reader& reader, Seq seq, const std::string& what_is_safe);

}  // namespace muniment::ledger
