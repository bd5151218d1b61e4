#include "foi/disclosure.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "bundle/bag_check.hpp"
#include "support/release_desk.hpp"
#include "verify/bundle.hpp"

namespace muniment::foi {
namespace {

namespace fs = std::filesystem;
using support::ReleaseDesk;

std::string all_bytes(const fs::path& folder) {
  std::string out;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) out += support::contents(entry.path()) + "\n";
  return out;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

// What an outsider who has the policy finds.
void expect_verified(const ReleaseDesk& desk, const fs::path& folder) {
  const auto policy = verify::parse_policy(
      R"({"origin":")" + std::string(support::kTestOrigin) + R"(","log":[")" + desk.verifier_key() +
      R"("],"witnesses":[],"quorum":0,"tsa_ca":"","cadence_minutes":0})");
  ASSERT_TRUE(policy.has_value()) << policy.error().what;
  const auto report = verify::verify_bundle(folder, *policy);
  ASSERT_TRUE(report.has_value()) << report.error().what;
  EXPECT_EQ(report->answer(), verify::Answer::kVerified);
  for (const auto& finding : report->findings()) ADD_FAILURE() << finding.code << ": " << finding.words;
  for (const auto& words : report->not_checked()) ADD_FAILURE() << words;
}

TEST(Disclosure, ShowsEverythingWhenNothingIsWithheld) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ottoline", "Ottoline Marsh", "The water in Mill Lane is brown again."),
           R"({"id":"1"})");
  Request typed;
  typed.keep = {"1:raw"};
  const auto made = desk.disclose(typed);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  EXPECT_TRUE(made->plan.automatic.empty());
  EXPECT_TRUE(std::ranges::any_of(made->plan.doubtful, [](const auto& one) { return one.field == "raw"; }))
      << "nobody can see on the page what stands in it";
  EXPECT_EQ(desk.file("data/release.txt"),
            "muniment-release/v1\narchive.wexcombe.example/muniment/1\nFOI/2026/7\n");
  EXPECT_NE(desk.file("data/index.html").find("The water in Mill Lane is brown again."), std::string::npos);
  const auto bag = bundle::check_bag(desk.folder());
  ASSERT_TRUE(bag.has_value());
  EXPECT_TRUE(bag->valid()) << bag->problems.front();
}

TEST(Disclosure, HandsOutNoBytesThatNobodyAskedFor) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ottoline", "Ottoline Marsh", "The water in Mill Lane is brown again."),
           R"({"id":"1","email":"o.marsh@home.example","ip":"203.0.113.7"})");
  const auto made = desk.disclose({});
  ASSERT_TRUE(made.has_value()) << made.error().what;
  const auto bytes = all_bytes(desk.folder());
  EXPECT_EQ(bytes.find("203.0.113.7"), std::string::npos);
  EXPECT_EQ(bytes.find("o.marsh"), std::string::npos);
  EXPECT_TRUE(desk.file("data/release.txt").ends_with(" raw * out-of-scope\n"));
  const auto page = desk.file("data/index.html");
  EXPECT_NE(page.find("1 shown in full"), std::string::npos);
  EXPECT_NE(page.find("<dt>out-of-scope</dt>"), std::string::npos) << "it says what that is";
  expect_verified(desk, desk.folder());
}

// "white-on-black box", "How to read this page".
TEST(Disclosure, TakesANameForANameAlthoughThePageHasTheWord) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "conrad", "Conrad Black", "Nobody answers."));
  desk.add(desk.post("2", "ben", "Ben", "As Mr Black said, of 14 Elm Row."));
  desk.add(desk.post("3", "cat", "Cat", "Ask Ms Page, please."));
  desk.add(desk.post("4", "dee", "Dee", "I did ask Page."));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)", "3:text:words=\"Page\"=s40(2)"};
  const auto made = desk.disclose(typed);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  EXPECT_TRUE(std::ranges::any_of(made->plan.doubtful,
                                  [](const auto& one) { return one.seq == 2 && one.field == "text"; }));
  EXPECT_EQ(lower(all_bytes(desk.folder())).find("ask page"), std::string::npos);
}

