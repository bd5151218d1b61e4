#include "foi/cascade.hpp"

#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using support::field;
using support::has;
using support::plan_of;
using support::ReleaseDesk;
using support::shown;

// A mother's post, a neighbour's with a card in its bytes, and the clerk's answer.
struct Hospital {
  ReleaseDesk desk;

  Hospital() {
    auto post =
        desk.post("1", "mum", "Sarah Quillfeather",
                  "My son Tobias Achterberg of 14 Mill Lane has leukaemia and Dr Vandersloot refuses him.");
    post.tags = {"leukaemia", "achterberg"};
    post.links = {"https://fund.example/tobias-achterberg"};
    post.mentions = {"drvandersloot@clinic.example"};
    post.media = {{"https://media.example/tobias.jpg", "image", "Photo of Tobias Achterberg"}};
    desk.add(post, R"({"id":"1"})");
    desk.add(desk.post("2", "nina", "Nina", "Please help."),
             R"({"id":"2","content":"Please help.","card":{"title":"Achterberg leukaemia fund"}})");
    desk.add(desk.post("3", "clerk", "Town Desk", "Thank you, we have passed it on to Vandersloot."),
             R"({"id":"3","content":"Thank you"})");
  }
};

TEST(Cascade, WithholdsWhatStandsBesideAWithheldTextAndSaysIt) {
  Hospital hospital;
  Request typed;
  typed.redact = {"1:text:*=s40(2)"};
  const auto plan = plan_of(hospital.desk, typed);
  const auto left = shown(plan);
  for (const auto* word : {"Tobias", "tobias", "Achterberg", "achterberg", "leukaemia", "drvandersloot"})
    EXPECT_EQ(left.find(word), std::string::npos) << word;
  for (const auto* name : {"tags", "links", "mentions", "media.0.url"})
    EXPECT_TRUE(has(plan.automatic, 1, name)) << name << ": each step nobody asked for is explained";
  EXPECT_NE(left.find("Photo of"), std::string::npos) << "of a text the words alone";
  EXPECT_TRUE(has(plan.doubtful, 1, "media.0.alt"));
}

TEST(Cascade, WithholdsTheSameForPartOfAText) {
  Hospital hospital;
  Request typed;
  typed.redact = {"1:text:words=\"Tobias Achterberg of 14 Mill Lane\"=s40(2)"};
  const auto plan = plan_of(hospital.desk, typed);
  const auto left = shown(plan);
  EXPECT_EQ(left.find("chterberg"), std::string::npos);
  EXPECT_EQ(left.find("tobias"), std::string::npos);
  EXPECT_FALSE(has(plan.automatic, 1, "mentions")) << "the officer shows that name";
}

TEST(Cascade, LetsNoRawBytesExcuseThemselves) {
  Hospital hospital;
  Request typed;
  typed.redact = {"1:text:*=s40(2)"};
  typed.keep = {"2:raw", "3:raw"};
  const auto plan = plan_of(hospital.desk, typed);
  EXPECT_TRUE(field(plan, 2, "raw").shows_nothing()) << "its card has the name and the illness";
  EXPECT_TRUE(field(plan, 3, "raw").shown_whole()) << "it says nothing of it";
}

TEST(Cascade, DoubtsANameOutOfAWithheldTextThatAnotherTextShows) {
  Hospital hospital;
  Request typed;
  typed.redact = {"1:text:*=s40(2)"};
  const auto plan = plan_of(hospital.desk, typed);
  EXPECT_TRUE(has(plan.doubtful, 3, "text"));
  EXPECT_FALSE(has(plan.doubtful, 2, "text"));
}

TEST(Cascade, WithholdsAFullNameOutOfAWithheldTextWhereverItStands) {
  Hospital hospital;
  hospital.desk.add(hospital.desk.post("4", "ben", "Ben", "We collect for Tobias Achterberg on Sunday."));
  Request typed;
  typed.redact = {"1:text:*=s40(2)"};
  const auto plan = plan_of(hospital.desk, typed);
  EXPECT_EQ(field(plan, 4, "text").shown(), "We collect for \n\non Sunday.");
}

TEST(Cascade, LooksForTheAddressOfMailInAWithheldText) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy Rowantree",
                     "Please write to o.h@post.example or to clerk@town.example, not to me."));
  auto other = desk.post("2", "ben", "Ben", "I wrote to o.h@post.example again.");
  desk.add(other);
  auto third = desk.post("3", "cat", "Cat", "Good morning.");
  third.links = {"mailto:o.h@post.example"};
  desk.add(third);
  auto fourth = desk.post("4", "clerk", "Clerk", "Good evening.");
  fourth.author.handle = "clerk@town.example";
  desk.add(fourth);
  Request typed;
  typed.records = {"1-4"};
  typed.redact = {"1:text:*=s40(2)"};
  const auto plan = plan_of(desk, typed);
  EXPECT_TRUE(has(plan.doubtful, 2, "text"));
  typed.redact.push_back("2:text:words=\"o.h@post.example\"=s40(2)");
  const auto again = plan_of(desk, typed, "again");
  EXPECT_TRUE(field(again, 3, "links").shows_nothing());
  EXPECT_TRUE(field(again, 4, "author.handle").shown_whole()) << "that account is shown";
}

