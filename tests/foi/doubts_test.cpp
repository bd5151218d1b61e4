#include "foi/doubts.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using support::has;

constexpr const char* kFirstAuthor = "1:author.*:*=s40(2)";

// Posts from entry 1 on: of the first something is withheld, and the others may say it.
class Doubts : public testing::Test {
 protected:
  void post(const std::string& handle, const std::string& name, const std::string& text,
            std::vector<std::string> tags = {}) {
    auto item = desk_.post(std::to_string(++posts_), handle, name, text);
    item.tags = std::move(tags);
    desk_.add(item);
  }
  void post(const std::string& text) { post("ben", "Ben", text); }

  // The others whose text is doubted when this is withheld.
  Seqs doubted(std::vector<std::string> redact) {
    Request typed;
    typed.redact = std::move(redact);
    plan = support::plan_of(desk_, typed);
    Seqs out;
    for (ledger::Seq seq = 2; seq <= posts_; ++seq)
      if (has(plan.doubtful, seq, "text")) out.push_back(seq);
    return out;
  }

  Plan plan;

 protected:
  support::ReleaseDesk desk_;
  ledger::Seq posts_ = 0;
};

TEST_F(Doubts, SeeANameThatSomebodyWroteSmall) {
  post("t_a", "Tobias Achterberg", "Good morning.");
  post("cheers tobias, you rock");
  post("ask achterberg about his leg");
  post("ask somebody else");
  EXPECT_EQ(doubted({kFirstAuthor}), (Seqs{2, 3}));
}

TEST_F(Doubts, SeeTheSurnameOfALongNameHoweverOftenItIsSaid) {
  post("t_a", "Dr Tobias J. Achterberg", "Good morning.");
  for (int i = 2; i < 9; ++i) post("Mr Achterberg is right, number " + std::to_string(i));
  EXPECT_EQ(doubted({kFirstAuthor}), (Seqs{2, 3, 4, 5, 6, 7, 8}));
}

TEST_F(Doubts, SeeTheSurnameInAWithheldSentenceThoughManySayIt) {
  post("ann", "Ann", "Yesterday Tobias Achterberg kicked my dog again.");
  for (int i = 2; i < 9; ++i) post("Ask Achterberg, say I for the time " + std::to_string(i));
  EXPECT_EQ(doubted({"1:text:*=s40(2)"}), (Seqs{2, 3, 4, 5, 6, 7, 8}));
}

TEST_F(Doubts, SeeANameInsideALongerWord) {
  post("t_a", "Tobias Achterberg", "Good morning.");
  post("ben", "Ben", "We want #JusticeForTobiasAchterberg now.", {"JusticeForTobiasAchterberg"});
  post("So says @tobias_achterberg84 and @tobiasächterberg84.");
  post("We want #JusticeForTobias now.");  // one of its words says it, too
  EXPECT_EQ(doubted({kFirstAuthor}), (Seqs{2, 3, 4}));
  EXPECT_TRUE(has(plan.doubtful, 2, "tags"));
}

TEST_F(Doubts, SeeASurnameInsideALongerWordAndItsPlural) {
  post("p", "Primrose Quillfeather", "Good morning.");
  post("All Quillfeathers are alike.");
  post("pquillfeather", "Cat", "Good evening.");
  post("Mrs Quillfeather’s dog.");
  post("ᴀsᴋ ǫᴜɪʟʟғᴇᴀᴛʜᴇʀ");
  post("A quill and a feather.");
  EXPECT_EQ(doubted({kFirstAuthor}), (Seqs{2, 4, 5}));
  EXPECT_TRUE(has(plan.doubtful, 3, "author.handle"));
}

TEST_F(Doubts, SeeThePluralOfAShortName) {
  post("p", "Ana Voss", "Good morning.");
  post("The Vosses moved.");
  post("The vossing moved.");
  EXPECT_EQ(doubted({kFirstAuthor}), Seqs{2});
}

