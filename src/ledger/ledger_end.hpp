// Whose entries come next, between processes.  An append by somebody else makes what an import composed for
// the places behind the ledger's end good for nothing; so an import takes the end for a while, and the others
// wait, are seen to wait, and are let in.
#pragma once

#include <chrono>
#include <filesystem>

namespace muniment::ledger {

inline constexpr std::chrono::seconds kLongestWaitForEnd{5};

// Locks that the system keeps on two bytes of a file, which is not changed, and gives back when the process
// ends.  Nothing in the ledger depends on them: where the file may not be opened for writing, and after
// kLongestWaitForEnd, everybody goes on without, and the store tells them apart (Store::append, kConflict).
// One thread at a time, but for is_wanted().
class LedgerEnd {
 public:
  // Empty: there is nobody else.  `longest`: waited for anybody.
  explicit LedgerEnd(const std::filesystem::path& file,
                     std::chrono::milliseconds longest = kLongestWaitForEnd);
  LedgerEnd(LedgerEnd&& other) noexcept;
  LedgerEnd& operator=(LedgerEnd&&) = delete;
  ~LedgerEnd();

  // For many appends, by whoever composes ahead.  Those who wait already go first.
  void take();
  bool is_taken() const { return held_ == Held::kTaken; }
  // Does another process wait?
  bool is_wanted() const;
  // For one append: waits while another process has taken it.  Nothing, when this one has.
  void enter();
  // The reverse of take(), or of enter() unless it is taken.
  void leave();
  void give_up();

 private:
  enum class Held { kNot, kEntered, kTaken };

  bool lock(int byte, short type) const;
  void wait_for(short type, Held as);

  std::chrono::milliseconds longest_;
  int file_ = -1;
  Held held_ = Held::kNot;
};

}  // namespace muniment::ledger
