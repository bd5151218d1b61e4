#include "app/contacts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/attachments.hpp"
#include "app/check.hpp"
#include "app/find.hpp"
#include "app/policy.hpp"
#include "app/release.hpp"
#include "base/sha256.hpp"
#include "base/time.hpp"
#include "bundle/bag_check.hpp"
#include "support/town_archive.hpp"
#include "verify/bundle.hpp"

namespace muniment::app {
namespace {

using support::TownArchive;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

// A PDF in as few bytes as make one.
const std::string kLetter = "%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n";

class Contacts : public testing::Test {
 protected:
  Contacts() {
    town.at("2026-03-03T15:00:00Z");
    wishes.contact.channel = "phone";
    wishes.contact.actor = "Ines Calloway";
    wishes.contact.person = "Dunstan Pike";
    wishes.contact.handle = "01632 960123";
    wishes.contact.text = "He says the water at 16 Rope Walk is brown and that nobody rang back.";
    wishes.happened = "2026-03-03 14:30";
  }
  ContactAnswer add() {
    const auto answer = add_contact(*town, wishes);
    EXPECT_TRUE(answer) << answer.error().what;
    return answer.value_or(ContactAnswer{});
  }
  Error refused() {
    const auto before = town->reader().head()->size;
    const auto answer = add_contact(*town, wishes);
    EXPECT_FALSE(answer);
    EXPECT_EQ(town->reader().head()->size, before) << "nothing is recorded of what is refused";
    return answer ? Error{} : answer.error();
  }
  std::uint64_t found(const std::string& query) { return count(*town, query)->number; }