TEST_F(Doubts, SeeADateInAnotherNotation) {
  post("ann", "Ann", "I was born on 12/06/1980, and nobody helps.");
  for (const char* same : {"Ann, of June 12th, 1980.", "Ann, 1980-06-12", "born 12th of June 1980",
                           "12.6.80 she says", "Jun 12 1980"})
    post(same);
  for (const char* other :
       {"It opened in June 1980.", "12/07/1980", "on 12 June 1981", "12 June, he says: 1980"})
    post(other);
  EXPECT_EQ(doubted({"1:text:words=\"12/06/1980\"=s40(2)"}), (Seqs{2, 3, 4, 5, 6}));
}

TEST_F(Doubts, SeeADateInALink) {
  post("ann", "Ann", "I was born on 12/06/1980, and nobody helps.");
  auto item = desk_.post("2", "ben", "Ben", "Look.");
  item.links = {"https://town.example/born/1980-06-12"};
  desk_.add(item);
  EXPECT_EQ(doubted({"1:text:words=\"12/06/1980\"=s40(2)"}), Seqs{});
  EXPECT_TRUE(has(plan.doubtful, 2, "links"));
}

TEST_F(Doubts, SeeTheLinksBesideAWithheldAddress) {
  auto item = desk_.post("1", "ben", "Ben", "Look at https://t.example/Ab7x and think.");
  item.links = {"https://harrow.example/me"};
  desk_.add(item);
  ++posts_;
  EXPECT_EQ(doubted({"1:text:words=\"https://t.example/Ab7x\"=s40(2)"}), Seqs{});
  EXPECT_TRUE(has(plan.doubtful, 1, "links"));
}

TEST_F(Doubts, SeeAShortNumberThatIsWithheldAlone) {
  post("ann", "Ann", "I am 47 and alone. Did I say that I am 47?");
  post("Ann, you are not 47!");
  post("Number 470, and 48.");
  EXPECT_EQ(doubted({"1:text:words=\"47\"=s40(2)"}), Seqs{2});
}

TEST_F(Doubts, SeeANameInAScriptWithoutSpaces) {
  post("a", "A", "我叫李小龙住在北京路十二号患有糖尿病请尽快回复");
  post("b", "B", "李小龙先生我们已经收到您的来信", {"糖尿病"});
  post("c", "C", "今天天气很好");
  EXPECT_EQ(doubted({"1:text:*=s40(2)"}), Seqs{2});
  EXPECT_TRUE(support::field(plan, 2, "tags").shows_nothing()) << "what no text shows is withheld there";
}

TEST_F(Doubts, SeeANameThatIsPartOfTheAuthoritysName) {
  desk_.occasion.authority = "Rose Hill Parish Council";
  post("rh99", "Rose Hill", "Good morning.");
  post("Yesterday I saw Rose Hill with two bottles.");
  post("Dear rose hill parish council, the bins are full.");
  EXPECT_EQ(doubted({kFirstAuthor}), Seqs{2});
}

TEST_F(Doubts, SeeAPlainWordInsideALongerOneAndItsPlural) {
  post("ann", "Ann", "My son has leukaemia and two tumours.");
  post("Join #LeukaemiaSupport today.");
  post("Join #leukaemiasupport today.");
  post("The leukaemias of this town.");
  post("He has a tumour.");
  post("We work on UKTumours2026 here.");
  post("Join the support today.");
  EXPECT_EQ(doubted({"1:text:words=\"leukaemia\"=s40(2)", "1:text:words=\"tumours\"=s40(2)"}),
            (Seqs{2, 3, 4, 5, 6}));
}

TEST_F(Doubts, SeeAWordOfAWithheldTextInsideALongerOne) {
  post("ann", "Ann",
       "My son Tobias Achterberg of Mill Lane has leukaemia and a wheelchair, and nobody cares.");
  post("Join #LeukaemiaSupport today.");
  post("It is the year of #TheAchtBand, and #AchterbergFund.");
  post("Join the support today.");
  post("They closed #MillLane again.");
  post("He sits in a wheel chair.");
  EXPECT_EQ(doubted({"1:text:*=s40(2)"}), (Seqs{2, 3, 5, 6}));
}

