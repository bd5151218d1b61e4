#include "foi/searched.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/sha256.hpp"
#include "db/database.hpp"
#include "support/release_desk.hpp"
#include "verify/bundle.hpp"

namespace muniment::foi {
namespace {

using support::field;
using support::has;
using support::plan_of;
using support::ReleaseDesk;

// Three posts (1-3) and a search (4) that found them.
class SearchedTest : public testing::Test {
 protected:
  SearchedTest() {
    desk.add(desk.post("1", "ben", "Ben", "The pump is broken."));
    desk.add(desk.post("2", "una", "Una", "The pump is mended."));
    desk.add(desk.post("3", "cat", "Cat", "A pump room concert."));
    add_search("pump", "1-3", "3");
  }
  void add_search(const std::string& query, const std::string& list, const std::string& count) {
    records::BodyBuilder body;
    body.add("request", desk.occasion.request).add_text("query", query).add("hits", count);
    body.add("hits.list", list).add("hits.sha256", base::to_hex(base::sha256(list)));
    body.add("asked", "2026-09-21T14:00:00.000Z").add("entries", "4").add_text("actor", "Ines Calloway");
    ASSERT_TRUE(desk.ledger.appender().append({std::string(ledger::kind::kSearch), body.build()}));
  }
  static Request asking(const std::string& records, std::vector<std::string> leave_out) {
    Request typed;
    typed.records = {records};
    typed.searches = {"4"};
    typed.leave_out = std::move(leave_out);
    return typed;
  }
  Error refused(const Request& typed) {
    const auto made = desk.disclose(typed);
    EXPECT_FALSE(made.has_value());
    return made ? Error{} : made.error();
  }

  verify::Report verified(const std::string& name) {
    const auto policy = verify::parse_policy(R"({"origin":")" + std::string(support::kTestOrigin) +
                                             R"(","log":[")" + desk.verifier_key() + R"("]})");
    EXPECT_TRUE(policy.has_value());
    auto report = verify::verify_bundle(desk.folder(name), *policy);
    EXPECT_TRUE(report.has_value());
    return report ? *std::move(report) : verify::Report{};
  }
  static bool was_checked(const verify::Report& report, const std::string& what) {
    return std::ranges::any_of(
        report.checked(), [&](const std::string& words) { return words.find(what) != std::string::npos; });
  }

  ReleaseDesk desk;
};

TEST_F(SearchedTest, AllThatWasFoundIsDisclosedOrListed) {
  const auto made = desk.disclose(asking("1-2", {"3=out-of-scope"}));
  ASSERT_TRUE(made.has_value()) << made.error().what;
  const auto release = desk.file("data/release.txt");
  EXPECT_NE(release.find(" * * out-of-scope\n"), std::string::npos) << release;
  const auto page = desk.file("data/index.html");
  EXPECT_NE(page.find("<strong>pump</strong>, asked"), std::string::npos);
  EXPECT_NE(page.find("Found, and left out"), std::string::npos);
  const auto report = verified("out");
  EXPECT_EQ(report.answer(), verify::Answer::kVerified);
  EXPECT_TRUE(was_checked(report, "all that the search of entry 4 found"));
}

TEST_F(SearchedTest, AnAnswerMayDiscloseNoRecord) {
  auto typed = asking("", {"1-2=s40(2)", "3=out-of-scope"});
  typed.records.clear();
  const auto plan = plan_of(desk, typed);
  EXPECT_TRUE(plan.records.empty());
  const auto page = desk.file("data/index.html");
  EXPECT_NE(page.find("No record is disclosed."), std::string::npos);
  EXPECT_NE(page.find("1 left out as out-of-scope, 2 left out under s40(2)"), std::string::npos) << page;
  EXPECT_EQ(desk.file("data/bundle.json").find("concert"), std::string::npos);
  const auto report = verified("out");
  EXPECT_EQ(report.answer(), verify::Answer::kVerified);
  EXPECT_TRUE(was_checked(report, "no record is disclosed"));
}