  TownArchive town;
  ContactWishes wishes;
};

TEST_F(Contacts, KeepThreeTimesApart) {
  wishes.written = "2026-03-03 14:45";
  const auto answer = add();
  EXPECT_EQ(answer.happened, "2026-03-03T14:30:00.000Z");
  EXPECT_EQ(answer.written, "2026-03-03T14:45:00.000Z");
  EXPECT_EQ(answer.sealed, "2026-03-03T15:00:00.000Z");
  EXPECT_EQ(town.field(answer.seq, "posted"), answer.happened);
  EXPECT_EQ(town.field(answer.seq, "written"), answer.written);
  EXPECT_EQ(town.field(answer.seq, "fetched"), "") << "nothing was fetched";
  EXPECT_EQ(town.field(answer.seq, "provenance.class"), "typed");
  EXPECT_EQ(town.field(answer.seq, "actor"), "Ines Calloway");
  EXPECT_EQ(town.field(answer.seq, "direction"), "in");
  EXPECT_EQ(town->reader().entry(answer.seq)->kind, "contact");
}

TEST_F(Contacts, AreTimesOfTheArchivesZone) {
  town.at("2026-07-01T12:00:00Z");
  wishes.happened = "2026-07-01 12:30";
  EXPECT_EQ(add().happened, "2026-07-01T11:30:00.000Z");
  wishes.happened = "2026-07-01T12:30:00+02:00";
  EXPECT_EQ(add().happened, "2026-07-01T10:30:00.000Z");
  wishes.happened = "yesterday";
  EXPECT_THAT(refused().what, HasSubstr("--happened"));
}

TEST_F(Contacts, WrittenDownTooLateSaySoAndWhy) {
  EXPECT_EQ(add().late, "");
  wishes.happened = "2026-03-01 12:00";
  const auto late = add();
  EXPECT_EQ(late.late, "written down 2 days 3 hours after it happened, more than the allowed 24 hours");
  EXPECT_EQ(town.field(late.seq, "late"), "yes");
  EXPECT_EQ(town.field(late.seq, "late.why"), late.late);
  EXPECT_EQ(town.field(late.seq, "late.after.hours"), "24");
  EXPECT_EQ(town.field(late.seq, "provenance.late"), "derived");
  wishes.contact.late_after = std::chrono::hours{72};
  EXPECT_EQ(add().late, "");
}

TEST_F(Contacts, WrittenDownInTimeAndEnteredLateSaySo) {
  town.at("2026-03-05T15:00:00Z");
  wishes.written = "2026-03-03 15:00";
  EXPECT_EQ(add().late, "entered 2 days after it was written down, more than the allowed 24 hours");
}

TEST_F(Contacts, OfADayWithoutAnHourAreLateFromTheEndOfThatDay) {
  wishes.happened = "2026-03-02";
  const auto answer = add();
  EXPECT_EQ(answer.late, "");
  EXPECT_EQ(town.field(answer.seq, "posted.precision"), "day");
  wishes.happened = "2026-03-01";
  EXPECT_THAT(add().late, HasSubstr("after the end of the day on which it happened"));
}

TEST_F(Contacts, CanBeMarkedLateByHand) {
  wishes.contact.late_reason = "the notebook was found in a drawer";
  const auto answer = add();
  EXPECT_THAT(answer.late, HasSubstr("the notebook was found in a drawer"));
  EXPECT_EQ(town.field(answer.seq, "provenance.late"), "typed");
}

TEST_F(Contacts, ThatCannotBeAreRefused) {
  wishes.contact.channel = "telegraph";
  EXPECT_THAT(refused().hint, HasSubstr("phone, counter, letter"));
  wishes.contact.channel = "counter";
  wishes.written = "2026-03-03 14:00";
  EXPECT_THAT(refused().what, HasSubstr("before it happened"));
  wishes.written = "2026-03-04 14:00";
  EXPECT_THAT(refused().what, HasSubstr("in the future"));
  wishes.written = {};
  wishes.contact.text = " \n";
  EXPECT_THAT(refused().what, HasSubstr("nothing was said"));
  wishes.contact.text = "caf\xe9";
  EXPECT_THAT(refused().what, HasSubstr("not UTF-8"));
  wishes.contact.text = std::string(collect::kMostContactText + 1, 'x');
  EXPECT_THAT(refused().what, HasSubstr("more than"));
  wishes.contact.text = "said";
  wishes.files = {town.folder.path() / "absent.pdf"};
  EXPECT_EQ(refused().code, Code::kNotFound);
  wishes.files = {town.folder.write("empty.pdf", "")};
  EXPECT_THAT(refused().what, HasSubstr("is empty"));
  wishes.files.assign(collect::kMostSuppliedFiles + 1, town.folder.write("one.txt", "one"));
  EXPECT_THAT(refused().what, HasSubstr("at most 20 attachments"));
}

TEST_F(Contacts, AreFoundByTheirWordsPeopleChannelAndPlatform) {
  const auto answer = add();
  for (const char* query : {"platform:contact", "phone", "tag:phone", "brown platform:contact", "Pike",
                            "from:\"Dunstan Pike\"", "on:2026-03-03"})
    EXPECT_EQ(found(query), 1U) << query;
  EXPECT_EQ(found("platform:contact counter"), 0U);
  const auto story = show(*town, answer.id);
  ASSERT_TRUE(story) << story.error().what;
  EXPECT_EQ(story->versions.front().seq, answer.seq);
}

TEST_F(Contacts, ThatWentOutNameWhomTheBodySpokeTo) {
  wishes.contact.incoming = false;
  const auto answer = add();
  EXPECT_EQ(town.field(answer.seq, "author.name"), "") << "the words are not theirs";
  EXPECT_EQ(town.field(answer.seq, "recipient.name"), "Dunstan Pike");
  EXPECT_EQ(found("Pike"), 1U);
  EXPECT_EQ(found("from:\"Dunstan Pike\""), 0U);
}

TEST_F(Contacts, KeepWhatWasSuppliedAsSuppliedNotCaptured) {
  wishes.files = {town.folder.write("letter from Pike.pdf", kLetter)};
  const auto answer = add();
  EXPECT_EQ(town.field(answer.seq, "media.0.type"), "application/pdf") << "told by its content";
  EXPECT_EQ(town.field(answer.seq, "media.0.name"), "letter from Pike.pdf");
  EXPECT_EQ(town.field(answer.seq, "media.0.size"), std::to_string(kLetter.size()));
  EXPECT_EQ(town.field(answer.seq, "media.0.sha256"), base::to_hex(base::sha256(kLetter)));
  EXPECT_EQ(town.field(answer.seq, "provenance.media.0"), "supplied");
  EXPECT_EQ(*read_attachment(*town, answer.id, 0), kLetter);
  EXPECT_EQ(*read_attachment(*town, std::to_string(answer.seq), 0), kLetter);
  const auto other = read_attachment(*town, answer.id, 1);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Code::kNotFound);
}

TEST_F(Contacts, AreCountedAndCheckedByTheVerifier) {
  wishes.files = {town.folder.write("letter.pdf", kLetter)};
  const auto answer = add();
  town.close();
  auto checked = check_archive(town.path(), {.deep = true, .compare_index = true});
  ASSERT_TRUE(checked);
  EXPECT_EQ(checked->exit_code, 0) << checked->text;
  EXPECT_THAT(checked->text, HasSubstr("1 of 1 attachments unsealed"));
  std::filesystem::remove(town.path() / "media" / town.field(answer.seq, "media.0.file"));
  town.close();
  checked = check_archive(town.path(), {.deep = true, .compare_index = true});
  ASSERT_TRUE(checked);
  EXPECT_EQ(checked->exit_code, 1);
  EXPECT_THAT(checked->text, HasSubstr("its attachment 0 is gone from media/"));
}

std::string all_bytes(const std::filesystem::path& folder) {
  std::string out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) out += support::contents(entry.path()) + "\n";
  return out;
}

