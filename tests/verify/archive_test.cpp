#include "verify/archive.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <functional>
#include <iterator>
#include <thread>

#include "base/file.hpp"
#include "support/read_only.hpp"
#include "support/small_archive.hpp"
#include "verify/checkpoints.hpp"

namespace muniment::verify {
namespace {

using support::SmallArchive;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Report verified(SmallArchive& archive, bool deep = true) {
  auto report = verify_archive(archive.folder(), archive.policy(), {deep, 2});
  if (!report) throw std::runtime_error(report.error().what);
  return *report;
}

auto finds(const std::string& code) {
  return Contains(Field(&Finding::code, code));
}
auto finds_at(const std::string& code, std::uint64_t entry) {
  return Contains(
      ::testing::AllOf(Field(&Finding::code, code), Field(&Finding::entry, std::optional(entry))));
}

TEST(VerifyArchive, VerifiesWhatTheLedgerWrote) {
  SmallArchive archive(600);
  archive.append_page(20);
  archive.ledger().sign();
  for (const bool deep : {false, true}) {
    const Report report = verified(archive, deep);
    EXPECT_EQ(report.answer(), Answer::kVerified) << to_text(report);
    EXPECT_EQ(report.entries, 622U);
  }
  EXPECT_THAT(verified(archive).checked(),
              Contains(HasSubstr("1 received pages, put together byte for byte")));
}

TEST(VerifyArchive, SaysThatNewEntriesAwaitTheirCheckpoint) {
  SmallArchive archive(3);
  archive.ledger().append(2);
  const Report report = verified(archive);
  EXPECT_EQ(report.answer(), Answer::kVerified);
  EXPECT_THAT(report.remarks(), Contains(HasSubstr("the newest 2 entries are not yet covered")));
}

TEST(VerifyArchive, WithoutAPolicyCannotBeChecked) {
  SmallArchive archive(3);
  const auto report = verify_archive(archive.folder(), std::nullopt);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->answer(), Answer::kCouldNotCheck);
  EXPECT_THAT(report->findings(), IsEmpty());
}

TEST(VerifyArchive, WithoutACheckpointCannotBeChecked) {
  SmallArchive archive(3, false);
  EXPECT_EQ(verified(archive).answer(), Answer::kCouldNotCheck);
}

TEST(VerifyArchive, WithoutKeysTheChainIsVerifiedAndTheWordsAreNot) {
  SmallArchive archive(3);
  std::filesystem::remove(archive.keys_db());
  EXPECT_EQ(verified(archive, false).answer(), Answer::kVerified);
  EXPECT_THAT(verified(archive, false).remarks(), Contains(HasSubstr("keys.db is not there")));
  EXPECT_EQ(verified(archive, true).answer(), Answer::kCouldNotCheck);
}

TEST(VerifyArchive, WithoutKeysItsKeeperIsToldThatTheWordsAreLost) {
  SmallArchive archive(3);
  std::filesystem::remove(archive.keys_db());
  for (const bool deep : {false, true}) {
    const auto report = verify_archive(archive.folder(), archive.policy(), {deep, 1, true});
    ASSERT_TRUE(report) << report.error().what;
    EXPECT_EQ(report->answer(), Answer::kCouldNotCheck);
    EXPECT_THAT(report->not_checked(), Contains(HasSubstr("keys.db is not there")));
    EXPECT_THAT(report->findings(), IsEmpty());
  }
}

// The newest entry, its body and what was signed over it were cut off with the signer's memory of them.
TEST(VerifyArchive, WithoutTheSignersMemoryItsKeeperIsToldThatTheEndCouldNotBeChecked) {
  SmallArchive archive(3);
  const auto last = archive.folder() / "keys" / "last";
  const auto asked = [&](bool by_its_keeper) {
    auto report = verify_archive(archive.folder(), archive.policy(), {false, 1, by_its_keeper});
    if (!report) throw std::runtime_error(report.error().what);
    return *std::move(report);
  };
  EXPECT_EQ(asked(true).answer(), Answer::kVerified);
  std::filesystem::remove(last);
  const auto spoilt = [&](const std::string& why) {
    const Report keepers = asked(true);
    EXPECT_EQ(keepers.answer(), Answer::kCouldNotCheck) << why;
    EXPECT_THAT(keepers.not_checked(), Contains(HasSubstr(why)));
    const Report outsiders = asked(false);
    EXPECT_EQ(outsiders.answer(), Answer::kVerified) << "a copy may come without it";
    EXPECT_THAT(outsiders.remarks(), Contains(HasSubstr(why)));
  };
  spoilt("keys/last is not there");
  ASSERT_TRUE(base::write_durably(last, "junk"));
  spoilt("keys/last is not what a signer writes there");
  ASSERT_TRUE(base::write_durably(last, "other.example/log\n3\n" + base::to_base64(base::Hash{}) + "\n"));
  spoilt("keys/last is of another archive");
  std::filesystem::remove(last);
  std::filesystem::create_directory(last);
  spoilt("keys/last cannot be read");
}

// The chain binds an entry through those that follow it, and a checkpoint can be taken out.
TEST(VerifyArchive, OtherEntriesThanTheSignerLastSignedAreAFinding) {
  SmallArchive archive(3);
  const auto newest = archive.ledger().reader().head()->size - 1;
  archive.tamper(
      archive.ledger_db(),
      "DELETE FROM checkpoint; UPDATE entry SET kind = 'letter' WHERE seq = " + std::to_string(newest));
  EXPECT_THAT(verified(archive, false).findings(), finds_at("checkpoint", newest));
  EXPECT_THAT(verified(archive).findings(), finds_at("checkpoint", newest));
}

// The signer's state was read after the ledger, and looked like that of a longer one.
TEST(VerifyArchive, WhatIsSignedMeanwhileIsNoFault) {
  SmallArchive archive(299);
  const auto policy = archive.policy();
  std::atomic<bool> done{false};
  std::thread other([&] {
    while (!done) {
      archive.ledger().append(1);
      archive.ledger().sign();
    }
  });
  for (int i = 0; i < 20; ++i) {
    const auto report = verify_archive(archive.folder(), policy, {false, 1, true});
    EXPECT_TRUE(report && report->answer() == Answer::kVerified) << to_text(*report);
  }
  done = true;
  other.join();
}

TEST(VerifyArchive, SecretsCutShortAreAFindingWithoutUnsealingABody) {
  for (const std::uintmax_t left : {0U, 100U, 8192U, 16384U}) {
    SmallArchive archive(600);
    archive.ledger().sign();
    ASSERT_GT(std::filesystem::file_size(archive.keys_db()), left);
    std::filesystem::resize_file(archive.keys_db(), left);
    EXPECT_THAT(verified(archive, false).findings(), finds("damaged")) << left;
  }
  SmallArchive archive(600);
  std::filesystem::resize_file(archive.keys_db(), std::filesystem::file_size(archive.keys_db()) - 8192);
  EXPECT_THAT(verified(archive, false).findings(), finds("damaged")) << "the last page";
}

// What an auditor is handed: the archive's files, and nothing of what SQLite keeps beside them while they are
// open.  `log`: it was copied while somebody wrote, with what was not yet in the files.
std::filesystem::path copy_of(SmallArchive& archive, const support::TempFolder& folder, bool log) {
  const auto copy = folder / "copy";
  std::filesystem::create_directories(copy / "keys");
  for (const auto* name : {"ledger.db", "keys.db", "keys/last"})
    std::filesystem::copy_file(archive.folder() / name, copy / name);
  for (const auto* name : {"ledger.db-wal", "keys.db-wal"})
    if (log) std::filesystem::copy_file(archive.folder() / name, copy / name);
  return copy;
}

std::size_t files_in(const std::filesystem::path& folder) {
  using Each = std::filesystem::recursive_directory_iterator;
  return static_cast<std::size_t>(std::distance(Each(folder), Each()));
}

TEST(VerifyArchive, VerifiesACopyInWhichNothingCanBeWritten) {
  for (const bool log : {false, true}) {
    SmallArchive archive(600);
    archive.ledger().append(40);
    archive.ledger().sign();
    if (!log) archive.settle();
    const support::TempFolder folder;
    const auto copy = copy_of(archive, folder, log);
    const auto before = files_in(copy);
    const support::ReadOnly seen(copy);
    if (!seen.arranged()) GTEST_SKIP() << "this account can neither mount nor be kept from writing";
    for (const bool deep : {false, true}) {
      const auto report = verify_archive(seen.path(), archive.policy(), {deep, 2});
      ASSERT_TRUE(report) << report.error().what;
      EXPECT_EQ(report->answer(), Answer::kVerified) << to_text(*report);
      EXPECT_EQ(report->entries, 641U) << "with what is still in the log";
    }
    EXPECT_EQ(files_in(copy), before);
  }
}

TEST(VerifyArchive, LeavesNothingBesideACopy) {
  for (const bool log : {false, true}) {
    SmallArchive archive(600);
    archive.ledger().append(40);
    archive.ledger().sign();
    if (!log) archive.settle();
    const support::TempFolder folder;
    const auto copy = copy_of(archive, folder, log);
    const auto before = files_in(copy);
    for (const bool deep : {false, true}) {
      const auto report = verify_archive(copy, archive.policy(), {deep, 2});
      ASSERT_TRUE(report) << report.error().what;
      EXPECT_EQ(report->answer(), Answer::kVerified) << to_text(*report);
      EXPECT_EQ(files_in(copy), before);
    }
  }
}

TEST(VerifyArchive, AFolderWithoutALedgerIsAnError) {
  support::TempFolder folder;
  const auto report = verify_archive(folder.path(), std::nullopt);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, Code::kNotFound);
}

