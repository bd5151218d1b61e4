#include "ledger/disposals.hpp"

#include <gmock/gmock.h>

#include "records/body.hpp"
#include "support/small_ledger.hpp"

namespace muniment::ledger {
namespace {

using testing::HasSubstr;

class DisposalsTest : public testing::Test {
 protected:
  void dispose(const std::string& seqs) {
    records::BodyBuilder body;
    body.add("seqs", seqs);
    ASSERT_TRUE(town.appender().append({"disposal", body.build()}));
  }
  support::SmallLedger town{9};
};

TEST_F(DisposalsTest, NamesNumbersAndRangesOfEveryDisposal) {
  dispose("2 4-6");
  dispose("8");
  const auto disposals = Disposals::read(town.reader());
  ASSERT_TRUE(disposals);
  for (const Seq seq : {2U, 4U, 5U, 6U, 8U}) EXPECT_TRUE(disposals->name(seq)) << seq;
  for (const Seq seq : {0U, 1U, 3U, 7U, 9U}) EXPECT_FALSE(disposals->name(seq)) << seq;
}

TEST_F(DisposalsTest, AListThatIsNoneIsCorrupt) {
  for (const auto* list : {"2,3", "x", "3-", "-3", "4 - 5"}) {
    support::SmallLedger other(9);
    records::BodyBuilder body;
    body.add("seqs", list);
    ASSERT_TRUE(other.appender().append({"disposal", body.build()}));
    EXPECT_EQ(Disposals::read(other.reader()).error().code, Code::kCorrupt) << list;
  }
}

TEST_F(DisposalsTest, WhatNobodyDisposedOfIsNotCalledSo) {
  dispose("2");
  EXPECT_EQ(missing_words(town.reader(), 2, "nothing was recorded").code, Code::kNotFound);
  const auto lost = missing_words(town.reader(), 3, "nothing was recorded");
  EXPECT_EQ(lost.code, Code::kCorrupt);
  EXPECT_THAT(lost.what, HasSubstr("nobody disposed of them; nothing was recorded"));
  EXPECT_THAT(lost.hint, HasSubstr("do not say that they are no longer held"));
}

}  // namespace
}  // namespace muniment::ledger
