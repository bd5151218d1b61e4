// The words that stand in a bundle whatever is withheld in it: labels, headings, names of fields, titles of
// the exemptions used, the authority and the log, numbers of entries, and dates.  To hide them is no use, and
// not possible.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "foi/plan.hpp"
#include "muniment/disclosure.hpp"
#include "muniment/sink.hpp"

namespace muniment::foi {

using WriteDisclosure = std::function<Status(const Disclosure&, Sink&)>;

// Keeps what an exporter writes in memory.
class MemorySink : public Sink {
 public:
  Status file(std::string_view path, std::string_view bytes) override;
  struct File {
    std::string path;
    std::string bytes;
  };
  std::vector<File> files;
};

// Of those words the ones that are about the release itself: the authority and the log, the law, numbers and
// dates of entries.  In a text of a record they say nothing of anybody; the page's other words may be a name
// there ("Black", "Page").
std::string surroundings_of(const Plan& plan);

// Found by exporting a disclosure of nothing: `frame`, with one made-up entry of each kind.  A time that is
// shown, or in a leaf, is there as the pages write it.
Result<std::string> page_vocabulary(const Plan& plan, const Disclosure& frame, const WriteDisclosure& write);

}  // namespace muniment::foi