TEST(VerifyArchive, AFileThatIsNoDatabaseIsAFinding) {
  SmallArchive archive(1);
  ASSERT_TRUE(base::write_durably(archive.ledger_db(), std::string(8192, 'x')));
  const Report report = verified(archive);
  EXPECT_THAT(report.findings(), finds("damaged"));
}

TEST(VerifyArchive, AnotherKeyIsAFinding) {
  SmallArchive archive(3);
  SmallArchive other(1);
  SmallArchive third(1);
  auto policy = archive.policy();
  policy.log[0].key[0] ^= 1;
  const auto report = verify_archive(archive.folder(), policy);
  ASSERT_TRUE(report);
  EXPECT_THAT(report->findings(), finds("signature"));
}

TEST(VerifyArchive, AnotherOriginIsAFinding) {
  SmallArchive archive(3);
  auto policy = archive.policy();
  policy.origin = "other.example/log";
  EXPECT_THAT(verify_archive(archive.folder(), policy)->findings(), finds("origin"));
}

struct Tampering {
  const char* what;
  const char* sql;
  const char* code;
  std::optional<std::uint64_t> entry;
};

class TamperedLedger : public ::testing::TestWithParam<Tampering> {};

TEST_P(TamperedLedger, IsFoundAndNamed) {
  SmallArchive archive(299);
  archive.tamper(archive.ledger_db(), GetParam().sql);
  const Report report = verified(archive);
  EXPECT_EQ(report.answer(), Answer::kFailed);
  if (GetParam().entry)
    EXPECT_THAT(report.findings(), finds_at(GetParam().code, *GetParam().entry)) << to_text(report);
  else
    EXPECT_THAT(report.findings(), finds(GetParam().code)) << to_text(report);
}

