#include "ledger/appender.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>
#include <thread>
#include <utility>

#include "support/small_ledger.hpp"

namespace muniment::ledger {
namespace {

using support::small_draft;
using support::SmallLedger;

TEST(Appender, LetsEntriesCiteTheirOwnNumbers) {
  SmallLedger ledger(3);
  const auto done = ledger.appender().append([](const Head& head) -> Result<std::vector<Draft>> {
    records::BodyBuilder body;
    body.add_number("own", head.size);
    return std::vector<Draft>{{"capture", body.build()}};
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(done->before.size, 3U);
  EXPECT_EQ(*records::value_of(*ledger.reader().body(3), "own"), "3");
}

TEST(Appender, HandsBackWhatTheComposerSaysAndWritesNothing) {
  SmallLedger ledger(1);
  const auto refused = ledger.appender().append([](const Head&) -> Result<std::vector<Draft>> {
    return Error{Code::kDenied, "no"};
  });
  EXPECT_EQ(refused.error().code, Code::kDenied);
  const auto nothing = ledger.appender().append(
      [](const Head&) -> Result<std::vector<Draft>> { return std::vector<Draft>{}; });
  ASSERT_TRUE(nothing);
  EXPECT_EQ(nothing->after.size, 1U);
}

TEST(Appender, ComposesAgainWhenAnotherProcessCameFirst) {
  SmallLedger ledger(1);
  auto other = ledger.open();
  Appender rival(*other, ledger.clock, ledger.entropy);
  int calls = 0;
  const auto done = ledger.appender().append([&](const Head& head) -> Result<std::vector<Draft>> {
    if (++calls == 1) EXPECT_TRUE(rival.append(small_draft(50)));
    EXPECT_EQ(head.size, static_cast<Seq>(calls));
    return std::vector<Draft>{small_draft(51)};
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(done->after.size, 3U);
}

TEST(Appender, ThreadsShareCommitsAndLoseNothing) {
  SmallLedger ledger;
  std::vector<std::thread> threads;
  std::array<std::vector<Seq>, 8> places;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 25; ++i) {
        const auto done = ledger.appender().append(small_draft(t * 100 + i));
        ASSERT_TRUE(done) << done.error().what;
        places[static_cast<std::size_t>(t)].push_back(done->before.size);
      }
    });
  for (auto& thread : threads) thread.join();
  std::set<Seq> all;
  for (const auto& mine : places) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), 200U);
  EXPECT_EQ(ledger.reader().head()->size, 200U);
  for (std::size_t t = 0; t < places.size(); ++t)
    for (std::size_t i = 0; i < places[t].size(); ++i) {
      const auto body = ledger.reader().body(places[t][i]);
      ASSERT_TRUE(body);
      EXPECT_EQ(*records::value_of(*body, "author.handle"), "user" + std::to_string(t * 100 + i));
    }
}

// The second group's first caller is refused by its own composing, and then the store makes the group try
// again: a waiter that left at the first sight of an outcome would leave the writing thread with a dead
// caller.
TEST(Appender, ACallerWaitsUntilTheGroupItIsInIsDone) {
  SmallLedger ledger;
  auto other = ledger.open();
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 25; ++i) {
        std::atomic<bool> inside{true};
        bool overtaken = false;
        const auto done = ledger.appender().append([&](const Head&) -> Result<std::vector<Draft>> {
          EXPECT_TRUE(inside) << "composed for a caller that had left";
          if (t % 2 == 1) return Error{Code::kInvalid, "this caller has nothing to write"};
          if (t == 0 && !std::exchange(overtaken, true)) {
            Appender rival(*other, ledger.clock, ledger.entropy);
            EXPECT_TRUE(rival.append(small_draft(9000 + i)));
          }
          return std::vector<Draft>{small_draft(t * 100 + i)};
        });
        inside = false;
        EXPECT_EQ(done.has_value(), t % 2 == 0);
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(ledger.reader().head()->size, 100U + 25U);
}

TEST(Appender, SeveralProcessesAppendAtOnceAndTheChainHolds) {
  SmallLedger ledger(1);
  std::vector<pid_t> children;
  for (int p = 0; p < 4; ++p) {
    const pid_t child = ::fork();
    if (child == 0) {
      auto store = ledger.open();
      support::FakeEntropy entropy(static_cast<std::uint64_t>(p) + 7);
      Appender appender(*store, ledger.clock, entropy);
      bool all = true;
      for (int i = 0; i < 20; ++i) all = appender.append(small_draft(p * 1000 + i)).has_value() && all;
      ::_exit(all ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  auto store = ledger.open();
  Reader reader(*store);
  const auto head = reader.head();
  ASSERT_TRUE(head);
  EXPECT_EQ(head->size, 81U);
  EXPECT_EQ(*reader.root(81), head->root);
  for (Seq seq = 0; seq < 81; ++seq) {
    EXPECT_TRUE(reader.body(seq)) << seq;
    EXPECT_EQ(reader.entry(seq)->root, *reader.root(seq)) << seq;
  }
}

}  // namespace
}  // namespace muniment::ledger
