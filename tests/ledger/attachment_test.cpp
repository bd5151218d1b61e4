#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/sha256.hpp"
#include "support/small_ledger.hpp"
#include "verify/archive.hpp"
#include "verify/policy.hpp"

namespace muniment::ledger {
namespace {

using testing::Contains;
using testing::HasSubstr;

const std::string kScan = std::string("%PDF-1.4 a scan of ") + std::string(100'000, 'x');

class Attached : public testing::Test {
 protected:
  // Answers the number of the entry.
  Seq append(const std::string& bytes) {
    const auto appended = town.appender().append([&](const Head&) -> Result<std::vector<Draft>> {
      name = new_attachment_name(town.entropy);
      records::BodyBuilder body;
      body.add("platform", "contact").add("id", "1").add("media.3.file", name);
      body.add("media.3.sha256", base::to_hex(base::sha256(bytes)));
      return std::vector<Draft>{{std::string(kind::kContact), body.build(), {{3, name, bytes}}}};
    });
    EXPECT_TRUE(appended) << appended.error().what;
    return appended ? appended->before.size : 0;
  }
  Result<std::string> read(Seq seq, std::uint16_t number = 3) {
    const auto body = town.reader().body(seq);
    EXPECT_TRUE(body);
    return town.reader().attachment(seq, *body, number);
  }
  std::filesystem::path file() const { return town.folder() / "media" / name; }
  verify::Report verified() {
    town.sign();
    verify::Policy policy;
    policy.origin = support::kTestOrigin;
    auto report = verify::verify_archive(town.folder(), policy, {true, 1});
    EXPECT_TRUE(report);
    return *std::move(report);
  }
  std::vector<std::string> findings() {
    std::vector<std::string> out;
    const auto report = verified();
    for (const auto& finding : report.findings())
      if (finding.code == "attachment") out.push_back(finding.words);
    return out;
  }
  void change_byte() {
    std::fstream out(file(), std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(70'000);
    out.put('\x7f');
  }

  support::SmallLedger town{1};
  std::string name;
};

TEST_F(Attached, IsSealedUnderARandomNameAndReadBackByteForByte) {
  const auto seq = append(kScan);
  EXPECT_TRUE(is_attachment_name(name));
  const auto stored = support::contents(file());
  EXPECT_EQ(stored.size(), kScan.size() + 16);
  EXPECT_EQ(stored.find("PDF"), std::string::npos);
  const auto bytes = read(seq);
  ASSERT_TRUE(bytes) << bytes.error().what;
  EXPECT_EQ(*bytes, kScan);
  const auto none = read(seq, 0);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Code::kNotFound);
}

TEST_F(Attached, IsCheckedByTheDeepVerification) {
  append(kScan);
  const auto report = verified();
  EXPECT_THAT(report.checked(), Contains(HasSubstr("1 of 1 attachments unsealed")));
  EXPECT_THAT(findings(), testing::IsEmpty());
}

TEST_F(Attached, ThatIsGoneIsAFinding) {
  const auto seq = append(kScan);
  std::filesystem::remove(file());
  EXPECT_THAT(findings(), Contains("its attachment 3 is gone from media/"));
  const auto bytes = read(seq);
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().code, Code::kNotFound);
}

TEST_F(Attached, WithOneOtherByteIsAFinding) {
  const auto seq = append(kScan);
  change_byte();
  EXPECT_THAT(findings(), Contains(HasSubstr("the seal of its file is broken")));
  const auto bytes = read(seq);
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().code, Code::kCorrupt);
}

TEST_F(Attached, OfAnotherEntryInItsPlaceIsAFinding) {
  append("the one");
  const auto first = file();
  append("the other");
  std::filesystem::copy_file(first, file(), std::filesystem::copy_options::overwrite_existing);
  EXPECT_THAT(findings(), Contains(HasSubstr("the seal of its file is broken")));
}

TEST_F(Attached, WhoseSealedHashIsOfSomethingElseIsAFinding) {
  ASSERT_TRUE(town.appender().append([&](const Head&) -> Result<std::vector<Draft>> {
    name = new_attachment_name(town.entropy);
    records::BodyBuilder body;
    body.add("media.3.file", name).add("media.3.sha256", base::to_hex(base::sha256("another")));
    return std::vector<Draft>{{std::string(kind::kContact), body.build(), {{3, name, "this"}}}};
  }));
  EXPECT_THAT(findings(), Contains(HasSubstr("is not the file whose SHA-256 was sealed")));
}

TEST_F(Attached, WithAPathForANameIsAFindingAndIsNotOpened) {
  town.sign();
  records::BodyBuilder body;
  body.add("media.0.file", "../keys/log.key").add("media.0.sha256", "00");
  ASSERT_TRUE(town.appender().append({std::string(kind::kContact), body.build()}));
  EXPECT_THAT(findings(), Contains(HasSubstr("a name that is not one of a sealed file")));
}

TEST_F(Attached, LeavesNoFileWhenTheAppendWasRefused) {
  const auto other = town.open();
  const auto stale = town.store().head();
  ASSERT_TRUE(stale);
  town.append(1);
  std::vector<Sealed> batch;
  Sealer sealer(town.entropy);
  records::BodyBuilder body;
  body.add("id", "1");
  name = new_attachment_name(town.entropy);
  const std::vector<Draft> drafts = {{std::string(kind::kContact), body.build(), {{0, name, "bytes"}}}};
  sealer.seal(stale->size, drafts, batch);
  const auto refused = town.store().append(*stale, town.clock.now(), batch);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kConflict);
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(Attached, AFileThatNoEntryNamesIsRemarkedOn) {
  append(kScan);
  std::ofstream(town.folder() / "media" / std::string(32, 'a')) << "left over";
  EXPECT_THAT(verified().remarks(), Contains(HasSubstr("1 files in media/ are named by no entry")));
}

}  // namespace
}  // namespace muniment::ledger