INSTANTIATE_TEST_SUITE_P(
    VerifyArchive, TamperedLedger,
    ::testing::Values(
        Tampering{"time", "UPDATE entry SET time = time + 1 WHERE seq = 7", "tile", 7},
        Tampering{"kind", "UPDATE entry SET kind = 'decision' WHERE seq = 7", "chain", 7},
        Tampering{"root", "UPDATE entry SET root = zeroblob(32) WHERE seq = 7", "chain", 6},
        Tampering{"commitment", "UPDATE entry SET commitment = zeroblob(32) WHERE seq = 7", "commitment", 7},
        Tampering{"last", "UPDATE entry SET time = time + 1 WHERE seq = 299", "checkpoint", 299},
        Tampering{"badkind", "UPDATE entry SET kind = 'Capture' WHERE seq = 7", "grammar", 7},
        Tampering{"genesis", "UPDATE entry SET kind = 'genesis' WHERE seq = 7", "genesis", 7},
        Tampering{"backwards", "UPDATE entry SET time = time - 1000 WHERE seq = 7", "time", 7},
        Tampering{"far", "UPDATE entry SET time = 9223372036854775807 WHERE seq = 7", "grammar", 7},
        Tampering{"gap", "DELETE FROM entry WHERE seq = 7", "gap", 7},
        Tampering{"end",
                  "DELETE FROM entry WHERE seq > 290; DELETE FROM body WHERE seq > 290",
                  "missing-entries",
                  {}},
        Tampering{
            "cutoff",
            "DELETE FROM entry WHERE seq > 290; DELETE FROM body WHERE seq > 290; DELETE FROM checkpoint",
            "missing-entries",
            {}},
        Tampering{"nobody", "DELETE FROM body WHERE seq = 7", "missing-body", 7},
        Tampering{"body", "UPDATE body SET sealed = zeroblob(100) WHERE seq = 7", "body", 7},
        Tampering{"swapped", "UPDATE body SET sealed = (SELECT sealed FROM body WHERE seq = 8) WHERE seq = 7",
                  "body", 7},
        Tampering{"straybody", "INSERT INTO body VALUES (1000, x'00')", "stray-body", {}},
        Tampering{"tilehash", "UPDATE tile SET hashes = zeroblob(8192)", "tile", 7},
        Tampering{"tileroot", "UPDATE tile SET root = zeroblob(32)", "tile", {}},
        Tampering{"notile", "DELETE FROM tile", "missing-tile", {}},
        Tampering{
            "straytile", "INSERT INTO tile VALUES (3, 9, zeroblob(32), zeroblob(8192))", "stray-tile", {}},
        Tampering{
            "lowtile", "INSERT INTO tile VALUES (-3, 9, zeroblob(32), zeroblob(8192))", "stray-tile", {}},
        Tampering{"note", "UPDATE checkpoint SET note = replace(note, char(10), ' ')", "checkpoint", {}},
        Tampering{"size", "UPDATE checkpoint SET size = 100", "checkpoint", {}},
        Tampering{"zero", "INSERT INTO checkpoint VALUES (0, 'x')", "checkpoint", {}},
        Tampering{"origin", "UPDATE archive SET origin = 'other.example/log'", "origin", {}},
        Tampering{"schema", "UPDATE archive SET schema = 'x'", "schema", {}},
        Tampering{"noname", "DELETE FROM archive", "identity", {}},
        Tampering{"table", "CREATE TABLE notes(x)", "schema", {}},
        Tampering{"view", "CREATE VIEW entries AS SELECT * FROM entry", "schema", {}},
        Tampering{"index", "CREATE INDEX kinds ON entry(kind)", "schema", {}},
        Tampering{"trigger", "CREATE TRIGGER t BEFORE INSERT ON body BEGIN SELECT 1; END", "schema", {}},
        Tampering{"dropped", "DROP TABLE tile; CREATE TABLE tile(level, idx, root, hashes);", "schema", {}},
        Tampering{"id", "PRAGMA application_id = 7", "not-an-archive", {}}),
    [](const auto& tried) { return tried.param.what; });