TEST_F(SearchedTest, NothingFoundIsAnAnswerToo) {
  add_search("unicorn", "", "0");
  Request typed;
  typed.searches = {"5"};
  (void)plan_of(desk, typed);
  EXPECT_NE(desk.file("data/index.html").find("and nothing was found."), std::string::npos);
  EXPECT_EQ(desk.file("data/release.txt"), "muniment-release/v1\n" + std::string(support::kTestOrigin) +
                                               "\n" + desk.occasion.request + "\n");
  EXPECT_EQ(verified("out").answer(), verify::Answer::kVerified);
}

TEST_F(SearchedTest, WithoutRecordsNothingIsForgottenEither) {
  auto typed = asking("", {"1-2=s40(2)"});
  typed.records.clear();
  EXPECT_NE(refused(typed).what.find("record 3 of the search"), std::string::npos);
  typed.searches.clear();
  typed.leave_out.clear();
  const auto selection = parse_selection(typed, desk.regime, {});
  ASSERT_FALSE(selection.has_value());
  EXPECT_EQ(selection.error().what, "no record was named");
}

TEST_F(SearchedTest, WhatWasDisposedOfIsNotHeld) {
  EXPECT_NE(refused(asking("1-2", {"3=not-held"})).what.find("record 3 is not held, and it is"),
            std::string::npos);
  {
    auto keys = db::Database::open(desk.ledger.files().keys, db::Open::kWrite);
    ASSERT_TRUE(keys && keys->execute("DELETE FROM secret WHERE seq = 3"));
  }
  for (const auto& typed : {asking("1-3", {}), asking("1-2", {"3=not-held"})})
    EXPECT_NE(refused(typed).what.find("cannot be read, and nobody disposed of them"), std::string::npos)
        << "a secret that was lost is no disposal";
  records::BodyBuilder disposal;
  ASSERT_TRUE(desk.ledger.appender().append({"disposal", disposal.add("seqs", "3").build()}));
  const auto error = refused(asking("1-3", {}));
  EXPECT_NE(error.what.find("the words of entry 3 are gone"), std::string::npos);
  EXPECT_NE(error.hint.find("--leave-out 3=not-held"), std::string::npos);
  EXPECT_NE(refused(asking("1-2", {"3=not-held", "3=s38"})).what.find("both as not-held"), std::string::npos);
  const auto made = desk.disclose(asking("1-2", {"3=not-held"}));
  ASSERT_TRUE(made.has_value()) << made.error().what;
  EXPECT_FALSE(has(made->plan.doubtful, 4, "query"));
  EXPECT_NE(desk.file("data/release.txt").find(" * * not-held\n"), std::string::npos);
  EXPECT_NE(desk.file("data/index.html").find("disposed of before this decision"), std::string::npos);
  EXPECT_EQ(verified("out").answer(), verify::Answer::kVerified);
}

TEST_F(SearchedTest, ItsWordsCanBeWithheld) {
  auto typed = asking("", {"1-3=s40(2)"});
  typed.records.clear();
  const auto preview = desk.preview(typed);
  ASSERT_TRUE(preview.has_value());
  EXPECT_TRUE(has(preview->plan.doubtful, 4, "query"));
  typed.redact = {"4:query:words=\"pump\"=s40(2)"};
  EXPECT_FALSE(has(plan_of(desk, typed).doubtful, 4, "query"));
  EXPECT_EQ(desk.file("data/bundle.json").find("pump"), std::string::npos);
  EXPECT_EQ(verified("out").answer(), verify::Answer::kVerified);
}

TEST_F(SearchedTest, ItsWordsAreWithheldWhereTheyNameAWithheldAccount) {
  add_search("from:news pump", "1", "1");
  desk.add(desk.post("6", "news", "Olwen", "The pump again."));
  Request typed;
  typed.records = {"1", "6"};
  typed.searches = {"5"};
  typed.redact = {"6:author.*:*=s40(2)"};
  EXPECT_EQ(field(plan_of(desk, typed), 5, "query").shown().find("news"), std::string::npos);
}

