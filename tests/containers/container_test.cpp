#include "containers/container.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "support/made_archive.hpp"
#include "support/saved_files.hpp"

namespace muniment::containers {
namespace {

using support::Made;
using support::made_archive;
using support::made_gzip;
using support::made_warc_record;
using support::MadeEntry;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

struct Unpacked {
  std::map<std::string, std::string> files, dates;
  std::vector<Finding> findings;
  std::string error;
};

std::string all_of(base::ByteStream& stream, std::string& error) {
  std::string out;
  std::string chunk(5'000, '\0');
  for (;;) {
    const auto count = stream.read(chunk);
    if (!count) error = count.error().what;
    if (!count || *count == 0) return out;
    out.append(chunk, 0, *count);
  }
}

// A stream that cannot be sought in, as that of a container within another.
class Flow : public base::ByteStream {
 public:
  explicit Flow(std::string bytes) : whole_(std::move(bytes)) {}
  Result<std::size_t> read(std::span<char> into) override { return whole_.read(into); }

 private:
  base::MemoryStream whole_;
};

Unpacked unpack(base::ByteStream& stream, std::string_view bytes, const Limits& limits) {
  Unpacked out;
  auto container = open_container(stream, bytes.substr(0, 512), limits);
  if (!container) {
    out.error = container.error().what;
    return out;
  }
  for (;;) {
    auto entry = (*container)->next();
    for (auto& finding : (*container)->take_findings()) out.findings.push_back(std::move(finding));
    if (!entry) out.error = entry.error().what;
    if (!entry || !*entry) return out;
    out.dates[(*entry)->name] = (*entry)->date;
    out.files[(*entry)->name] = all_of((*container)->content(), out.error);
    if (!out.error.empty()) return out;
  }
}

Unpacked unpack(const std::string& bytes, const Limits& limits = {}) {
  base::MemoryStream stream(bytes);
  return unpack(stream, bytes, limits);
}

TEST(Container, GivesTheFilesOfZipsAndTarsHoweverTheyAreCompressed) {
  const std::vector<MadeEntry> entries = {
      {"a.txt", "one"}, {"data/b.txt", std::string(300'000, 'x')}, {"empty", ""}};
  for (const auto kind : {Made::kZip, Made::kTar, Made::kTarGzip, Made::kTarZstd}) {
    const auto bytes = made_archive(kind, entries);
    EXPECT_TRUE(is_container(bytes));
    const auto sought = unpack(bytes);
    EXPECT_EQ(sought.error, "");
    EXPECT_THAT(sought.files,
                ElementsAre(Pair("a.txt", "one"), Pair("data/b.txt", SizeIs(300'000)), Pair("empty", "")));
    Flow flow(bytes);
    const auto flown = unpack(flow, bytes, {});
    EXPECT_EQ(flown.error, "");
    EXPECT_EQ(flown.files, sought.files);
  }
}

TEST(Container, GivesTheOneFileThatIsCompressedByItselfWithoutAName) {
  EXPECT_THAT(unpack(made_gzip("{\"a\":1}\n")).files, ElementsAre(Pair("", "{\"a\":1}\n")));
  EXPECT_THAT(unpack(made_gzip("one ") + made_gzip("two")).files, ElementsAre(Pair("", "one two")));
}

TEST(Container, NamesWhatIsNoPlainFileAndGoesOn) {
  const std::vector<MadeEntry> entries = {{"good", "1"}, {"link", "", "/etc/passwd"}, {"../up", "2"},
                                          {"/abs", "3"}, {"a/../../b", "4"},          {"last", "5"}};
  for (const auto kind : {Made::kZip, Made::kTar}) {
    const auto found = unpack(made_archive(kind, entries));
    EXPECT_EQ(found.error, "");
    EXPECT_THAT(found.files, ElementsAre(Pair("good", "1"), Pair("last", "5")));
    EXPECT_THAT(found.findings, Contains(Field(&Finding::why, HasSubstr("link"))));
    EXPECT_THAT(found.findings, Contains(Field(&Finding::why, HasSubstr("leads out"))));
    EXPECT_THAT(found.findings, Contains(Field(&Finding::why, HasSubstr("absolute"))));
    EXPECT_THAT(found.findings, SizeIs(4));
  }
  const auto device = unpack(made_archive(Made::kTar, {{"null", "", "", true}, {"x", "1"}}));
  EXPECT_THAT(device.files, ElementsAre(Pair("x", "1")));
  EXPECT_THAT(device.findings, ElementsAre(Field(&Finding::why, HasSubstr("device"))));
}

TEST(Container, StopsAtWhatUnpacksToFarMoreThanItIs) {
  Limits limits;
  limits.unjudged = 1U << 20;
  const auto bomb = std::string(64U << 20, 'x');
  for (const auto& bytes : {made_gzip(bomb), made_archive(Made::kZip, {{"bomb", bomb}}),
                            made_archive(Made::kTarGzip, {{"bomb", bomb}})}) {
    const auto found = unpack(bytes, limits);
    EXPECT_THAT(found.error, HasSubstr("as only a trap does")) << bytes.size();
  }
}

TEST(Container, CountsWhatIsPassedOverAsWell) {
  Limits limits;
  limits.unjudged = 1U << 20;
  const auto bytes = made_archive(Made::kTarGzip, {{"bomb", std::string(64U << 20, '\0')}, {"x", "1"}});
  base::MemoryStream stream(bytes);
  auto container = open_container(stream, bytes.substr(0, 512), limits);
  ASSERT_TRUE(container);
  ASSERT_TRUE((*container)->next());
  EXPECT_FALSE((*container)->next());
}

TEST(Container, KeepsToItsLimits) {
  Limits limits;
  limits.entries = 2;
  EXPECT_THAT(unpack(made_archive(Made::kTar, {{"a", ""}, {"b", ""}, {"c", ""}}), limits).error,
              HasSubstr("more than 2 entries"));
  limits = {};
  limits.unpacked = 10;
  EXPECT_THAT(unpack(made_archive(Made::kTar, {{"a", "0123456789x"}}), limits).error,
              HasSubstr("more than is taken"));
  limits = {};
  limits.name_bytes = 10;
  const auto named = unpack(made_archive(Made::kTar, {{"a-name-too-long", "1"}, {"b", "2"}}), limits);
  EXPECT_THAT(named.files, ElementsAre(Pair("b", "2")));
  EXPECT_THAT(named.findings, ElementsAre(Field(&Finding::name, "a-name-too")));
}

TEST(Container, SaysWhereItIsBroken) {
  const auto whole = made_archive(Made::kTarGzip, {{"a", std::string(100'000, 'a')}, {"b", "2"}});
  const auto half = unpack(whole.substr(0, whole.size() / 2));
  EXPECT_THAT(half.error, HasSubstr("cannot be read"));
  for (std::size_t end = 0; end < whole.size(); ++end) unpack(whole.substr(0, end));
}

TEST(Crawl, GivesTheBodiesOfAnswers) {
  const auto chunked =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n";
  const auto lying = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot in chunks";
  const auto zipped = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + made_gzip("zipped");
  const auto crawl = made_warc_record("warcinfo", "", "software: x") +
                     made_warc_record("response", "<http://a.example/1>", chunked) +
                     made_warc_record("request", "http://a.example/1", "GET / HTTP/1.1\r\n\r\n") +
                     made_warc_record("response", "http://a.example/2", lying) +
                     made_warc_record("response", "http://a.example/3", zipped) +
                     made_warc_record("response", "http://a.example/4", "HTTP/1.1 404 Not Found\r\n\r\nno") +
                     made_warc_record("resource", "http://a.example/5", "plain");
  const auto found = unpack(crawl);
  EXPECT_EQ(found.error, "");
  EXPECT_THAT(
      found.files,
      ElementsAre(Pair("http://a.example/1", "hello world"), Pair("http://a.example/2", "not in chunks"),
                  Pair("http://a.example/3", "zipped"), Pair("http://a.example/5", "plain")));
}

TEST(Crawl, WhoseOwnHeadersEndInLineFeedsAloneGivesTheBodiesAllTheSame) {
  const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nQuay";
  std::string crawl;
  for (const std::string name : {"a", "b"})
    crawl += "WARC/1.0\nWARC-Type: response\nWARC-Target-URI: https://town.example/" + name +
             "\nContent-Length: " + std::to_string(answer.size()) + "\n\n" + answer + "\n\n";
  const auto found = unpack(crawl);
  EXPECT_EQ(found.error, "");
  EXPECT_THAT(found.files,
              ElementsAre(Pair("https://town.example/a", "Quay"), Pair("https://town.example/b", "Quay")));
}

TEST(Crawl, SaysWhenItCapturedAnAnswerWhereThatCanBeRead) {
  const auto dated = [](std::string_view date) {
    auto record = made_warc_record("resource", "http://a.example/1", "plain");
    const auto at = record.find("2026-05-01T10:00:00Z");
    return unpack(record.replace(at, 20, date)).dates.at("http://a.example/1");
  };
  EXPECT_EQ(dated("2026-05-01T10:00:00Z"), "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(dated("2026-05-01T10:00:00.123456789Z"), "2026-05-01T10:00:00.123Z");
  for (const auto* nonsense : {"", "yesterday", "2026-13-41T99:00:00Z", "\x1b[2J2026-05-01T10:00:00Z"})
    EXPECT_EQ(dated(nonsense), "") << nonsense;
}

std::string made_crawl_of(const std::string& first, const std::string& second) {
  return made_warc_record("response", "http://a.example/1", "HTTP/1.1 200 OK\r\n\r\n" + first) +
         made_warc_record("response", "http://a.example/2", "HTTP/1.1 200 OK\r\n\r\n" + second);
}

TEST(Crawl, IsCompressedRecordByRecordOrAsAWhole) {
  const auto whole = made_crawl_of("one", "two");
  const auto second = whole.find("WARC/", 5);
  for (const auto& packed :
       {made_gzip(whole), made_gzip(whole.substr(0, second)) + made_gzip(whole.substr(second)),
        made_gzip(whole.substr(0, second + 20)) + made_gzip(whole.substr(second + 20))}) {
    const auto outer = unpack(packed);
    ASSERT_THAT(outer.files, ElementsAre(Pair("", whole)));
    EXPECT_THAT(unpack(outer.files.at("")).files,
                ElementsAre(Pair("http://a.example/1", "one"), Pair("http://a.example/2", "two")));
  }
}

std::string arc_record(const std::string& head, const std::string& block) {
  return head + " " + std::to_string(block.size()) + "\n" + block + "\n";
}

TEST(Crawl, OfTheOlderKindHasAddressesWithBlanksInThem) {
  const auto answer = [](const std::string& body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body;
  };
  const auto first =
      arc_record("filedesc://a.arc 0.0.0.0 20050101000000 text/plain",
                 "1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n") +
      arc_record("http://a.example/two words?q=a b 192.0.2.1 20050101000001 text/html", answer("one")) +
      arc_record("dns:a.example 192.0.2.1 20050101000002 text/dns", "192.0.2.1") +
      arc_record("http://a.example/2 192.0.2.1 20050101000003 text/html", answer("two"));
  EXPECT_TRUE(is_container(first));
  const auto found = unpack(first);
  EXPECT_EQ(found.error, "");
  EXPECT_THAT(found.files, ElementsAre(Pair("http://a.example/2", "two"),
                                       Pair("http://a.example/two words?q=a b", "one")));
  EXPECT_EQ(found.dates.at("http://a.example/2"), "2005-01-01T00:00:03.000Z");
  const auto second =
      arc_record("filedesc://b.arc 0.0.0.0 20050101000000 text/plain 200 - - 0 b.arc", "2 0 Archive\n") +
      arc_record("http://a.example/a b 192.0.2.1 20050101000001 text/html 200 x - 77 b.arc", answer("three"));
  EXPECT_THAT(unpack(second).files, ElementsAre(Pair("http://a.example/a b", "three")));
  EXPECT_EQ(unpack(second).dates.at("http://a.example/a b"), "2005-01-01T00:00:01.000Z");
  EXPECT_THAT(unpack(first + "http://a.example/3 nonsense\n").error, HasSubstr("not that of a record"));
  EXPECT_THAT(unpack(first.substr(0, first.size() - 3)).error, HasSubstr("shorter than it says"));
}

TEST(Crawl, KeepsToItsLimitsAndSaysWhereItIsBroken) {
  Limits limits;
  limits.record_bytes = 100;
  const auto bomb = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" +
                    made_gzip(std::string(1'000'000, '\0')).substr(0, 2000);
  const auto large = unpack(made_warc_record("response", "http://a.example/1", bomb), limits);
  EXPECT_THAT(large.findings, ElementsAre(Field(&Finding::why, HasSubstr("larger than is taken"))));
  limits.record_bytes = 10'000;
  const auto inflated = unpack(made_warc_record("response", "http://a.example/1",
                                                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" +
                                                    made_gzip(std::string(1'000'000, '\0'))),
                               limits);
  EXPECT_THAT(inflated.findings, ElementsAre(Field(&Finding::why, HasSubstr("unpacks to more"))));
  EXPECT_THAT(unpack("WARC/1.0\r\nWARC-Type: response\r\n\r\n").error, HasSubstr("how long"));
  EXPECT_THAT(unpack("WARC/1.0\r\nContent-Length: 100\r\n\r\nshort").error,
              HasSubstr("shorter than it says"));
  EXPECT_THAT(unpack("WARC/1.0\r\nContent-Length: 100\r\n").error, HasSubstr("breaks off"));
}

TEST(Container, OfHostileZipsIsReadOrRefusedInWords) {
  const auto paths =
      support::files_below(support::platforms_folder() / "hostile" / "thejoshwolfe__yauzl", ".zip");
  if (paths.empty()) GTEST_SKIP() << "the hostile payloads are not here";
  std::size_t refused = 0;
  for (const auto& path : paths) {
    const auto bytes = support::contents_of(path);
    const auto found = unpack(bytes);
    if (!found.error.empty() || !found.findings.empty()) ++refused;
    for (const auto& [name, content] : found.files) EXPECT_TRUE(fault_of_name(name).empty()) << path;
  }
  std::printf("%zu of %zu hostile archives refused in whole or in part\n", refused, paths.size());
}

}  // namespace
}  // namespace muniment::containers