TEST(Cascade, WithholdsFourWordsInARowThatTellSomething) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy Rowantree", "I was treated for gonorrhoea at the clinic last week."));
  desk.add(desk.post("2", "ben", "Ben", "You write: I was treated for gonorrhoea. Take care."));
  desk.add(desk.post("3", "cat", "Cat", "What is open at the end of last week?"));
  Request typed;
  typed.redact = {"1:text:*=s40(2)"};
  const auto plan = plan_of(desk, typed);
  EXPECT_EQ(shown(plan).find("gonorrhoea"), std::string::npos);
  EXPECT_NE(field(plan, 2, "text").shown().find("Take care."), std::string::npos);
  EXPECT_TRUE(field(plan, 3, "text").shown_whole());
}

TEST(Cascade, WithholdsADisplayNameThatIsAnEverydayWordWhereItIsOneAgain) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "first", "Park", "Good morning."));
  desk.add(desk.post("2", "second", "Park", "Good evening."));
  desk.add(desk.post("3", "third", "Friends of the Park", "The park is open."));
  Request typed;
  typed.redact = {"1:author.name:*=s40(2)"};
  const auto plan = plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 2, "author.name").shows_nothing());
  EXPECT_TRUE(field(plan, 3, "author.name").shown_whole());
  EXPECT_TRUE(field(plan, 3, "text").shown_whole());
}

TEST(Cascade, LeavesTheEverydayWordsOfAWithheldTextAlone) {
  ReleaseDesk desk;
  desk.add(desk.post(
      "1", "amy", "Amy Rowantree",
      "Please could you tell me when the council will mend the road, the status of it would be nice."));
  auto other = desk.post("2", "ben", "Ben", "When will the council tell us about the water in the road?");
  other.tags = {"water", "road"};
  desk.add(other, R"({"id":"2","status":"public","content":"When will the council tell us?"})");
  Request typed;
  typed.redact = {"1:text:*=s40(2)"};
  typed.keep = {"2:raw"};
  const auto plan = plan_of(desk, typed);
  for (const auto* name : {"text", "tags", "url", "id", "raw"})
    EXPECT_TRUE(field(plan, 2, name).shown_whole()) << name;
  EXPECT_FALSE(has(plan.doubtful, 2, "text"));
}

TEST(Cascade, LooksForTheWordsOfAReasonInTexts) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy Rowantree", "Quentin Oldfather wants his file."));
  records::BodyBuilder body;
  body.add("platform", "mastodon").add("decision", "yes");
  body.add("reason", "the mayor says that Quentin Oldfather asked before");
  ASSERT_TRUE(desk.ledger.appender().append({std::string(ledger::kind::kJudged), body.build()}));
  Request typed;
  typed.withhold = {"reason=s40(2)"};
  const auto plan = plan_of(desk, typed);
  EXPECT_EQ(shown(plan).find("Oldfather"), std::string::npos);
}

TEST(Cascade, LooksForWhatWasWithheldBecauseOfAnother) {
  ReleaseDesk desk;
  auto post = desk.post("116169000023764919", "olwen", "Olwen", "Good morning.");
  desk.add(post, "{}");
  desk.add(
      desk.post("2", "ben", "Ben",
                "See https://social.example/@olwen/116169000023764919 and number 116169000023764919 here."));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto plan = plan_of(desk, typed);
  EXPECT_EQ(shown(plan).find("116169000023764919"), std::string::npos);
  EXPECT_EQ(field(plan, 2, "text").shown().find("https"), std::string::npos)
      << "an address is withheld whole";
  EXPECT_NE(field(plan, 2, "text").shown().find("here."), std::string::npos);
}

TEST(Cascade, KeepsAnyFieldThatTheOfficerNames) {
  Hospital hospital;
  Request typed;
  typed.redact = {"1:text:*=s40(2)"};
  typed.keep = {"1:tags", "1:mentions"};
  const auto plan = plan_of(hospital.desk, typed);
  EXPECT_TRUE(field(plan, 1, "tags").shown_whole());
  EXPECT_TRUE(field(plan, 1, "mentions").shown_whole());
  EXPECT_TRUE(field(plan, 1, "links").shows_nothing());
}

TEST(Cascade, LeavesTheNamesOfPlacesOutWhenItLooksAtTheReference) {
  support::ReleaseDesk desk;
  desk.add(desk.post("1", "ann", "Ann", "My reference number fills a field."));
  Request typed;
  typed.redact = {"1:text:*=s40(2)"};
  EXPECT_TRUE(desk.preview(typed).has_value());
  desk.occasion.request = "the number of my field";
  EXPECT_TRUE(desk.preview(typed).has_value());
  desk.occasion.request = "My reference number fills a field";
  EXPECT_FALSE(desk.preview(typed).has_value());
}

TEST(Cascade, RefusesToKeepWhatIsNotThereAndWhatRepeatsEverything) {
  for (const auto* keep : {"2:nonsense", "2:tags", "77:text", "1:raw"}) {
    Hospital hospital;
    Request typed;
    typed.redact = {"1:text:*=s40(2)"};
    typed.keep = {keep};
    const auto made = hospital.desk.preview(typed);
    ASSERT_FALSE(made.has_value()) << keep;
    EXPECT_EQ(made.error().code, Code::kInvalid) << keep;
  }
}

}  // namespace
}  // namespace muniment::foi