TEST(Disclosure, SaysThatAnAttachmentOfAnEMailIsNotInTheBundle) {
  ReleaseDesk desk;
  records::BodyBuilder mail;
  mail.add("platform", "email").add("id", "1@mail.example").add_text("text", "See the list.");
  mail.add_text("media.0.alt", "list.txt").add("media.0.type", "text/plain");
  ASSERT_TRUE(desk.ledger.appender().append({std::string(ledger::kind::kCapture), mail.build()}));
  const auto made = desk.disclose({});
  ASSERT_TRUE(made.has_value()) << made.error().what;
  ASSERT_EQ(made->plan.doubtful.size(), 1U);
  EXPECT_EQ(made->plan.doubtful.front().field, "media.0.alt");
}

TEST(Disclosure, HandsOutNoBytesOfAnItemThatIsWithheldInPart) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ottoline", "Ottoline Marsh", "The water in Mill Lane is brown again."),
           R"({"id":"1"})");
  Request typed;
  typed.redact = {"1:text:words=\"Mill Lane\"=s40(2)"};
  typed.keep = {"1:raw"};
  const auto made = desk.disclose(typed);
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, Code::kInvalid);
  EXPECT_NE(made.error().what.find("record 1"), std::string::npos) << made.error().what;
}

TEST(Disclosure, WithholdsAuthorsWhereverTheyAreNamed) {
  ReleaseDesk desk;
  desk.add(desk.post("1001", "ottoline", "Ottoline Marsh", "The water in Mill Lane is brown again."),
           R"({"id":"1001","acct":"ottoline","content":"<p>The water</p>"})");
  auto reply =
      desk.post("1002", "council", "Town Desk", "@ottoline we are sorry. Thank you, Ottoline Marsh!");
  reply.reply_to = "https://social.example/users/ottoline/statuses/1001";
  reply.mentions = {"ottoline@social.example"};
  desk.add(reply, R"({"id":"1002","acct":"council"})");
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto made = desk.disclose(typed);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  const auto bytes = lower(all_bytes(desk.folder()));
  EXPECT_EQ(bytes.find("ottoline"), std::string::npos);
  EXPECT_EQ(bytes.find("marsh"), std::string::npos);
  EXPECT_NE(bytes.find("town desk"), std::string::npos) << "the other author is still named";
  EXPECT_NE(bytes.find("we are sorry"), std::string::npos) << "only the words that name are withheld";
  EXPECT_FALSE(made->plan.automatic.empty()) << "each step nobody asked for is explained";
  for (const auto& remark : made->plan.automatic) {
    EXPECT_FALSE(remark.what.empty());
    EXPECT_EQ(remark.code, "s40(2)");
  }
}

TEST(Disclosure, RedactsWordsByNumberAndByWriting) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy", "Please ring Perpetua Quill on 01632 960123 about this."));
  desk.add(desk.post("2", "ben", "Ben", "Ring the office about this."));
  for (const std::string redaction : {"1:text:2-3,5-6=s40(2)", "1:text:words=\"Perpetua Quill\"=s40(2)"}) {
    const std::string out = redaction.find("words") == std::string::npos ? "by_number" : "by_words";
    Request typed;
    typed.redact = {redaction};
    typed.records = {"1", "2"};
    const auto made = desk.disclose(typed, out);
    ASSERT_TRUE(made.has_value()) << made.error().what;
    EXPECT_EQ(lower(all_bytes(desk.folder(out))).find("perpetua"), std::string::npos);
    EXPECT_NE(desk.file("data/index.html", out).find("Please ring <span class=\"withheld\""),
              std::string::npos);
    EXPECT_NE(desk.file("data/index.html", out).find("Ring the office"), std::string::npos);
  }
}