TEST(VerifyArchive, ADroppedTriggerIsAFinding) {
  SmallArchive archive(3);
  auto database = db::Database::open(archive.ledger_db(), db::Open::kWrite);
  ASSERT_TRUE(database->execute("DROP TRIGGER entry_stays"));
  const Report report = verified(archive);
  EXPECT_THAT(report.findings(), SizeIs(1));
  EXPECT_THAT(report.findings(), finds("schema"));
}

TEST(VerifyArchive, ALaterVersionCannotBeChecked) {
  SmallArchive archive(3);
  archive.tamper(archive.ledger_db(), "PRAGMA user_version = 2");
  EXPECT_EQ(verified(archive).answer(), Answer::kCouldNotCheck);
}

TEST(VerifyArchive, AMissingSecretIsAFinding) {
  SmallArchive archive(3);
  archive.tamper(archive.keys_db(), "DELETE FROM secret WHERE seq = 2");
  for (const bool deep : {false, true})
    EXPECT_THAT(verified(archive, deep).findings(), finds_at("missing-secret", 2));
}

TEST(VerifyArchive, AnOrphanSecretIsOnlyRemarkedOn) {
  SmallArchive archive(3);
  archive.tamper(archive.keys_db(), "INSERT INTO secret VALUES (1000, zeroblob(32))");
  const Report report = verified(archive);
  EXPECT_EQ(report.answer(), Answer::kVerified) << to_text(report);
  EXPECT_THAT(report.remarks(), Contains(HasSubstr("1 secrets in keys.db belong to no entry")));
}

TEST(VerifyArchive, ADisposalAccountsForWhatIsGone) {
  SmallArchive archive(9);
  records::BodyBuilder disposal;
  disposal.add("seqs", "2 4-6");
  ASSERT_TRUE(archive.ledger().appender().append({"disposal", std::move(disposal).build()}));
  archive.ledger().sign();
  const Report before = verified(archive);
  EXPECT_THAT(before.findings(), finds_at("undisposed-body", 5));
  EXPECT_THAT(before.findings(), finds_at("undisposed-secret", 2));
  archive.tamper(archive.ledger_db(), "DELETE FROM body WHERE seq IN (2, 4, 5, 6)");
  archive.tamper(archive.keys_db(), "DELETE FROM secret WHERE seq IN (2, 4, 5, 6)");
  const Report after = verified(archive);
  EXPECT_EQ(after.answer(), Answer::kVerified) << to_text(after);
  archive.tamper(archive.ledger_db(), "DELETE FROM body WHERE seq = 7");
  EXPECT_THAT(verified(archive).findings(), finds_at("missing-body", 7));
}