// From a call typed in to a bundle that an outsider verifies.
TEST_F(Contacts, AreDisclosedWithWordsWithheldAndTheRestProven) {
  wishes.files = {town.folder.write("Pike letter.pdf", kLetter)};
  const auto answer = add();
  const auto id = std::to_string(answer.seq);
  ReleaseWishes release_wishes;
  release_wishes.request = "FOI-2026-031";
  release_wishes.actor = "Ines Calloway";
  release_wishes.selection.records = {id};
  release_wishes.selection.withhold = {"author.*=s40(2)"};
  release_wishes.selection.redact = {id + ":text:words=\"16 Rope Walk\"=s40(2)"};
  release_wishes.folder = town.folder / "answer";
  const auto released = release(*town, release_wishes);
  ASSERT_TRUE(released) << released.error().what << " " << released.error().hint;
  EXPECT_THAT(released->plan.doubtful,
              Contains(testing::Field(&foi::Remark::what,
                                      HasSubstr("the attached file itself is not in the bundle"))));
  const auto bytes = all_bytes(release_wishes.folder);
  EXPECT_THAT(bytes, Not(HasSubstr("Rope Walk")));
  EXPECT_THAT(bytes, Not(HasSubstr("Dunstan")));
  EXPECT_THAT(bytes, Not(HasSubstr("Pike"))) << "not even in the name of the file he brought";
  EXPECT_THAT(bytes, Not(HasSubstr("960123")));
  EXPECT_THAT(bytes, HasSubstr("brown and that nobody rang back"));
  EXPECT_THAT(bytes, HasSubstr("Contact, written down by a person"));
  EXPECT_THAT(bytes, HasSubstr("Happened (as the person states who wrote it down)"));
  const auto bag = bundle::check_bag(release_wishes.folder);
  ASSERT_TRUE(bag);
  EXPECT_TRUE(bag->valid());
  const auto policy = verify::parse_policy(*policy_of(town->layout()));
  ASSERT_TRUE(policy);
  const auto report = verify::verify_bundle(release_wishes.folder, *policy);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->answer(), verify::Answer::kVerified) << verify::to_text(*report);
}

TEST_F(Contacts, ThatWentOutAreDisclosedWithoutTheNameOfWhomTheyWereFor) {
  wishes.contact.incoming = false;
  wishes.contact.text = "Rang Dunstan Pike back and said that the main has been flushed.";
  const auto id = std::to_string(add().seq);
  ReleaseWishes release_wishes;
  release_wishes.request = "FOI-2026-032";
  release_wishes.selection.records = {id};
  release_wishes.selection.withhold = {"recipient.*=s40(2)"};
  release_wishes.folder = town.folder / "answer";
  const auto released = release(*town, release_wishes);
  ASSERT_TRUE(released) << released.error().what;
  const auto bytes = all_bytes(release_wishes.folder);
  EXPECT_THAT(bytes, Not(HasSubstr("Pike")));
  EXPECT_THAT(bytes, HasSubstr("the main has been flushed"));
}

}  // namespace
}  // namespace muniment::app