TEST_F(SearchedTest, TheBeginningOfAWithheldWordIsDoubted) {
  add_search("Achterb* pump", "1", "1");
  desk.add(desk.post("6", "t_a", "Tobias Achterberg", "The pump again."));
  Request typed;
  typed.records = {"1", "6"};
  typed.searches = {"5"};
  typed.redact = {"6:author.*:*=s40(2)"};
  EXPECT_TRUE(has(plan_of(desk, typed).doubtful, 5, "query"));
}

TEST_F(SearchedTest, ItsWordsAreNoDoubtWhereOnlyWhatIsOutOfScopeIsLeftOut) {
  EXPECT_FALSE(has(plan_of(desk, asking("1-2", {"3=out-of-scope"})).doubtful, 4, "query"));
}

TEST_F(SearchedTest, WhatIsLeftOutIsInNoByteButByItsNumberAndHash) {
  ASSERT_TRUE(desk.disclose(asking("1-2", {"3=s40(2)"})).has_value());
  EXPECT_EQ(desk.file("data/bundle.json").find("concert"), std::string::npos);
  EXPECT_EQ(desk.file("data/index.html").find("concert"), std::string::npos);
}

TEST_F(SearchedTest, ARecordThatIsForgottenIsNamed) {
  EXPECT_EQ(refused(asking("1", {"3=out-of-scope"})).what,
            "record 2 of the search: found, and neither disclosed nor left out; nothing was recorded");
}

TEST_F(SearchedTest, OnlyWhatWasFoundCanBeLeftOut) {
  EXPECT_NE(refused(asking("1-3", {"9=out-of-scope"})).what.find("record 9"), std::string::npos);
  EXPECT_NE(refused(asking("1-3", {"3=out-of-scope"})).what.find("record 3, which --records names"),
            std::string::npos);
  auto typed = asking("1-2", {"3=out-of-scope"});
  typed.searches.clear();
  EXPECT_NE(refused(typed).what.find("no search"), std::string::npos);
}

TEST_F(SearchedTest, AReasonIsAnExemptionOrOutOfScope) {
  EXPECT_EQ(refused(asking("1-2", {"3=because"})).code, Code::kInvalid);
  EXPECT_EQ(refused(asking("1-2", {"3"})).code, Code::kInvalid);
  EXPECT_NE(refused(asking("1-2", {"3=s38", "3=out-of-scope"})).what.find("record 3 both"),
            std::string::npos);
}

TEST_F(SearchedTest, OnlyASearchForThisRequestCounts) {
  auto typed = asking("1-3", {});
  typed.searches = {"1"};
  EXPECT_NE(refused(typed).what.find("is no search"), std::string::npos);
  desk.occasion.request = "FOI/2026/8";
  EXPECT_NE(refused(asking("1-3", {})).what.find("for the request FOI/2026/7"), std::string::npos);
}

TEST_F(SearchedTest, ASearchThatIsNotNamedIsDoubted) {
  auto typed = asking("1-3", {});
  typed.searches.clear();
  EXPECT_TRUE(has(plan_of(desk, typed).doubtful, 4, "hits"));
  EXPECT_FALSE(has(plan_of(desk, asking("1-3", {}), "second").doubtful, 4, "hits"));
}

TEST_F(SearchedTest, WhatWasAskedSaysNothingThatIsWithheld) {
  add_search("Ottoline Marsh", "2", "1");
  desk.add(desk.post("6", "ottoline", "Ottoline Marsh", "Nobody answers."));
  auto typed = asking("2,6", {});
  typed.searches = {"5"};
  typed.redact = {"6:author.*:*=s40(2)"};
  const auto plan = plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 5, "query").shows_nothing());
  EXPECT_EQ(desk.file("data/index.html").find("Ottoline"), std::string::npos);
}

TEST_F(SearchedTest, SeveralSearchesAreAccountedForTogether) {
  add_search("mended", "2", "1");
  auto typed = asking("1-2", {"3=out-of-scope"});
  typed.searches = {"4,5"};
  ASSERT_TRUE(desk.disclose(typed).has_value());
  const auto selection = parse_searches(typed, desk.regime);
  ASSERT_TRUE(selection.has_value());
  EXPECT_EQ(found_by(desk.ledger.reader(), *selection).value(), (Seqs{1, 2}));
}

}  // namespace
}  // namespace muniment::foi
