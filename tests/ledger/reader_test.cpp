#include "ledger/reader.hpp"

#include <gtest/gtest.h>

#include "ledger/tree.hpp"
#include "support/small_ledger.hpp"

namespace muniment::ledger {
namespace {

using support::SmallLedger;

TEST(Reader, ProvesEveryEntryOfALedgerThatSpansTiles) {
  SmallLedger ledger(700);
  auto& reader = ledger.reader();
  std::vector<base::Hash> leaves;
  for (Seq seq = 0; seq < 700; ++seq) leaves.push_back(*reader.leaf(seq));
  const Prover plain([&](unsigned height, std::uint64_t index) -> Result<base::Hash> {
    const std::size_t width = std::size_t{1} << height;
    return tree_hash(std::span(leaves).subspan(index * width, width));
  });
  auto expected = plain;
  for (const Seq size : {1U, 255U, 256U, 257U, 512U, 699U, 700U}) {
    EXPECT_EQ(*reader.root(size), tree_hash(std::span(leaves).first(size)));
    for (Seq seq = 0; seq < size; seq += 37)
      EXPECT_EQ(*reader.inclusion(seq, size), *expected.inclusion(seq, size));
    EXPECT_EQ(*reader.consistency(size, 700), *expected.consistency(size, 700));
  }
}

TEST(Reader, SaysWhenThereIsNoSuchEntry) {
  SmallLedger ledger(2);
  EXPECT_EQ(ledger.reader().entry(2).error().code, Code::kNotFound);
}

TEST(Reader, SaysWhenTheContentIsGoneAndTheEntryStays) {
  SmallLedger ledger(3);
  {
    auto keys = db::Database::open(ledger.files().keys, db::Open::kWrite);
    ASSERT_TRUE(keys && keys->execute("DELETE FROM secret WHERE seq = 1"));
  }
  EXPECT_EQ(ledger.reader().body(1).error().code, Code::kNotFound);
  EXPECT_TRUE(ledger.reader().entry(1));
  int bodies = 0;
  ASSERT_TRUE(ledger.reader().each(0, 3, [&](const Entry&, const records::Body* body) {
    bodies += body != nullptr;
    return true;
  }));
  EXPECT_EQ(bodies, 2);
}

TEST(Reader, NoticesAnotherProcessesEntries) {
  SmallLedger ledger(2);
  auto other = ledger.open();
  Reader reader(*other);
  EXPECT_EQ(reader.head()->size, 2U);
  ledger.append(6000);
  EXPECT_EQ(reader.head()->size, 6002U);
  EXPECT_EQ(reader.head()->root, ledger.reader().head()->root);
}

}  // namespace
}  // namespace muniment::ledger
