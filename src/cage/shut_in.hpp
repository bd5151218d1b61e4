// A process gives up, for good, everything but reading its input, writing its output and its own memory.
#pragma once

#include <cstdint>

#include "muniment/result.hpp"

namespace muniment::cage {

// Sanitizers need terabytes of address space: in a build with them `memory` is not kept to.
struct Bounds {
  std::uint64_t memory = 0;  // bytes of address space
  unsigned seconds = 0;      // of processor time
  std::uint64_t output = 0;  // bytes, should its output be a file
};

// Call it when all libraries are loaded, before the first byte from outside is read.  Afterwards the process
// can read from descriptor 0, write to descriptor 1, end, and ask for memory that is not to be executed; any
// other system call ends it by SIGSYS (seccomp, with an allow-list).  It leaves no core, starts nothing and
// gains no rights.  kUnavailable: the kernel refused a part of this; what was set stays set, and nothing must
// be read.
Status shut_in(const Bounds& bounds);

}  // namespace muniment::cage
