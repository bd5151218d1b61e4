// The shape of bundle.json and the honesty of the page.
#include <gtest/gtest.h>

#include <map>

#include "muniment/exporters.hpp"

namespace muniment::exporters {
namespace {

class Files : public Sink {
 public:
  Status file(std::string_view path, std::string_view bytes) override {
    files[std::string(path)] = bytes;
    return {};
  }
  std::map<std::string, std::string> files;
};

Disclosure small() {
  Disclosure d;
  d.authority = "Wexcombe Town Council";
  d.origin = "archive.wexcombe.example/muniment/1";
  d.request = "FOI/2026/7";
  d.regime_title = "Freedom of Information Act 2000";
  d.made = "2026-09-21T14:13:20.000Z";
  d.checkpoint = "note\n";
  d.release = "release\n";
  d.records = {1};
  d.entries = {
      {0,
       "2026-09-20T10:00:00.000Z",
       "genesis",
       "leaf 0\n",
       "AAAA",
       {"P0"},
       {},
       {{"origin", Whole{"S0", {"archive", ".example"}}}}},
      {1,
       "2026-09-20T10:00:01.000Z",
       "capture",
       "leaf 1\n",
       "BBBB",
       {"P1", "P2"},
       {"C1"},
       {{"author.handle", Withheld{"D1", "s40(2)"}},
        {"posted", Whole{"S1", {"2026-09-19T08:00:00.000Z"}}},
        {"text", Parts{{ShownSegment{"T0", "I am "}, WithheldSegment{"K1", "s40(2)"},
                        WithheldSegment{"K2", "s40(2)"}, WithheldSegment{"K3", "s41"},
                        ShownSegment{"T4", "<b>\"you\"</b> [withheld: s40(2)] \u202Eabc\u0007"}}}}}}};
  d.entries[1].decision = Decision::kPart;
  d.exemptions = {{"s40(2)", "Personal information of somebody else"}};
  return d;
}

std::string written(const Disclosure& disclosure, const std::string& name) {
  Files files;
  EXPECT_TRUE(write_disclosure(disclosure, files).has_value());
  return files.files[name];
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

TEST(BundleJson, HasTheShapeTheFormatGives) {
  EXPECT_EQ(
      written(small(), "bundle.json"),
      "{\"v\":1,\n\"checkpoint\":\"note\\n\",\n\"entries\":[\n"
      "{\"leaf\":\"leaf 0\\n\",\n \"proof\":[\"P0\"],\n \"fields\":[\n"
      "  {\"name\":\"origin\",\"seed\":\"S0\",\"segs\":[{\"v\":\"archive\"},{\"v\":\".example\"}]}]},\n"
      "{\"leaf\":\"leaf 1\\n\",\n \"proof\":[\"P1\",\"P2\"],\n \"consistency\":[\"C1\"],\n \"fields\":[\n"
      "  {\"name\":\"author.handle\",\"digest\":\"D1\"},\n"
      "  {\"name\":\"posted\",\"seed\":\"S1\",\"segs\":[{\"v\":\"2026-09-19T08:00:00.000Z\"}]},\n"
      "  {\"name\":\"text\",\"segs\":[{\"salt\":\"T0\",\"v\":\"I am \"},{\"c\":\"K1\"},{\"c\":\"K2\"},"
      "{\"c\":\"K3\"},{\"salt\":\"T4\",\"v\":\"<b>\\\"you\\\"</b> [withheld: s40(2)] "
      "\u202Eabc\\u0007\"}]}]}],\n"
      "\"anchors\":[],\n\"release\":\"release\\n\"}\n");
}

TEST(BundleJson, ComesWithTheSameReleaseAsText) {
  EXPECT_EQ(written(small(), "release.txt"), "release\n");
}

TEST(DisclosurePage, NeedsNothingFromOutside) {
  const auto page = written(small(), "index.html");
  for (const auto* outside :
       {"<script", "<link", "<img", "<iframe", "src=", "url(", "@import", "javascript:"})
    EXPECT_EQ(page.find(outside), std::string::npos) << outside;
  EXPECT_EQ(count(page, "<h1>"), 1U);
  EXPECT_NE(page.find("<html lang=\"en-GB\">"), std::string::npos);
}

TEST(DisclosurePage, MarksGapsByMarkUpAndJoinsNeighbours) {
  const auto page = written(small(), "index.html");
  EXPECT_NE(page.find("I am <span class=\"withheld\" role=\"note\" aria-label=\"withheld under s40(2)\">"),
            std::string::npos);
  const auto text = page.substr(page.find("I am "), 600);
  EXPECT_EQ(count(text, "class=\"withheld\""), 2U) << "two exemptions, two marks";
}

TEST(DisclosurePage, ShowsMarkUpOfOthersAsTheyTypedIt) {
  const auto page = written(small(), "index.html");
  EXPECT_NE(page.find("&lt;b&gt;&quot;you&quot;&lt;/b&gt; [withheld: s40(2)] "), std::string::npos)
      << "what a post says stays ordinary text";
  EXPECT_NE(page.find(">U+202E</span>abc<"), std::string::npos);
  EXPECT_NE(page.find(">U+0007</span>"), std::string::npos);
  EXPECT_EQ(page.find("\u202E"), std::string::npos);
  EXPECT_EQ(page.find('\a'), std::string::npos);
}

TEST(DisclosurePage, NamesWhatCannotBeSeenInTheReferenceToo) {
  auto d = small();
  d.request = "FOI/2026\u200B/7";
  EXPECT_NE(written(d, "index.html").find("request FOI/2026<span class=\"hidden-character\""),
            std::string::npos);
}

TEST(DisclosurePage, KeepsThePlatformsClaimApartFromOurTimes) {
  const auto page = written(small(), "index.html");
  EXPECT_NE(
      page.find("Posted (as the platform claims)</dt><dd><time datetime=\"2026-09-19T08:00:00.000Z\">19 "
                "September 2026 at 08:00:00 UTC"),
      std::string::npos);
  EXPECT_NE(
      page.find("Sealed (when it entered the ledger)</dt><dd><time datetime=\"2026-09-20T10:00:01.000Z\">"),
      std::string::npos);
}

TEST(DisclosurePage, CountsDecisions) {
  EXPECT_NE(written(small(), "index.html").find("1 record: 0 shown in full, 1 shown in part, 0 withheld."),
            std::string::npos);
  auto none = small();
  none.entries[1].fields = {{"platform", Whole{"S", {"town"}}}, {"text", Withheld{"D", "s41"}}};
  none.entries[1].decision = Decision::kWithheld;
  EXPECT_NE(written(none, "index.html").find("0 shown in full, 0 shown in part, 1 withheld."),
            std::string::npos);
}

}  // namespace
}  // namespace muniment::exporters