TEST(Disclosure, SpellsTheReleaseInTheOrderOfTheLedger) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy Rowantree", "Please ring Perpetua Quill now."), R"({"x":1})");
  Request typed;
  typed.withhold = {"lang=S 36 (2)(c)"};
  typed.redact = {"1:text:2-3=s40(2)", "1:text:0=41"};
  const auto made = desk.disclose(typed);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  expect_verified(desk, desk.folder());
  const auto leaf = base::to_base64(*desk.ledger.reader().leaf(1));
  EXPECT_EQ(desk.file("data/release.txt"),
            "muniment-release/v1\narchive.wexcombe.example/muniment/1\nFOI/2026/7\n"
            "1 " +
                leaf +
                " lang * s36(2)(c)\n"
                "1 " +
                leaf +
                " raw * s36(2)(c);s40(2);s41\n"
                "1 " +
                leaf +
                " text 0 s41\n"
                "1 " +
                leaf + " text 2-3 s40(2)\n");
}

TEST(Disclosure, RecordsTheDecisionBeforeTheBundleIsMade) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy Rowantree", "Good morning."));
  const auto made = desk.disclose({});
  ASSERT_TRUE(made.has_value()) << made.error().what;
  const auto body = desk.ledger.reader().body(made->entry);
  ASSERT_TRUE(body.has_value());
  EXPECT_EQ(records::value_of(*body, "request"), "FOI/2026/7");
  EXPECT_EQ(records::value_of(*body, "release"), desk.file("data/release.txt"));
  EXPECT_EQ(records::text_of(*body, "actor"), "Ines Calloway");
  EXPECT_EQ(records::value_of(*body, "records"), "1");
}

TEST(Disclosure, KeepsTheOfficersNameOutWhenActorsAreWithheld) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy Rowantree", "Good morning."));
  Request typed;
  typed.withhold = {"actor=s40(2)"};
  const auto made = desk.disclose(typed);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  EXPECT_EQ(lower(all_bytes(desk.folder())).find("calloway"), std::string::npos);
  const auto beside = desk.ledger.reader().body(made->entry + 1);
  ASSERT_TRUE(beside.has_value()) << "who decided is on record all the same";
  EXPECT_EQ(records::text_of(*beside, "actor"), "Ines Calloway");
}

TEST(Disclosure, LeavesCommonWordsAlone) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "support", "A", "The page about the water says 12 and a half."));
  desk.add(desk.post("2", "ben", "Ben", "We support the page; the water is fine; 12 of us."));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)", "1:text:0-2=s36(2)(c)", "1:text:6=s36(2)(c)"};
  const auto made = desk.disclose(typed);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  EXPECT_NE(desk.file("data/index.html").find("We support the page; the water is fine; 12 of us."),
            std::string::npos);
}

TEST(Disclosure, WithholdsARepeatedWordUnderItsOwnExemption) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy Rowantree", "Perpetua said that the Zephyrine plan is dead."), "{}");
  desk.add(desk.post("2", "ben", "Ben", "Is Zephyrine dead? Ask Perpetua."));
  Request typed;
  typed.redact = {"1:text:0=s40(2)", "1:text:4=s43(2)"};
  const auto made = desk.disclose(typed);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  const auto release = desk.file("data/release.txt");
  EXPECT_NE(release.find(" text 1 s43(2)\n"), std::string::npos) << release;
  EXPECT_NE(release.find(" text 5 s40(2)\n"), std::string::npos) << release;
  EXPECT_NE(release.find(" raw * s40(2);s43(2)\n"), std::string::npos) << release;
  EXPECT_EQ(made->plan.entries[1].codes(), "s40(2);s43(2)");
}

TEST(Disclosure, WithholdsAnAccountNameWrittenWithoutItsSign) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ottoline", "ottoline", "The water is brown."));
  desk.add(desk.post("2", "ben", "Ben", "As Ottoline said: it is brown. Ask otto."));
  Request typed;
  typed.withhold = {"author.handle=s40(2)"};
  typed.redact = {"2:author.handle:*=s40(2)"};
  const auto made = desk.disclose(typed);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  EXPECT_EQ(lower(all_bytes(desk.folder())).find("ottoline"), std::string::npos);
  EXPECT_NE(desk.file("data/index.html").find("it is brown. Ask otto."), std::string::npos);
}

