// A ledger of our own in a temporary folder, with a fake clock and fake entropy.
#pragma once

#include <memory>
#include <string>

#include "ledger/appender.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/reader.hpp"
#include "ledger/sqlite_store.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_entropy.hpp"
#include "support/temp_folder.hpp"

namespace muniment::support {

inline constexpr char kTestOrigin[] = "archive.wexcombe.example/muniment/1";

// A short capture, different for each number.
ledger::Draft small_draft(int number);

class SmallLedger {
 public:
  // `entries` drafts are appended one batch; `vfs` as SqliteFiles.
  explicit SmallLedger(int entries = 0, const std::string& vfs = {});

  const std::filesystem::path& folder() const { return folder_.path(); }
  ledger::SqliteFiles files() const;
  std::unique_ptr<ledger::SqliteStore> open(
      bool writable = true) const;  // another connection; test fails when it cannot

  ledger::SqliteStore& store() { return *store_; }
  ledger::Appender& appender() { return *appender_; }
  ledger::Reader& reader() { return *reader_; }
  ledger::Signer& signer() { return *signer_; }
  FakeClock clock;
  FakeEntropy entropy;

  void append(int entries);  // as one batch
  std::string sign();

 private:
  TempFolder folder_;
  std::string vfs_;
  std::unique_ptr<ledger::SqliteStore> store_;
  std::unique_ptr<ledger::Appender> appender_;
  std::unique_ptr<ledger::Reader> reader_;
  std::unique_ptr<ledger::Signer> signer_;
  int next_ = 0;
};

}  // namespace muniment::support
