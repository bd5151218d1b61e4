// The deep pass: every body unsealed, every word committed to again, every page put together again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "verify/report.hpp"

namespace muniment::verify {

struct DeepOptions {
  std::filesystem::path archive;
  std::uint64_t size = 0;       // entries 0 … size-1
  unsigned threads = 0;         // 0: as many as there are processors
  std::string_view dictionary;  // dictionary 1 (docs/formats/archive.md)
};

// Goes through the entries in runs, several threads side by side, each with connections of its own.  Begins
// when it is made, on all threads but one, so that the caller can check something else meanwhile.  Bodies and
// secrets that are gone are not reported here (presence.hpp).
class BodyCheck {
 public:
  explicit BodyCheck(const DeepOptions& options);
  ~BodyCheck();  // gives up what was not checked yet
  BodyCheck(const BodyCheck&) = delete;
  BodyCheck& operator=(const BodyCheck&) = delete;

  // Works along until every body is checked.  Once, before the calls below.
  void run();
  // The entries below `size` that have no body, ascending; nothing when not all could be read.
  std::optional<std::vector<std::uint64_t>> missing(std::uint64_t size) const;
  // Adds what was found.
  void tell(Report& report);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace muniment::verify