TEST(Disclosure, WithholdsATelephoneNumberHoweverItIsWrittenElsewhere) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy Rowantree", "Please ring 07700900123 tonight."), R"({"id":"1"})");
  desk.add(desk.post("2", "ben", "Ben", "I rang +44 7700 900123 and (07700) 900-123 on 12 May 2026."));
  desk.add(desk.post("3", "cat", "Cat", "My number is 07700 900 456."));
  Request typed;
  typed.redact = {"1:text:words=\"07700900123\"=s40(2)"};
  const auto made = desk.disclose(typed);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  const auto bytes = all_bytes(desk.folder());
  EXPECT_EQ(bytes.find("900123"), std::string::npos);
  EXPECT_EQ(bytes.find("900-123"), std::string::npos);
  EXPECT_NE(bytes.find("12 May 2026"), std::string::npos) << "only the number is withheld";
  EXPECT_NE(bytes.find("07700 900 456"), std::string::npos) << "another number is shown";
}

TEST(Disclosure, WithholdsANameWithoutItsAccentsInOtherLettersAndInPieces) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "zoe_l", "Zoë Łukaszewska", "The water is brown."));
  desk.add(desk.post("2", "ben", "Ben", "As Zoe Lukaszewska said. And Z o e  L u k a s z e w s k a again."));
  desk.add(desk.post("3", "cat", "Cat",
                     "Zоё Łukaszewska, Zoë Łukas-\nzewska and the zoo. M r L u k a s z e w s k a."));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto made = desk.disclose(typed);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  const auto page = desk.file("data/index.html");
  for (const std::string said : {"Lukas", "Łukas", "Z o e", "zewska"})
    EXPECT_EQ(page.find(said), std::string::npos) << said;
  ASSERT_FALSE(made->plan.doubtful.empty()) << "one word of the name alone is for the officer to judge";
  EXPECT_EQ(made->plan.doubtful[0].seq, 3U);
  EXPECT_NE(made->plan.doubtful[0].what.find("record 1, field author.name"), std::string::npos);
  EXPECT_NE(page.find("and the zoo"), std::string::npos);
}

TEST(Disclosure, PassesASpellingThatTheOfficerShows) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "zoe_l", "Zoë Łukaszewska", "The water is brown."));
  desk.add(desk.post("2", "ben", "Ben", "Lukaszewska is the name of my street."));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  typed.keep = {"2:text"};
  const auto made = desk.disclose(typed);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  EXPECT_NE(desk.file("data/index.html").find("Lukaszewska is the name of my street."), std::string::npos);
}

TEST(Disclosure, LeavesNothingWhenAnExporterLeaksInAnotherSpelling) {
  for (const std::string leak : {"by Märsh", "O t t o l i n e", "077 00 900 123", "Ottо-\nline"}) {
    ReleaseDesk desk;
    desk.add(desk.post("1", "ottoline", "Ottoline Marsh", "Ring 07700900123."));
    desk.write = [&](const Disclosure& disclosure, Sink& sink) -> Status {
      if (disclosure.request.empty()) return {};  // asked for its vocabulary
      return sink.file("extra.txt", leak);
    };
    Request typed;
    typed.withhold = {"author.*=s40(2)"};
    typed.redact = {"1:text:words=\"07700900123\"=s40(2)"};
    const auto made = desk.disclose(typed);
    ASSERT_FALSE(made.has_value()) << leak;
    EXPECT_EQ(made.error().code, Code::kDenied);
    EXPECT_NE(made.error().what.find("spelt in another way"), std::string::npos) << made.error().what;
  }
}

TEST(Disclosure, KeepsWhatTheOfficerSaysIsLawful) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy Rowantree", "Complaint about Thackeray at number 9."));
  desk.add(desk.post("2", "ben", "Ben", "The potholes in Thackeray Road are deep."));
  Request typed;
  typed.redact = {"1:text:2=s40(2)"};
  ASSERT_TRUE(desk.disclose(typed, "first").has_value());
  EXPECT_EQ(all_bytes(desk.folder("first")).find("Thackeray"), std::string::npos);
  typed.keep = {"2:text"};
  typed.records = {"1-2"};
  const auto made = desk.disclose(typed, "second");
  ASSERT_TRUE(made.has_value()) << made.error().what;
  EXPECT_NE(desk.file("data/index.html", "second").find("The potholes in Thackeray Road"), std::string::npos);
}

