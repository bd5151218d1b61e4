#include "sources/x_retold.hpp"

#include <gtest/gtest.h>

#include <random>

namespace muniment::sources {
namespace {

records::Interaction post(const std::string& text) {
  records::Interaction item;
  item.platform = "x";
  item.id = "40";
  item.type = "post";
  item.text = text;
  return item;
}

// The first tells less than the second, whichever of them came first.
void expect_less(const records::Interaction& less, const records::Interaction& more) {
  EXPECT_EQ(x_retold(less, more), Retold::kLess) << less.text << "\n" << more.text;
  EXPECT_EQ(x_retold(more, less), Retold::kMore) << less.text << "\n" << more.text;
}

TEST(XRetold, KnowsATextThatWasCutShort) {
  const auto whole = post("The quay is closed tomorrow from noon https://t.co/a");
  for (const auto* cut : {"The quay is closed tom\u2026", "The quay is closed tomorrow \u2026 https://t.co/b",
                          "The quay is closed\u2026 https://x.com/i/web/status/40"})
    expect_less(post(cut), whole);
}

TEST(XRetold, KnowsAddressesThatAreShortenedOrLeftOut) {
  EXPECT_EQ(x_retold(post("See https://t.co/a now"), post("See https://town.example/quay now")),
            Retold::kSame);
  EXPECT_EQ(x_retold(post("See it"), post("See it https://t.co/p https://t.co/q")), Retold::kSame);
  EXPECT_EQ(x_retold(post("See https://town.example/a"), post("See https://town.example/b")), Retold::kNo);
}

TEST(XRetold, KnowsARepostWithAndWithoutWhoseItIsBeforeIt) {
  auto archived = post("RT @jo_b: The quay is closed tom\u2026");
  auto whole = post("The quay is closed tomorrow from noon");
  archived.type = whole.type = "repost";
  whole.repost_of = "39";
  expect_less(archived, whole);
  archived.text = "RT @jo_b: The quay is closed tomorrow from noon";
  expect_less(archived, whole);
}

TEST(XRetold, KnowsAPollWhoseOptionsAreNotTold) {
  expect_less(post("A bridge?"), post("A bridge?\n- Yes\n- No"));
}

TEST(XRetold, CountsPicturesAndFieldsWhereTheWordsAreTheSame) {
  auto with_picture = post("Mind the quay.");
  with_picture.media.push_back({"https://pbs.example/1.jpg", "photo", ""});
  auto with_thread = post("Mind the quay.");
  with_thread.thread = "39";
  with_thread.author.handle = "town";
  expect_less(post("Mind the quay."), with_thread);
  expect_less(with_thread, with_picture);
  auto renamed = with_thread;
  renamed.author.handle = "town_desk";
  EXPECT_EQ(x_retold(renamed, with_thread), Retold::kSame);
}

TEST(XRetold, TakesOtherWordsForOtherWords) {
  EXPECT_EQ(x_retold(post("It is safe."), post("It is not safe.")), Retold::kNo);
  EXPECT_EQ(x_retold(post("It is safe."), post("It is safe. Not for dogs.")), Retold::kNo);
  EXPECT_EQ(x_retold(post("It is sure\u2026"), post("It is safe today.")), Retold::kNo);
  auto edited = post("It is safe");
  edited.revision = edited.local = "41";
  EXPECT_EQ(x_retold(post("It is sa\u2026"), edited), Retold::kNo) << "X says that it was edited";
  auto answer = post("It is safe"), other = post("It is safe");
  answer.reply_to = "1";
  other.reply_to = "2";
  EXPECT_EQ(x_retold(answer, other), Retold::kNo);
  auto elsewhere = post("It is safe");
  elsewhere.platform = "mastodon";
  EXPECT_EQ(x_retold(elsewhere, elsewhere), Retold::kNo);
}

TEST(XRetold, TheCommonWordsTellNoTwoTellingsOfOnePostApart) {
  constexpr const char* kPieces[] = {
      "quay", "the",    "closed",         "quay\u2026", "\u2026",    "\n- a", "\n- no",
      "RT",   "@jo_b:", "https://t.co/a", "-",          "clo\u2026", "x",     "https://town.example/q"};
  std::mt19937 dice(7);
  std::size_t same = 0;
  for (int round = 0; round < 200'000; ++round) {
    records::Interaction items[2];
    for (auto& item : items) {
      std::string text;
      for (auto words = dice() % 5; words > 0; --words)
        text.append(text.empty() ? "" : " ").append(kPieces[dice() % std::size(kPieces)]);
      item = post(text);
      if (dice() % 4 == 0) item.type = "repost";
    }
    if (x_retold(items[0], items[1]) == Retold::kNo) continue;
    std::string common[2];
    const bool whole = append_common_words(common[0], items[0]) && append_common_words(common[1], items[1]);
    if (whole) EXPECT_EQ(common[0], common[1]) << items[0].text << "\n" << items[1].text;
    same += whole && items[0].text != items[1].text ? 1U : 0U;
  }
  EXPECT_GT(same, 1000U) << "else nothing was tried";
}

}  // namespace
}  // namespace muniment::sources
