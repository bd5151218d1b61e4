#include "foi/doubts.hpp"

#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using support::has;
using support::ReleaseDesk;

TEST(Doubts, SeeANameThatSomebodyWroteSmall) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "t_a", "Tobias Achterberg", "Good morning."));
  desk.add(desk.post("2", "ben", "Ben", "cheers tobias, you rock"));
  desk.add(desk.post("3", "cat", "Cat", "ask achterberg about his leg"));
  desk.add(desk.post("4", "dan", "Dan", "ask somebody else"));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_TRUE(has(plan.doubtful, 2, "text"));
  EXPECT_TRUE(has(plan.doubtful, 3, "text"));
  EXPECT_FALSE(has(plan.doubtful, 4, "text"));
}

TEST(Doubts, SeeTheSurnameOfALongNameHoweverOftenItIsSaid) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "t_a", "Dr Tobias J. Achterberg", "Good morning."));
  for (int i = 2; i < 9; ++i)
    desk.add(
        desk.post(std::to_string(i), "ben", "Ben", "Mr Achterberg is right, number " + std::to_string(i)));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  for (ledger::Seq seq = 2; seq < 9; ++seq) EXPECT_TRUE(has(plan.doubtful, seq, "text")) << seq;
}

TEST(Doubts, SeeTheSurnameInAWithheldSentenceThoughManySayIt) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ann", "Ann", "Yesterday Tobias Achterberg kicked my dog again."));
  for (int i = 2; i < 9; ++i)
    desk.add(desk.post(std::to_string(i), "ben", "Ben",
                       "Ask Achterberg, say I for the time " + std::to_string(i)));
  Request typed;
  typed.redact = {"1:text:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  for (ledger::Seq seq = 2; seq < 9; ++seq) EXPECT_TRUE(has(plan.doubtful, seq, "text")) << seq;
}

TEST(Doubts, SeeANameInsideALongerWord) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "t_a", "Tobias Achterberg", "Good morning."));
  auto post = desk.post("2", "ben", "Ben", "We want #JusticeForTobiasAchterberg now.");
  post.tags = {"JusticeForTobiasAchterberg"};
  desk.add(post);
  desk.add(desk.post("3", "cat", "Cat", "So says @tobias_achterberg84 and @tobiasächterberg84."));
  desk.add(desk.post("4", "dan", "Dan", "We want #JusticeForTobias now."));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  for (const auto* name : {"text", "tags"}) EXPECT_TRUE(has(plan.doubtful, 2, name)) << name;
  EXPECT_TRUE(has(plan.doubtful, 3, "text"));
  EXPECT_TRUE(has(plan.doubtful, 4, "text")) << "one of its words says it, too";
}

TEST(Doubts, SeeASurnameInsideALongerWordAndItsPlural) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "p", "Primrose Quillfeather", "Good morning."));
  desk.add(desk.post("2", "ben", "Ben", "All Quillfeathers are alike."));
  desk.add(desk.post("3", "pquillfeather", "Cat", "Good evening."));
  desk.add(desk.post("4", "dan", "Dan", "Mrs Quillfeather’s dog."));
  desk.add(desk.post("5", "eve", "Eve", "ᴀsᴋ ǫᴜɪʟʟғᴇᴀᴛʜᴇʀ"));
  desk.add(desk.post("6", "fay", "Fay", "A quill and a feather."));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_TRUE(has(plan.doubtful, 2, "text"));
  EXPECT_TRUE(has(plan.doubtful, 3, "author.handle"));
  EXPECT_TRUE(has(plan.doubtful, 4, "text"));
  EXPECT_TRUE(has(plan.doubtful, 5, "text"));
  EXPECT_FALSE(has(plan.doubtful, 6, "text"));
}

TEST(Doubts, SeeThePluralOfAShortName) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "p", "Ana Voss", "Good morning."));
  desk.add(desk.post("2", "ben", "Ben", "The Vosses moved."));
  desk.add(desk.post("3", "cat", "Cat", "The vossing moved."));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_TRUE(has(plan.doubtful, 2, "text"));
  EXPECT_FALSE(has(plan.doubtful, 3, "text"));
}

TEST(Doubts, SeeADateInAnotherNotation) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ann", "Ann", "I was born on 12/06/1980, and nobody helps."));
  const std::vector<std::string> same = {"Ann, of June 12th, 1980.", "Ann, 1980-06-12",
                                         "born 12th of June 1980", "12.6.80 she says", "Jun 12 1980"};
  const std::vector<std::string> other = {"It opened in June 1980.", "12/07/1980", "on 12 June 1981",
                                          "12 June, he says: 1980"};
  for (std::size_t i = 0; i < same.size(); ++i)
    desk.add(desk.post("s" + std::to_string(i), "ben", "Ben", same[i]));
  for (std::size_t i = 0; i < other.size(); ++i)
    desk.add(desk.post("o" + std::to_string(i), "ben", "Ben", other[i]));
  Request typed;
  typed.redact = {"1:text:words=\"12/06/1980\"=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  for (std::size_t i = 0; i < same.size(); ++i) EXPECT_TRUE(has(plan.doubtful, 2 + i, "text")) << same[i];
  for (std::size_t i = 0; i < other.size(); ++i)
    EXPECT_FALSE(has(plan.doubtful, 2 + same.size() + i, "text")) << other[i];
}

TEST(Doubts, SeeAShortNumberThatIsWithheldAlone) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ann", "Ann", "I am 47 and alone. Did I say that I am 47?"));
  desk.add(desk.post("2", "ben", "Ben", "Ann, you are not 47!"));
  desk.add(desk.post("3", "cat", "Cat", "Number 470, and 48."));
  Request typed;
  typed.redact = {"1:text:words=\"47\"=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_TRUE(has(plan.doubtful, 2, "text"));
  EXPECT_FALSE(has(plan.doubtful, 3, "text"));
}

TEST(Doubts, SeeANameInAScriptWithoutSpaces) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "a", "A", "我叫李小龙住在北京路十二号患有糖尿病请尽快回复"));
  auto answer = desk.post("2", "b", "B", "李小龙先生我们已经收到您的来信");
  answer.tags = {"糖尿病"};
  desk.add(answer);
  desk.add(desk.post("3", "c", "C", "今天天气很好"));
  Request typed;
  typed.redact = {"1:text:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_TRUE(has(plan.doubtful, 2, "text"));
  EXPECT_TRUE(support::field(plan, 2, "tags").shows_nothing()) << "what no text shows is withheld there";
  EXPECT_FALSE(has(plan.doubtful, 3, "text"));
}

TEST(Doubts, LeaveWordsAloneThatAreNoNames) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "wy", "Will Young", "The window frame is rotten."));
  desk.add(desk.post("2", "ben", "Ben", "I will be young for ever, says the window."));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)", "1:text:1-2=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_FALSE(has(plan.doubtful, 2, "text"));
}

}  // namespace
}  // namespace muniment::foi