TEST(Disclosure, WithholdsTheRawBytesOfEveryVersionOfAnItem) {
  ReleaseDesk desk;
  const auto first = desk.post("1", "amy", "Amy Rowantree", "Ring Perpetua about it.");
  desk.add(first, R"({"v":1,"text":"Ring Perpetua about it."})");
  records::Interaction nothing;
  desk.add(nothing, R"({"v":2,"likes":4})", ledger::kind::kSeenAgain, "1");
  Request typed;
  typed.redact = {"1:text:1=s40(2)"};
  const auto made = desk.disclose(typed);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  EXPECT_EQ(count(desk.file("data/release.txt"), " raw * s40(2)\n"), 2U);
}

TEST(Disclosure, RefusesAReferenceThatGivesTheNameAway) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ottoline", "Ottoline Marsh", "Good morning."));
  desk.occasion.request = "FOI/2026/Ottoline-Marsh";
  Request typed;
  typed.withhold = {"author.*=s40(2)"};
  const auto head = desk.ledger.reader().head()->size;
  const auto made = desk.disclose(typed);
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(lower(made.error().what + made.error().hint).find("ottoline"), std::string::npos);
  EXPECT_EQ(desk.ledger.reader().head()->size, head) << "nothing was recorded";
  EXPECT_FALSE(fs::exists(desk.folder()));
}

TEST(Disclosure, RefusesAReferenceThatIsNotOneLineOfPlainText) {
  for (const char* reference : {"FOI/2026\n7", "FOI\t7", "FOI\r7", "FOI \xff", "FOI \xe2\x80\xae 7"}) {
    ReleaseDesk desk;
    desk.add(desk.post("1", "ottoline", "Ottoline Marsh", "Good morning."));
    desk.occasion.request = reference;
    const auto head = desk.ledger.reader().head()->size;
    const auto made = desk.disclose({});
    ASSERT_FALSE(made.has_value()) << reference;
    EXPECT_EQ(made.error().code, Code::kInvalid);
    EXPECT_EQ(desk.ledger.reader().head()->size, head) << "nothing was recorded";
    EXPECT_FALSE(fs::exists(desk.folder()));
  }
}

TEST(Disclosure, LeavesNothingWhenAnExporterLeaks) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ottoline", "Ottoline Marsh", "Good morning."));
  desk.write = [](const Disclosure& disclosure, Sink& sink) -> Status {
    if (disclosure.request.empty()) return {};  // asked for its vocabulary
    return sink.file("extra.txt", "cache: " + base::to_base64("written by ottoline marsh herself"));
  };
  Request typed;
  typed.withhold = {"author.*=s40(2)"};
  const auto head = desk.ledger.reader().head()->size;
  const auto made = desk.disclose(typed);
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, Code::kDenied);
  EXPECT_NE(made.error().what.find("extra.txt"), std::string::npos) << made.error().what;
  EXPECT_NE(made.error().what.find("record 1"), std::string::npos) << made.error().what;
  EXPECT_EQ(desk.ledger.reader().head()->size, head) << "nothing was recorded";
  EXPECT_TRUE(!fs::exists(desk.folder()) && !fs::exists(desk.folder("out.part")));
}

// One that leaks on disk only, after the rehearsal.
TEST(Disclosure, LeavesNoBundleWhenTheDiskHoldsALeak) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ottoline", "Ottoline Marsh", "Good morning."));
  desk.write = [&](const Disclosure&, Sink& sink) -> Status {
    const bool on_disk = fs::exists(desk.folder("out.part"));
    return sink.file("a.txt", on_disk ? "ottoline" : "nobody");
  };
  Request typed;
  typed.withhold = {"author.*=s40(2)"};
  const auto made = desk.disclose(typed);
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, Code::kDenied);
  EXPECT_NE(made.error().what.find("was recorded as entry"), std::string::npos) << made.error().what;
  EXPECT_TRUE(!fs::exists(desk.folder()) && !fs::exists(desk.folder("out.part")));
}

