#include "ledger/checkpoint.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.hpp"
#include "support/small_ledger.hpp"

namespace muniment::ledger {
namespace {

namespace fs = std::filesystem;
using support::SmallLedger;

TEST(Checkpoint, IsASignedNoteOverOriginSizeAndRoot) {
  SmallLedger ledger(5);
  const auto note = ledger.sign();
  const auto text = checkpoint_text(support::kTestOrigin, 5, ledger.reader().head()->root);
  ASSERT_TRUE(note.starts_with(text + "\n\u2014 " + support::kTestOrigin + " ")) << note;
  const auto blank = note.find("\n\n");
  const auto line = note.substr(blank + 2);
  const auto signature =
      base::from_base64(line.substr(line.rfind(' ') + 1, line.size() - line.rfind(' ') - 2));
  ASSERT_TRUE(signature && signature->size() == 68);
  const auto vkey_text = ledger.signer().verifier_key();
  const auto typed = base::from_base64(vkey_text.substr(vkey_text.rfind('+') + 1));
  const auto key = base::as_hash(std::string_view(*typed).substr(1));
  EXPECT_TRUE(base::ed25519_verify(*key, text, std::string_view(*signature).substr(4)));
}

TEST(Checkpoint, IsNotSignedTwiceForOneHead) {
  SmallLedger ledger(5);
  const auto first = ledger.sign();
  EXPECT_EQ(ledger.sign(), first);
  ledger.append(1);
  EXPECT_NE(ledger.sign(), first);
}

TEST(Signer, RefusesALedgerThatWasShortened) {
  SmallLedger ledger(4);
  const auto copy = ledger.folder() / "old";
  fs::create_directory(copy);
  for (const char* name : {"ledger.db", "ledger.db-wal", "keys.db", "keys.db-wal"})
    if (fs::exists(ledger.folder() / name)) fs::copy(ledger.folder() / name, copy / name);
  ledger.append(3);
  ledger.sign();
  auto store = SqliteStore::open({copy / "ledger.db", copy / "keys.db", {}, 1000}, true);
  ASSERT_TRUE(store) << store.error().what;
  Reader reader(**store);
  const auto note = ledger.signer().sign(**store, reader);
  ASSERT_FALSE(note);
  EXPECT_EQ(note.error().code, Code::kCorrupt);
}

TEST(Signer, RefusesALedgerThatWasRewrittenToTheSameLength) {
  SmallLedger ledger(4);
  ledger.sign();
  SmallLedger forged(0);
  for (int i = 10; i < 20; ++i) ASSERT_TRUE(forged.appender().append(support::small_draft(i)));
  const auto note = ledger.signer().sign(forged.store(), forged.reader());
  ASSERT_FALSE(note);
  EXPECT_EQ(note.error().code, Code::kCorrupt);
}

TEST(Signer, DoesNotUseAKeyThatOthersCanRead) {
  SmallLedger ledger(1);
  fs::permissions(ledger.folder() / "keys" / "log.key", fs::perms::group_read, fs::perm_options::add);
  EXPECT_EQ(Signer::open(ledger.folder() / "keys", support::kTestOrigin).error().code, Code::kDenied);
}

TEST(Signer, SaysWhenItsLastStateIsDamaged) {
  SmallLedger ledger(1);
  ASSERT_TRUE(base::write_durably(ledger.folder() / "keys" / "last", "nonsense"));
  const auto note = ledger.signer().sign(ledger.store(), ledger.reader());
  EXPECT_EQ(note.error().code, Code::kCorrupt);
}

}  // namespace
}  // namespace muniment::ledger
