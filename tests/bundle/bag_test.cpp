#include "bundle/bag.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <set>

#include "bundle/bag_check.hpp"
#include "support/temp_folder.hpp"

namespace muniment::bundle {
namespace {

namespace fs = std::filesystem;

BagInfo info() {
  return {"Wexcombe Town Council", "FOI/2026/7", "A disclosure", "2026-11-22", "muniment 0.1.0"};
}

TEST(Bag, IsValidWhenFinishedAndSaysWhatItHolds) {
  const support::TempFolder folder;
  auto bag = Bag::begin(folder / "out", info());
  ASSERT_TRUE(bag.has_value()) << bag.error().what;
  ASSERT_TRUE((*bag)->file("bundle.json", "{}").has_value());
  ASSERT_TRUE((*bag)->file("media/one.txt", "one").has_value());
  EXPECT_FALSE(fs::exists(folder / "out"));
  ASSERT_TRUE((*bag)->finish().has_value());
  EXPECT_FALSE(fs::exists(folder / "out.part"));
  const auto report = check_bag(folder / "out");
  ASSERT_TRUE(report.has_value());
  EXPECT_TRUE(report->valid()) << report->problems.front();
  EXPECT_EQ(report->version, "1.0");
  EXPECT_EQ(support::contents(folder / "out/bag-info.txt"),
            "Source-Organization: Wexcombe Town Council\nExternal-Identifier: FOI/2026/7\n"
            "External-Description: A disclosure\nBagging-Date: 2026-11-22\n"
            "Bag-Software-Agent: muniment 0.1.0\nPayload-Oxum: 5.2\n");
}

TEST(Bag, IsForItsOwnerAloneUntilTheCheckHasPassedIt) {
  const support::TempFolder folder;
  auto bag = Bag::begin(folder / "out", info());
  ASSERT_TRUE((*bag)->file("bundle.json", "{}").has_value());
  auto before = fs::perms::unknown;
  ASSERT_TRUE((*bag)->finish([&](const fs::path& finished) -> Status {
    before = fs::status(finished).permissions();
    return {};
  }));
  EXPECT_EQ(before, fs::perms::owner_all);
  fs::create_directory(folder / "another");
  EXPECT_EQ(fs::status(folder / "out").permissions(), fs::status(folder / "another").permissions());
}

TEST(Bag, LeavesNothingBehindWhenTheCheckRefuses) {
  const support::TempFolder folder;
  auto bag = Bag::begin(folder / "out", info());
  ASSERT_TRUE((*bag)->file("bundle.json", "{}").has_value());
  bool seen = false;
  const auto refused = (*bag)->finish([&](const fs::path& finished) -> Status {
    seen = fs::exists(finished / "manifest-sha256.txt") && fs::exists(finished / "data/bundle.json");
    return Error{Code::kDenied, "no", {}};
  });
  EXPECT_TRUE(seen);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::kDenied);
  bag->reset();
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(Bag, IsGoneWhenItIsNeverFinished) {
  const support::TempFolder folder;
  {
    auto bag = Bag::begin(folder / "out", info());
    ASSERT_TRUE((*bag)->file("a", "b").has_value());
  }
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(Bag, DoesNotTouchAFolderThatExists) {
  const support::TempFolder folder;
  folder.write("out/precious.txt", "keep");
  const auto bag = Bag::begin(folder / "out", info());
  ASSERT_FALSE(bag.has_value());
  EXPECT_EQ(bag.error().code, Code::kConflict);
  EXPECT_EQ(support::contents(folder / "out/precious.txt"), "keep");
  folder.write("other.part/half.txt", "somebody else's");
  ASSERT_FALSE(Bag::begin(folder / "other", info()).has_value());
  EXPECT_EQ(support::contents(folder / "other.part/half.txt"), "somebody else's");
}

TEST(Bag, OneThatIsBeingWrittenIsToldFromOneThatWasLeftBehind) {
  const support::TempFolder folder;
  {
    const auto growing = Bag::begin(folder / "out", info());
    ASSERT_TRUE(growing.has_value());
    const auto second = Bag::begin(folder / "out", info());
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, Code::kUnavailable);
    EXPECT_NE(second.error().what.find("is being written by another muniment"), std::string::npos);
    EXPECT_TRUE(fs::exists(folder / "out.part/data")) << "the refused one took it away";
  }
  const pid_t killed = ::fork();
  if (killed == 0) {
    const auto bag = Bag::begin(folder / "out", info());
    if (bag.has_value() && (*bag)->file("a.txt", "half of it").has_value()) ::raise(SIGKILL);
    ::_exit(1);
  }
  int how = 0;
  ASSERT_EQ(::waitpid(killed, &how, 0), killed);
  ASSERT_TRUE(WIFSIGNALED(how));
  const auto next = Bag::begin(folder / "out", info());
  ASSERT_FALSE(next.has_value());
  EXPECT_EQ(next.error().code, Code::kConflict);
  EXPECT_NE(next.error().what.find("cut off before its bundle was finished"), std::string::npos);
  EXPECT_NE(next.error().hint.find("remove it"), std::string::npos);
  EXPECT_EQ(support::contents(folder / "out.part/data/a.txt"), "half of it");
  fs::remove_all(folder / "out.part");
  EXPECT_TRUE(Bag::begin(folder / "out", info()).has_value());
}

TEST(Bag, RefusesPathsThatLeadOutOrCollide) {
  const support::TempFolder folder;
  auto bag = Bag::begin(folder / "out/", info());
  ASSERT_TRUE(bag.has_value()) << bag.error().what;
  for (const auto* path :
       {"", "/etc/passwd", "../x", "a/../b", "a//b", "a/", ".", "...", "a b", "a\nb", "caf\xC3\xA9"})
    EXPECT_FALSE((*bag)->file(path, "x").has_value()) << path;
  EXPECT_TRUE((*bag)->file("Index.html", "x").has_value());
  EXPECT_FALSE((*bag)->file("index.html", "x").has_value()) << "the same on a disk that ignores case";
}

TEST(Bag, KeepsEachTagOnItsLine) {
  const support::TempFolder folder;
  BagInfo forged = info();
  forged.reference = "FOI/7\nPayload-Oxum: 0.0";
  auto bag = Bag::begin(folder / "out", forged);
  ASSERT_TRUE((*bag)->finish().has_value());
  EXPECT_NE(support::contents(folder / "out/bag-info.txt").find("FOI/7 Payload-Oxum: 0.0\n"),
            std::string::npos);
}

TEST(BagCheck, FindsAChangedAMissingAndAnExtraFile) {
  for (const std::string damage : {"changed", "missing", "extra", "tag"}) {
    const support::TempFolder folder;
    auto bag = Bag::begin(folder / "out", info());
    ASSERT_TRUE((*bag)->file("a.txt", "one").has_value());
    ASSERT_TRUE((*bag)->finish().has_value());
    if (damage == "changed") folder.write("out/data/a.txt", "two");
    if (damage == "missing") fs::remove(folder / "out/data/a.txt");
    if (damage == "extra") folder.write("out/data/b.txt", "one");
    if (damage == "tag") folder.write("out/bag-info.txt", "Source-Organization: Somebody else\n");
    const auto report = check_bag(folder / "out");
    ASSERT_TRUE(report.has_value());
    EXPECT_FALSE(report->valid()) << damage;
  }
}

// A bag of another's making: its declaration, and a manifest and information in that encoding.
void write_bag(const support::TempFolder& folder, const std::string& encoding, const std::string& manifest,
               const std::string& tags) {
  folder.write("out/bagit.txt", "BagIt-Version: 0.97\nTag-File-Character-Encoding: " + encoding + "\n");
  folder.write("out/manifest-md5.txt", manifest);
  folder.write("out/bag-info.txt", tags);
  folder.write("out/data/caf\u00e9", "one");
}
constexpr std::string_view kMd5OfOne = "f97c5d29941bfb1b2fdab0874906ab82";

std::string in_utf16(std::string_view latin1) {
  std::string out = "\xfe\xff";
  for (const char c : latin1) out.append(1, '\0').append(1, c);
  return out;
}

TEST(BagCheck, ReadsTagFilesInTheEncodingThatTheyAreSaidToHave) {
  const std::string manifest = std::string(kMd5OfOne) + "  data/caf\xe9\n";
  const std::string tags = "Source-Organization: Caf\xe9\nPayload-Oxum: 3.1\n";
  for (const std::string encoding : {"ISO-8859-1", "UTF-16", "UTF-8", "EBCDIC"}) {
    const support::TempFolder folder;
    const bool is_wide = encoding == "UTF-16";
    write_bag(folder, encoding, is_wide ? in_utf16(manifest) : manifest, is_wide ? in_utf16(tags) : tags);
    const auto report = check_bag(folder / "out");
    ASSERT_TRUE(report.has_value());
    const bool is_so = encoding == "ISO-8859-1" || is_wide;
    EXPECT_EQ(report->valid(), is_so) << encoding << (is_so ? ": " + report->problems.front() : "");
  }
}

TEST(BagCheck, RemarksOnNamesThatSomeDisksTakeForOne) {
  for (const std::string other : {"data/CAF\u00c9", "data/cafe\u0301"}) {
    const support::TempFolder folder;
    const std::string digest(kMd5OfOne);
    write_bag(folder, "UTF-8", digest + "  data/caf\u00e9\n" + digest + "  " + other + "\n", "");
    folder.write("out/" + other, "one");
    const auto report = check_bag(folder / "out");
    ASSERT_TRUE(report.has_value());
    EXPECT_TRUE(report->valid()) << report->problems.front();
    ASSERT_FALSE(report->remarks.empty()) << other;
    EXPECT_NE(report->remarks.front().find("take for one"), std::string::npos);
  }
}

TEST(BagCheck, FindsPathsThatLeadOut) {
  for (const std::string path :
       {"data/../../secret", "/etc/passwd", "..\\secret", "~/secret", "C:\\secret"}) {
    const support::TempFolder folder;
    const std::string digest(kMd5OfOne);
    write_bag(folder, "UTF-8", digest + "  data/caf\u00e9\n" + digest + "  " + path + "\n", "");
    folder.write("secret", "one");
    const auto report = check_bag(folder / "out");
    ASSERT_TRUE(report.has_value());
    ASSERT_FALSE(report->valid()) << path;
    EXPECT_NE(report->problems.front().find("outside the bag"), std::string::npos) << path;
  }
}

// The Library of Congress's conformance suite, where it is at hand.
class BagItSuite : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(suite)) GTEST_SKIP() << "the BagIt conformance suite is not at " << suite;
  }
  std::vector<fs::path> bags(const std::string& kind) const {
    std::vector<fs::path> out;
    for (const auto& version : fs::directory_iterator(suite)) {
      if (!fs::is_directory(version.path() / kind)) continue;
      for (const auto& bag : fs::directory_iterator(version.path() / kind))
        if (bag.is_directory()) out.push_back(bag.path());
    }
    return out;
  }
  const fs::path suite = MUNIMENT_SHARED_DIR "/data/vectors/bagit-conformance-suite";
};

TEST_F(BagItSuite, EveryValidBagIsValid) {
  for (const auto& path : bags("valid")) {
    const auto report = check_bag(path);
    ASSERT_TRUE(report.has_value()) << path;
    EXPECT_TRUE(report->valid()) << path << ": " << report->problems.front();
  }
}

TEST_F(BagItSuite, EveryInvalidBagIsFoundOut) {
  // bag-info.txt is optional in the specification, though the suite calls a bag without it invalid: its tag
  // manifest lists it, which is what is found.
  for (const auto* kind : {"invalid", "linux-only", "windows-only"})
    for (const auto& path : bags(kind)) {
      const auto report = check_bag(path);
      ASSERT_TRUE(report.has_value()) << path;
      EXPECT_FALSE(report->valid()) << path;
    }
}

}  // namespace
}  // namespace muniment::bundle