TEST(VerifyArchive, ADisposalThatWasNotSignedExcusesNothing) {
  SmallArchive archive(9);
  records::BodyBuilder disposal;
  disposal.add("seqs", "2");
  const auto appended = archive.ledger().appender().append({"disposal", std::move(disposal).build()});
  ASSERT_TRUE(appended);
  archive.tamper(archive.ledger_db(), "DELETE FROM body WHERE seq = 2");
  archive.tamper(archive.keys_db(), "DELETE FROM secret WHERE seq = 2");
  EXPECT_THAT(verified(archive).findings(), finds_at("disposal", appended->before.size));
  archive.ledger().sign();
  EXPECT_EQ(verified(archive).answer(), Answer::kVerified);
}

TEST(VerifyArchive, APageWhoseItemIsGoneIsOnlyRemarkedOn) {
  SmallArchive archive(1);
  archive.append_page(3);  // exchange 2, items 3, 4, 5
  records::BodyBuilder disposal;
  disposal.add("seqs", "4");
  ASSERT_TRUE(archive.ledger().appender().append({"disposal", std::move(disposal).build()}));
  archive.ledger().sign();
  archive.tamper(archive.ledger_db(), "DELETE FROM body WHERE seq = 4");
  archive.tamper(archive.keys_db(), "DELETE FROM secret WHERE seq = 4");
  const Report report = verified(archive);
  EXPECT_EQ(report.answer(), Answer::kVerified) << to_text(report);
  EXPECT_THAT(report.remarks(), Contains(HasSubstr("1 received pages can no longer be put together")));
}

TEST(VerifyArchive, APageThatDoesNotMatchItsHashIsAFinding) {
  SmallArchive archive(1);
  records::BodyBuilder body;
  body.add("frame", "[]").add("payload.sha256", std::string(64, '0'));
  ASSERT_TRUE(archive.ledger().appender().append({"exchange", std::move(body).build()}));
  EXPECT_THAT(verified(archive).findings(), finds_at("page", 2));
}

TEST(VerifyArchive, ALockedLedgerIsReadAllTheSame) {
  SmallArchive archive(3);
  auto writer = db::Database::open(archive.ledger_db(), db::Open::kWrite);
  auto transaction = db::Transaction::begin(*writer);
  ASSERT_TRUE(transaction);
  EXPECT_EQ(verified(archive).answer(), Answer::kVerified);
}

TEST(VerifyCheckpoints, TheEntriesProveThatTheNewerExtendsTheOlder) {
  SmallArchive archive(5);
  const std::string older = *archive.ledger().reader().checkpoint();
  archive.ledger().append(7);
  const std::string newer = archive.ledger().sign();
  const auto policy = archive.policy();
  EXPECT_EQ(verify_checkpoints(older, newer, policy, archive.folder())->answer(), Answer::kVerified);
  EXPECT_EQ(verify_checkpoints(older, newer, policy, std::nullopt)->answer(), Answer::kCouldNotCheck);
  EXPECT_EQ(verify_checkpoints(newer, newer, policy, std::nullopt)->answer(), Answer::kVerified);
  EXPECT_EQ(verify_checkpoints(newer, older, policy, archive.folder())->answer(), Answer::kFailed);
  EXPECT_EQ(verify_checkpoints("x\n\n", newer, policy, std::nullopt)->answer(), Answer::kFailed);
  archive.tamper(archive.ledger_db(), "UPDATE entry SET time = time + 1 WHERE seq = 8");
  const auto changed = verify_checkpoints(older, newer, policy, archive.folder());
  ASSERT_THAT(changed->findings(), SizeIs(1));
  EXPECT_THAT(changed->findings()[0].words, HasSubstr("the newer checkpoint was signed over other entries"));
  archive.tamper(archive.ledger_db(), "DELETE FROM entry WHERE seq > 8");
  EXPECT_EQ(verify_checkpoints(older, newer, policy, archive.folder())->answer(), Answer::kCouldNotCheck);
}

}  // namespace
}  // namespace muniment::verify
