// What the search workloads ask: queries of every kind, the same each time.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace muniment::bench {

struct QueryClass {
  const char* name;
  std::vector<std::string> queries;
};

// Every kind of query an officer types, `most` of each.
std::vector<QueryClass> query_classes(std::size_t most);

}  // namespace muniment::bench
