// An SQLite VFS whose n-th call fails: the seam for "whichever disk call fails, the ledger stays sound".
#pragma once

#include <functional>
#include <string>

namespace muniment::support {

class FaultyDisk {
 public:
  enum class Fails { kOnce, kFromThenOn };

  // Registers the VFS "faulty" over the system's; do this before opening a database on it.
  static std::string vfs();
  // From now on, write-like call number `nth` (from 0) answers an I/O error, or "disk full".
  static void arm(int nth, Fails how, bool disk_full = false);
  // Ends the faults; true when one happened since arm().
  static bool disarm();
  // Calls counted since arm().
  static int calls();
  // Called before each write-like call, armed or not: what a look at the files then shows is what a process
  // killed at that moment leaves.  An empty function ends it.
  static void before_each_call(std::function<void()> look);
};

}  // namespace muniment::support