TEST(Disclosure, DoesNotTouchAFolderThatExists) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy Rowantree", "Good morning."));
  fs::create_directory(desk.folder());
  const auto head = desk.ledger.reader().head()->size;
  const auto made = desk.disclose({});
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, Code::kConflict);
  EXPECT_EQ(desk.ledger.reader().head()->size, head) << "nothing was recorded";
}

TEST(Disclosure, RefusesRecordsThatAreNoItems) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy Rowantree", "Good morning."));
  desk.add({}, {}, ledger::kind::kExchange);
  desk.add(desk.post("2", "amy", "Amy Rowantree", "Good evening."));
  const auto head = desk.ledger.reader().head()->size;
  Request typed;
  typed.records = {"0-3"};
  const auto made = desk.disclose(typed);
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, Code::kInvalid);
  EXPECT_NE(made.error().what.find("0 (genesis), 2 (exchange)"), std::string::npos) << made.error().what;
  EXPECT_NE(made.error().hint.find("--records 1,3"), std::string::npos) << made.error().hint;
  EXPECT_EQ(desk.ledger.reader().head()->size, head) << "nothing was recorded";
}

TEST(Disclosure, NamesWhatIsNotThere) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy Rowantree", "Good morning."));
  Request missing;
  missing.records = {"77"};
  EXPECT_EQ(desk.disclose(missing).error().code, Code::kNotFound);
  Request item;
  item.records = {"https://social.example/nobody"};
  EXPECT_EQ(desk.disclose(item).error().code, Code::kNotFound);
  Request field;
  field.withhold = {"auhtor.name=s40(2)"};
  EXPECT_EQ(desk.disclose(field).error().code, Code::kInvalid) << "a slip of the pen must not disclose";
  Request words;
  words.redact = {"1:text:40=s40(2)"};
  EXPECT_EQ(desk.disclose(words).error().code, Code::kInvalid);
}

// Random posts, random redactions: what is withheld is nowhere, and a bundle comes out.
TEST(Disclosure, HoldsForRandomRecordsAndRedactions) {
  std::mt19937 random(20261122);
  const auto pick = [&](std::size_t n) { return random() % n; };
  for (int round = 0; round < 12; ++round) {
    ReleaseDesk desk;
    std::vector<std::string> secret;
    Request typed;
    const std::size_t posts = 1 + pick(6);
    for (std::size_t p = 1; p <= posts; ++p) {
      std::string text;
      std::size_t hidden = pick(8);
      for (std::size_t w = 0; w < 8; ++w) {
        const auto word = (w == hidden ? "hush" : "open") + std::string(1, static_cast<char>('a' + round)) +
                          "x" + std::string(p, 'q') + "z" + std::string(w, 'v');
        text += word + (w % 3 == 2 ? ", " : " ");
        if (w == hidden) secret.push_back(word);
      }
      const auto handle = "quiet" + std::string(p, 'k') + "er";
      desk.add(desk.post(std::to_string(40000 + p), handle, "Name " + handle, text),
               "{\"t\":\"" + text + "\"}");
      typed.redact.push_back(std::to_string(p) + ":text:words=\"" + secret.back() + "\"=s40(2)");
      if (pick(2) == 0) {
        typed.redact.push_back(std::to_string(p) + ":author.*:*=s40(2)");
        secret.push_back(handle);
      }
    }
    const auto made = desk.disclose(typed);
    ASSERT_TRUE(made.has_value()) << "round " << round << ": " << made.error().what;
    expect_verified(desk, desk.folder());
    const auto bytes = all_bytes(desk.folder());
    for (const auto& word : secret) EXPECT_EQ(bytes.find(word), std::string::npos) << "round " << round;
    EXPECT_NE(bytes.find("open"), std::string::npos);
  }
}

}  // namespace
}  // namespace muniment::foi
