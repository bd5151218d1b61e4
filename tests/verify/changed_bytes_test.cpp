// Every byte of a bundle and of a ledger changed in several ways: what alters meaning must be found.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <map>

#include "base/sha256.hpp"
#include "support/small_archive.hpp"
#include "verify/archive.hpp"
#include "verify/bundle.hpp"
#include "verify/json.hpp"

namespace muniment::verify {
namespace {

constexpr unsigned char kChanges[] = {0x01, 0x20, 0x80};

TEST(ChangedBytes, NoChangedBundleIsVerifiedUnlessItSaysTheSame) {
  const std::filesystem::path folder = std::filesystem::path(MUNIMENT_SOURCE_DIR) / "tests" / "vectors";
  const auto policy = read_policy(folder / "policy.json");
  ASSERT_TRUE(policy);
  const std::string sound = support::contents(folder / "bundle.json");
  const auto meaning = parse_json(sound);
  int tried = 0;
  int found = 0;
  int same = 0;
  std::string changed = sound;
  for (std::size_t i = 0; i < sound.size(); ++i)
    for (const auto change : kChanges) {
      changed[i] = static_cast<char>(static_cast<unsigned char>(sound[i]) ^ change);
      Report report;
      check_bundle_json(changed, *policy, report);
      ++tried;
      if (report.answer() != Answer::kVerified) {
        ++found;
      } else {
        // White space for white space, or another spelling of one character: the same document.
        const auto still = parse_json(changed);
        EXPECT_TRUE(still && *still == *meaning) << "byte " << i << " changed by " << int{change};
        ++same;
      }
      changed[i] = sound[i];
    }
  std::printf("bundle.json, %zu bytes: %d changes tried, %d found, %d leave the document the same\n",
              sound.size(), tried, found, same);
  EXPECT_EQ(tried, found + same);
  EXPECT_GT(found, tried * 9 / 10);
}

// All rows of all tables with the types they are stored in; empty when the file cannot be read.
std::string everything_in(const std::filesystem::path& file) {
  auto database = db::Database::open(file, db::Open::kRead);
  if (!database) return {};
  std::string out;
  for (const auto* sql :
       {"SELECT type, name, tbl_name, sql, typeof(sql), '' FROM sqlite_master ORDER BY rowid",
        "SELECT id, origin, schema, typeof(id) || typeof(origin) || typeof(schema), '', '' FROM archive",
        "SELECT seq, time, kind, hex(root), hex(commitment), typeof(time) || typeof(kind) || typeof(root) || "
        "typeof(commitment) FROM entry ORDER BY seq",
        "SELECT seq, hex(sealed), typeof(sealed), '', '', '' FROM body ORDER BY seq",
        "SELECT level, idx, hex(root), hex(hashes), typeof(root) || typeof(hashes), '' FROM tile ORDER BY "
        "level, idx",
        "SELECT size, note, typeof(note), '', '', '' FROM checkpoint ORDER BY size"}) {
    auto rows = database->prepare(sql);
    if (!rows) return {};
    for (;;) {
      const auto row = rows->step();
      if (!row) return {};
      if (!*row) break;
      for (int column = 0; column < 6; ++column) out += std::string(rows->text(column)) + '\x1f';
      out += '\n';
    }
  }
  for (const auto* sql : {"PRAGMA application_id", "PRAGMA user_version"}) {
    const auto value = database->integer(sql);
    out += value ? std::to_string(*value) : "?";
  }
  return out;
}

// Why a change at this place of the file alters nothing that is stored.
std::string reason(const std::string& file, std::size_t at) {
  if (at < 100) {
    if (at == 18 || at == 19) return "header: read and write version, which ask for a journal mode";
    if (at >= 24 && at < 28) return "header: counter of changes to the file";
    if (at >= 28 && at < 32) return "header: size of the file in pages, read only when the counters agree";
    if (at >= 40 && at < 44) return "header: counter of changes to the schema";
    if (at >= 44 && at < 48) return "header: schema format; formats 1 to 4 read the same rows";
    if (at >= 48 && at < 52) return "header: cache size that is asked for";
    if (at >= 52 && at < 56) return "header: largest root page, read only for vacuuming";
    if (at >= 56 && at < 60) return "header: text encoding, its upper bits";
    if (at >= 64 && at < 68) return "header: incremental vacuum, read only when rows are removed";
    if (at >= 72 && at < 92) return "header: reserved for expansion";
    if (at >= 92) return "header: versions of the library that wrote last";
    return "header: other";
  }
  const auto byte = [&](std::size_t i) { return std::size_t{static_cast<unsigned char>(file[i])}; };
  const std::size_t size = byte(16) << 8 | byte(17);
  const std::size_t page = at / size * size;
  const std::size_t head = page == 0 ? 100 : page;
  const std::size_t cells = byte(head + 3) << 8 | byte(head + 4);
  const std::size_t first = head + (byte(head) <= 5 ? 12 : 8);
  const std::size_t content = page + (byte(head + 5) << 8 | byte(head + 6));
  if (at >= first + 2 * cells && at < content) return "unused space between the list of cells and the cells";
  if (at < first) return "page header: unused space, read only when rows are added";
  return at < first + 2 * cells ? "list of cells"
                                : "cells: unused space or another spelling of the same number";
}

void flip(const std::filesystem::path& file, std::size_t at, char byte) {
  std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
  out.seekp(static_cast<std::streamoff>(at));
  out.put(byte);
}

TEST(ChangedBytes, NoChangedLedgerIsVerifiedUnlessItHoldsTheSame) {
  support::SmallArchive archive(3);
  const auto policy = archive.policy();
  const auto check = [&] { return verify_archive(archive.folder(), policy, {true, 1})->answer(); };
  ASSERT_EQ(check(), Answer::kVerified);
  ASSERT_FALSE(std::filesystem::exists(archive.folder() / "ledger.db-wal") &&
               std::filesystem::file_size(archive.folder() / "ledger.db-wal") > 0);
  const std::string sound = support::contents(archive.ledger_db());
  const std::string meaning = everything_in(archive.ledger_db());
  ASSERT_FALSE(meaning.empty());
  int tried = 0;
  int found = 0;
  std::map<std::string, int> benign;
  for (std::size_t i = 0; i < sound.size(); ++i) {
    // Pages are mostly empty space between the list of cells and the cells: there one byte in 61 is enough.
    const std::string place = reason(sound, i);
    if (place.starts_with("unused space") && i % 61 != 0) continue;
    const bool structure = !place.starts_with("cells") && !place.starts_with("unused space");
    for (unsigned kind = 0; kind < 3; ++kind) {
      // Each byte of content in one of the three ways, each byte of structure in all.
      if (!structure && i % 3 != kind) continue;
      constexpr unsigned kWays[] = {0x01, 0x80, 0xFF};
      const unsigned change = kWays[kind];
      flip(archive.ledger_db(), i, static_cast<char>(static_cast<unsigned char>(sound[i]) ^ change));
      ++tried;
      if (check() != Answer::kVerified) {
        ++found;
      } else {
        EXPECT_TRUE(everything_in(archive.ledger_db()) == meaning)
            << "byte " << i << " changed by " << change;
        ++benign[reason(sound, i)];
      }
      flip(archive.ledger_db(), i, sound[i]);
    }
  }
  std::printf("ledger.db, %zu bytes: %d changes tried, %d found; the others leave every row as it was:\n",
              sound.size(), tried, found);
  for (const auto& [why, count] : benign) std::printf("  %6d  %s\n", count, why.c_str());
  EXPECT_EQ(check(), Answer::kVerified);
}

}  // namespace
}  // namespace muniment::verify
