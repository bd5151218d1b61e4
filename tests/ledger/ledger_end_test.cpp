#include "ledger/ledger_end.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>

#include "support/temp_folder.hpp"

namespace muniment::ledger {
namespace {

constexpr std::chrono::minutes kPatient{5};  // however slow the machine is

class LedgerEndOf : public testing::Test {
 protected:
  support::TempFolder folder;
  const std::filesystem::path file = folder.write("muniment.toml", "a = 1\n");
};

TEST_F(LedgerEndOf, WhoeverAppendsWaitsWhileItIsTakenAndIsSeenToWait) {
  LedgerEnd import(file, kPatient), other(file, kPatient);
  import.take();
  EXPECT_TRUE(import.is_taken());
  EXPECT_FALSE(import.is_wanted());
  std::atomic<bool> entered{false};
  std::thread waiting([&] {
    other.enter();
    entered = true;
  });
  while (!import.is_wanted()) std::this_thread::yield();
  EXPECT_FALSE(entered);
  import.give_up();
  waiting.join();
  EXPECT_TRUE(entered);
  EXPECT_FALSE(import.is_wanted()) << "nobody waits any more";
  other.leave();
}

TEST_F(LedgerEndOf, ManyMayAppendAtATimeAndAnImportWaitsForThem) {
  LedgerEnd import(file, kPatient), one(file, kPatient), another(file, kPatient);
  one.enter();
  another.enter();
  std::atomic<bool> taken{false};
  std::thread waiting([&] {
    import.take();
    taken = true;
  });
  while (!one.is_wanted()) std::this_thread::yield();
  EXPECT_FALSE(taken);
  one.leave();
  another.leave();
  waiting.join();
  EXPECT_TRUE(taken);
}

TEST_F(LedgerEndOf, WhoeverTookItMayAppendAndKeepsIt) {
  LedgerEnd import(file, kPatient), other(file, kPatient);
  import.take();
  import.enter();
  import.leave();
  EXPECT_TRUE(import.is_taken());
}

TEST_F(LedgerEndOf, IsFreeAgainWhenWhoeverTookItIsGone) {
  std::optional<LedgerEnd> import(file);
  import->take();
  import.reset();
  LedgerEnd other(file);
  other.take();
  EXPECT_TRUE(other.is_taken());
}

TEST_F(LedgerEndOf, WithoutAFileThereIsNobodyElse) {
  for (const auto& path : {std::filesystem::path(), folder / "missing"}) {
    LedgerEnd import(path), other(path);
    import.take();
    other.enter();
    EXPECT_FALSE(import.is_wanted());
  }
}

}  // namespace
}  // namespace muniment::ledger
