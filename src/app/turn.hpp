// Whose turn it is, between processes: an archive is followed by one at a time, and a source is polled by
// one.
#pragma once

#include <optional>
#include <string>

#include "app/archive.hpp"

namespace muniment::app {

// Held until it goes, or its process ends: a lock that the system keeps on a byte of muniment.toml, which is
// not changed.  Where that file may not be opened for writing every turn is granted; nothing in the ledger
// depends on turns, they spare the sites.
class Turn {
 public:
  // nullopt: somebody else has it.
  static std::optional<Turn> to_follow(const Layout& layout);
  static std::optional<Turn> to_compare(const Layout& layout);  // the index with one made anew
  static std::optional<Turn> to_poll(const Layout& layout, const std::string& source);

  Turn(Turn&& other) noexcept;
  Turn& operator=(Turn&&) = delete;
  ~Turn();

 private:
  explicit Turn(int file) : file_(file) {}
  static std::optional<Turn> take(const Layout& layout, std::uint64_t place);
  int file_;
};

}  // namespace muniment::app