TEST_F(Doubts, SeeAPlainWordOfATextInAnotherVersionOfIt) {
  post("ann", "Ann", "He is a drunk and so is she");
  auto item = desk_.post("1", "ann", "Ann", "He is a drunk!");
  desk_.add(item, {}, ledger::kind::kEdit, "1");
  ++posts_;
  EXPECT_EQ(doubted({"1:text:*=s40(2)"}), Seqs{2});
}

TEST_F(Doubts, SeeTheNameOfAnAccountInWordsOfItsOwn) {
  post("olwenharrow84", "O.", "Good morning.");
  post("I met Olwen Harrow yesterday.");
  post("I met olwenharrow yesterday.");
  post("It is all the fault of Team_OlwenHarrow2.");
  post("Olwen is at the harrow.");
  EXPECT_EQ(doubted({"1:author.*:*=s40(2)"}), (Seqs{2, 3, 4}));
}

TEST_F(Doubts, SeeNoAccountThatIsCalledAsTheTownIs) {
  desk_.occasion.authority = "Wexcombe Town Council";
  post("wexcombe", "O.", "Good morning.");
  post("It is the year of #WexcombeWater here.");
  EXPECT_EQ(doubted({"1:author.*:*=s40(2)"}), Seqs{});
}

TEST_F(Doubts, SeeANameInsideTheNameOfAFile) {
  post("oh", "Olwen Harrow", "Good morning.");
  auto item = desk_.post("2", "ben", "Ben", "Here it is.");
  item.media = {{"https://media.example/OHarrow.pdf", "image", ""}};
  desk_.add(item);
  EXPECT_EQ(doubted({kFirstAuthor}), Seqs{});
  EXPECT_TRUE(has(plan.doubtful, 2, "media.0.url"));
}

TEST_F(Doubts, LeaveTheEverydayWordsOfANameAlone) {
  post("one", "The Anglers of Mill Lane", "Good morning.");
  post("two", "Not Today", "Good morning.");
  post("three", "Give me Back my Pool", "Good morning.");
  post("The water is brown. Not one answer! Of course.");
  post("NOBODY TELLS ME ANYTHING");
  post("We wait today. My bin is full.");
  EXPECT_EQ(doubted({kFirstAuthor, "2:author.*:*=s40(2)", "3:author.*:*=s40(2)"}), Seqs{});
}

TEST_F(Doubts, SeeTheNameBehindAnEverydayWordOfIt) {
  post("one", "The Achterberg", "Good morning.");
  post("The mayor says that Mr Achterberg is ill.");
  EXPECT_EQ(doubted({kFirstAuthor}), Seqs{2});
  const auto remark = std::ranges::find(plan.doubtful, 2U, &Remark::seq);
  ASSERT_NE(remark, plan.doubtful.end());
  EXPECT_TRUE(remark->what.starts_with("word 5 is shown")) << remark->what;
}

TEST_F(Doubts, SeeAnEverydayWordAfterATitleAndWhereItIsAllOfAName) {
  post("one", "Will Young", "Good morning.");
  post("two", "Park", "Good morning.");
  post("I asked Mr. Young about it.");
  post("Did you see what Park wrote?");
  post("Young people go there. Park the car.");
  EXPECT_EQ(doubted({kFirstAuthor, "2:author.*:*=s40(2)"}), (Seqs{3, 4}));
}

TEST_F(Doubts, LeaveAWordAloneThatBeginsASentenceAndIsCommonHere) {
  post("one", "Rent Achterberg", "Good morning.");
  for (int i = 2; i < 9; ++i)
    post("Rent is dear, and the rent goes up and no rent helps, number " + std::to_string(i));
  post("So says Rent.");
  EXPECT_EQ(doubted({kFirstAuthor}), Seqs{9});
}

TEST_F(Doubts, LeaveWordsAloneThatAreNoNames) {
  post("wy", "Will Young", "The window frame is rotten.");
  post("I will be young for ever, says the window.");
  EXPECT_EQ(doubted({kFirstAuthor, "1:text:1-2=s40(2)"}), Seqs{});
}

}  // namespace
}  // namespace muniment::foi
