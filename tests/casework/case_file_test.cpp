#include "casework/case_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/sha256.hpp"
#include "bundle/bag_check.hpp"
#include "muniment/exporters.hpp"
#include "support/release_desk.hpp"

namespace muniment::casework {
namespace {

namespace fs = std::filesystem;

class CaseFileTest : public testing::Test {
 protected:
  CaseDesk desk() {
    return {archive.ledger.reader(), archive.ledger.appender(),
            [this](ledger::Seq of) -> Result<Seqs> {
              const auto id = id_of(of);
              Seqs found;
              for (ledger::Seq seq = 0; seq < archive.ledger.reader().head()->size; ++seq)
                if (const auto body = archive.ledger.reader().body(seq);
                    body && records::value_of(*body, "id") == id)
                  found.push_back(seq);
              return found;
            },
            exporters::write_case_file};
  }
  // Of seen-again and the like it stands in the version that they cite.
  std::string id_of(ledger::Seq seq) {
    const auto body = archive.ledger.reader().body(seq);
    if (!body) return {};
    const auto id = records::value_of(*body, "id");
    return id ? std::string(*id)
              : id_of(std::stoull(std::string(records::value_of(*body, "of").value_or("0"))));
  }
  support::ReleaseDesk archive;
  const Cover cover{"Water in Mill Lane", "Wexcombe Town Council", "Ines Calloway",
                    "muniment 0.1.0",     "Europe/London",         "2026-09-21T14:13:20.000Z"};
};

TEST_F(CaseFileTest, FilesEveryVersionOfAnItemUnderOneRecord) {
  auto post = archive.post("1", "amy", "Amy Rowantree", "The water is brown.");
  const auto first = archive.add(post);
  auto other = archive.post("2", "ben", "Ben", "Earlier by the clock of the platform.");
  other.posted = "2026-09-19T08:00:00.000Z";
  const auto second = archive.add(other);
  post.text = "The water is brown again.";
  post.edited = "2026-09-20T11:00:00.000Z";
  const auto edit = archive.add(post, {}, ledger::kind::kEdit, std::to_string(first) + " x");
  auto here = desk();
  const auto file = build_case_file(here, {first, second, edit}, cover);
  ASSERT_TRUE(file.has_value()) << file.error().what;
  ASSERT_EQ(file->records.size(), 2U);
  EXPECT_EQ(file->records[0].author_name, "Ben") << "in order of time";
  ASSERT_EQ(file->records[1].versions.size(), 2U);
  EXPECT_EQ(file->records[1].versions[1].text, "The water is brown again.");
  EXPECT_EQ(file->records[1].versions[1].leaf_hash, base::to_base64(*archive.ledger.reader().leaf(edit)));
}

TEST_F(CaseFileTest, SaysOfAContactThatAPersonTypedIt) {
  records::BodyBuilder body;
  body.add("platform", "contact").add("id", "phone/1").add("type", "phone").add("direction", "out");
  body.add("posted", "2026-09-20T10:00:00.000Z").add("written", "2026-09-20T10:10:00.000Z");
  body.add("actor", "Ines Calloway").add("provenance.class", "typed").add_text("text", "Rang back.");
  body.add_text("recipient.name", "Amy Rowantree").add("recipient.handle", "01632 960123");
  body.add_text("written.by", "Una Pell");
  body.add("late", "yes").add("late.why", "written down 3 days after it happened");
  body.add("media.0.file", std::string(32, 'a'))
      .add("media.0.name", "note.pdf")
      .add("media.0.type", "application/pdf");
  ASSERT_TRUE(archive.ledger.appender().append({std::string(ledger::kind::kContact), body.build()}));
  auto here = desk();
  const auto made = make_case_file(here, {1}, cover, archive.folder("case"));
  ASSERT_TRUE(made.has_value()) << made.error().what;
  const auto page = archive.file("data/index.html", "case");
  for (const char* words :
       {"Contact, written down by a person", "Happened (as the person states who wrote it down)",
        "Ines Calloway", "written down 3 days after it happened", "Amy Rowantree, 01632 960123",
        "<dt>Written down by</dt><dd><bdi dir=\"auto\">Una Pell</bdi></dd>", "Supplied with it, not captured",
        "note.pdf, application/pdf"})
    EXPECT_NE(page.find(words), std::string::npos) << words;
  EXPECT_EQ(page.find("Captured (when we fetched it)"), std::string::npos);
  EXPECT_NE(archive.file("data/case.json", "case").find("\"supplied\":[\"note.pdf, application/pdf\"]"),
            std::string::npos);
}

TEST_F(CaseFileTest, TakesNoFilesAddressForTheItems) {
  auto message = archive.post("1", "amy", "Amy", "The water is brown.");
  message.visibility = "direct";
  const auto seq = archive.add(message);
  records::BodyBuilder file;
  file.add("platform", "mastodon")
      .add("id", message.id)
      .add("of", "1 x")
      .add("url", "https://media.example/1.jpg");
  ASSERT_TRUE(archive.ledger.appender().append({std::string(ledger::kind::kMedia), file.build()}));
  auto here = desk();
  const auto made = build_case_file(here, {seq, seq + 1}, cover);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  ASSERT_EQ(made->records.size(), 1U);
  EXPECT_EQ(made->records[0].url, message.url);
  EXPECT_EQ(made->records[0].visibility, "direct");
}

TEST_F(CaseFileTest, WritesABagAndCitesItInTheLedger) {
  const auto seq = archive.add(archive.post("1", "amy", "Amy <b>Rowantree</b>", "See \xE2\x80\xAEthis."));
  auto here = desk();
  const auto made = make_case_file(here, {seq}, cover, archive.folder("case"));
  ASSERT_TRUE(made.has_value()) << made.error().what;
  const auto bag = bundle::check_bag(archive.folder("case"));
  ASSERT_TRUE(bag.has_value());
  EXPECT_TRUE(bag->valid()) << bag->problems.front();
  const auto body = archive.ledger.reader().body(*made);
  ASSERT_TRUE(body.has_value());
  EXPECT_EQ(records::value_of(*body, "manifest.sha256"),
            base::to_hex(base::sha256(archive.file("manifest-sha256.txt", "case"))));
  EXPECT_EQ(records::value_of(*body, "records"),
            "1 " + base::to_base64(*archive.ledger.reader().leaf(1)) + "\n");
  const auto page = archive.file("data/index.html", "case");
  EXPECT_NE(page.find("For inside use"), std::string::npos);
  EXPECT_NE(page.find("Amy &lt;b&gt;Rowantree&lt;/b&gt;"), std::string::npos);
  EXPECT_NE(page.find(">U+202E</span>this."), std::string::npos);
  EXPECT_NE(page.find("holds no account of polls"), std::string::npos);
}

TEST_F(CaseFileTest, SaysOfARepostWhoseWordsItShows) {
  auto repost = archive.post("1", "town", "Town Desk", "Mind the quay.");
  repost.repost_of = "2";
  repost.repost_author = {"55", "jo_b", "Jo Bright", ""};
  const auto seq = archive.add(repost);
  auto here = desk();
  ASSERT_TRUE(make_case_file(here, {seq}, cover, archive.folder("case")));
  const auto page = archive.file("data/index.html", "case");
  const auto at = page.find("Said first by");
  ASSERT_NE(at, std::string::npos);
  EXPECT_NE(page.find("Jo Bright", at), std::string::npos);
  const auto json = archive.file("data/case.json", "case");
  EXPECT_NE(json.find("\"repost.author.handle\":\"jo_b\""), std::string::npos) << json;
}

// As Mastodon's answers do.
TEST_F(CaseFileTest, KnowsWhatIsAnsweredByTheNameOnItsServer) {
  auto post = archive.post("1", "amy", "Amy Rowantree", "The water is brown.");
  post.local = "social.example/1";
  const auto first = archive.add(post);
  auto answer = archive.post("2", "ben", "Ben", "So it is.");
  answer.posted = "2026-09-20T11:00:00.000Z";
  answer.reply_to = post.local;
  const auto second = archive.add(answer);
  auto third = archive.post("3", "cat", "Cat", "It is.");
  third.posted = "2026-09-20T12:00:00.000Z";
  third.reply_to = post.id;
  const auto other = archive.add(third);
  auto here = desk();
  ASSERT_TRUE(make_case_file(here, {first, second, other}, cover, archive.folder("file")));
  const auto page = archive.file("data/index.html", "file");
  EXPECT_EQ(page.find("(not in this file)"), std::string::npos);
  EXPECT_NE(page.find("<dt>In answer to</dt><dd><a href=\"#record-1\">record 1</a></dd>"), std::string::npos);
  EXPECT_NE(page.find("<dt>Answers in this file</dt><dd>2</dd>"), std::string::npos);
}

TEST_F(CaseFileTest, SaysHowWellTheSourcesWereWatched) {
  const auto first = archive.add(archive.post("1", "amy", "Amy", "One."));
  for (const std::string outcome : {"complete", "partial"}) {
    records::BodyBuilder body;
    body.add("source", "town-mastodon").add("started", "2026-09-20T10:00:00.000Z");
    body.add("finished", "2026-09-20T10:01:00.000Z").add("outcome", outcome);
    ASSERT_TRUE(
        archive.ledger.appender().append({std::string(ledger::kind::kCoverage), body.build()}).has_value());
  }
  const auto last = archive.add(archive.post("2", "ben", "Ben", "Two."));
  auto here = desk();
  const auto file = build_case_file(here, {first, last}, cover);
  ASSERT_TRUE(file.has_value());
  ASSERT_EQ(file->coverage.size(), 1U);
  EXPECT_EQ(file->coverage[0].polls, 2U);
  EXPECT_EQ(file->coverage[0].incomplete, 1U);
}

TEST_F(CaseFileTest, RefusesATitleThatIsNotOneLineOfPlainText) {
  const auto seq = archive.add(archive.post("1", "amy", "Amy", "One."));
  const auto head = archive.ledger.reader().head()->size;
  auto here = desk();
  for (const char* title : {"", "Burst\nmain", "Burst \xff main", "Burst \x1b[31m main"}) {
    auto named = cover;
    named.title = title;
    EXPECT_EQ(make_case_file(here, {seq}, named, archive.folder("case")).error().code, Code::kInvalid);
  }
  EXPECT_FALSE(fs::exists(archive.folder("case")));
  EXPECT_EQ(archive.ledger.reader().head()->size, head) << "no case-file entry was appended";
}

TEST_F(CaseFileTest, LeavesNothingWhenItCannotBeMade) {
  const auto head = archive.ledger.reader().head()->size;
  auto here = desk();
  EXPECT_EQ(make_case_file(here, {99}, cover, archive.folder("case")).error().code, Code::kNotFound);
  EXPECT_EQ(make_case_file(here, {}, cover, archive.folder("case")).error().code, Code::kInvalid);
  fs::create_directory(archive.folder("taken"));
  const auto seq = archive.add(archive.post("1", "amy", "Amy", "One."));
  EXPECT_EQ(make_case_file(here, {seq}, cover, archive.folder("taken")).error().code, Code::kConflict);
  EXPECT_FALSE(fs::exists(archive.folder("case")));
  EXPECT_EQ(archive.ledger.reader().head()->size, head + 1) << "no case-file entry was appended";
}

}  // namespace
}  // namespace muniment::casework
