// MUNIMENT_CHECK: a broken invariant of our own is a bug, not an Error.  Always on; it ends the
// program before anything wrong can be committed.  main() turns the exception into exit code 70.
#pragma once

#include <stdexcept>

namespace muniment::base {

class BrokenInvariant : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

}  // namespace muniment::base

#define MUNIMENT_CHECK(condition, invariant)                                         \
  do {                                                                               \
    if (!(condition)) throw ::muniment::base::BrokenInvariant("broken: " invariant); \
  } while (false)
