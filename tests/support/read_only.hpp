// A folder in which nothing can be written, for as long as this lives: mounted read-only for root, who may
// write wherever the disk allows it; without the right to write for everybody else.
#pragma once

#include <filesystem>

namespace muniment::support {

class ReadOnly {
 public:
  explicit ReadOnly(std::filesystem::path folder);
  ~ReadOnly();
  ReadOnly(const ReadOnly&) = delete;
  ReadOnly& operator=(const ReadOnly&) = delete;

  // False: this machine does not let us; the test skips.
  bool arranged() const { return arranged_; }
  // The same folder, seen read-only.
  const std::filesystem::path& path() const { return seen_; }

 private:
  std::filesystem::path folder_, seen_;
  bool mounted_ = false, arranged_ = false;
};

}  // namespace muniment::support
