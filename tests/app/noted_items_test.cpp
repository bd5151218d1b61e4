#include "app/noted_items.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace muniment::app {
namespace {

collect::Known of(ledger::Seq version, ledger::Seq raw) {
  return {.version = version, .raw = raw};
}

TEST(NotedItems, TheLastNoteOfAKeyIsTheOneThatIsFound) {
  NotedItems notes;
  notes.add(7, of(1, 1));
  notes.add(8, of(2, 2));
  notes.add(7, of(1, 3));
  ASSERT_NE(notes.find(7), nullptr);
  EXPECT_EQ(notes.find(7)->raw, 3U);
  EXPECT_EQ(notes.find(8)->version, 2U);
  EXPECT_EQ(notes.find(9), nullptr);
}

TEST(NotedItems, KeysWhoseLastBitsAreTheSameAreToldApart) {
  NotedItems notes;
  for (std::int64_t i = -5; i <= 5; ++i) notes.add(i << 32, of(static_cast<ledger::Seq>(i + 5), 0));
  for (std::int64_t i = -5; i <= 5; ++i) {
    ASSERT_NE(notes.find(i << 32), nullptr);
    EXPECT_EQ(notes.find(i << 32)->version, static_cast<ledger::Seq>(i + 5));
  }
  EXPECT_EQ(notes.find(std::int64_t{6} << 32), nullptr);
}

TEST(NotedItems, ANoteIsKeptAsLongAsOneOfItsEntriesIsNeeded) {
  NotedItems notes;
  notes.add(1, of(10, 10));
  notes.add(2, of(10, 30));
  notes.add(3, of(20, 20));
  notes.forget_before(20);
  EXPECT_EQ(notes.find(1), nullptr);
  EXPECT_NE(notes.find(2), nullptr);
  EXPECT_NE(notes.find(3), nullptr);
}

TEST(NotedItems, AReplacedNoteDoesNotComeBackWhenTheNewerOneIsForgotten) {
  NotedItems notes;
  notes.add(1, of(50, 50));
  notes.add(1, of(10, 10));
  notes.forget_before(20);
  EXPECT_EQ(notes.find(1), nullptr);
  EXPECT_EQ(notes.size(), 0U);
}

TEST(NotedItems, AnswersAreThoseOfAMapWhateverIsAddedAndForgotten) {
  std::mt19937_64 random(11);
  NotedItems notes;
  std::map<std::int64_t, collect::Known> expected;
  for (ledger::Seq seq = 0; seq < 20'000; ++seq) {
    const auto key = static_cast<std::int64_t>(random() % 3'000) << (random() % 2 * 30);
    const auto known = of(seq, seq + random() % 100);
    notes.add(key, known);
    expected[key] = known;
    if (random() % 3'000 != 0) continue;
    const auto position = seq - std::min<ledger::Seq>(seq, random() % 2'000);
    notes.forget_before(position);
    std::erase_if(expected,
                  [&](const auto& e) { return e.second.version < position && e.second.raw < position; });
  }
  std::size_t found = 0;
  for (const auto& [key, known] : expected) {
    const auto* note = notes.find(key);
    ASSERT_NE(note, nullptr);
    EXPECT_EQ(note->version, known.version);
    EXPECT_EQ(note->raw, known.raw);
    ++found;
  }
  EXPECT_GT(found, 500U);
  notes.clear();
  EXPECT_EQ(notes.size(), 0U);
  for (const auto& [key, known] : expected) EXPECT_EQ(notes.find(key), nullptr);
}

}  // namespace
}  // namespace muniment::app
