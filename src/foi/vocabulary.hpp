// The words that the bundle's own pages and tag files use, whatever is disclosed: labels, headings, names of
// fields, months.
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

// Found by exporting a disclosure of nothing: `frame` without entries, and one made-up entry of each kind and
// each month in which something of the plan happened.
Result<std::string> page_vocabulary(const Plan& plan, const Disclosure& frame, const WriteDisclosure& write);

}  // namespace muniment::foi
