#include "collect/media.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/sha256.hpp"
#include "support/fake_transport.hpp"
#include "support/faulty_disk.hpp"
#include "support/small_ledger.hpp"

namespace muniment::collect {
namespace {

using namespace std::string_literals;
using support::FakeTransport;
using support::FaultyDisk;
using support::SmallLedger;
using testing::IsEmpty;

const std::string kPicture = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"s;
constexpr char kPier[] = "https://files.example/pier.png";

// What the ledger says, entry by entry.
class PlainCatalogue final : public MediaCatalogue {
 public:
  explicit PlainCatalogue(ledger::Reader& reader) : reader_(reader) {}
  Status at(ledger::Seq size) override {
    if (before_answering) before_answering();
    kept_.clear();
    return reader_.each(0, size, [&](const ledger::Entry& entry, const records::Body* body) {
      if (body == nullptr || entry.kind != ledger::kind::kMedia) return true;
      const auto text = [&](std::string_view name) {
        return std::string(records::value_of(*body, name).value_or(""));
      };
      if (text("outcome") == "kept")
        kept_.push_back({entry.seq, text("of"), text("place"), text("media.0.sha256")});
      return true;
    });
  }
  Result<bool> is_held(ledger::Seq version, std::uint16_t place) override {
    if (held_elsewhere) return true;
    return std::ranges::any_of(kept_, [&](const auto& one) {
      return one.of.starts_with(std::to_string(version) + " ") && one.place == std::to_string(place);
    });
  }
  Result<std::vector<ledger::Seq>> with_content(std::string_view sha256) override {
    std::vector<ledger::Seq> out;
    for (const auto& one : kept_)
      if (one.sha256 == sha256) out.push_back(one.seq);
    return out;
  }
  bool held_elsewhere = false;
  std::function<void()> before_answering;

 private:
  struct Kept {
    ledger::Seq seq;
    std::string of, place, sha256;
  };
  ledger::Reader& reader_;
  std::vector<Kept> kept_;
};

class MediaFetchTest : public testing::Test {
 protected:
  static ledger::Seq post(SmallLedger& ledger, const std::string& id) {
    records::Interaction item;
    item.platform = "mastodon";
    item.id = id;
    item.media = {{kPier, "image", ""}};
    records::BodyBuilder body;
    records::add_fields(body, std::move(item));
    const auto appended = ledger.appender().append({std::string(ledger::kind::kCapture), body.build()});
    EXPECT_TRUE(appended);
    return appended->before.size;
  }
  MediaRun run(net::Transport& transport, SmallLedger& ledger, MediaCatalogue& catalogue) {
    return {transport, ledger.appender(), ledger.reader(), catalogue, ledger.clock, ledger.entropy, &stop};
  }

  SmallLedger town;
  FakeTransport web{town.clock};
  std::atomic<bool> stop{false};
};

TEST_F(MediaFetchTest, WhatAnotherProcessBroughtMeanwhileIsNotRecordedTwice) {
  const auto version = post(town, "1");
  web.serve(kPier, 200, kPicture);
  PlainCatalogue catalogue(town.reader());
  catalogue.held_elsewhere = true;
  const auto before = town.reader().head()->size;
  const auto with = run(web, town, catalogue);
  MediaFetch fetch(with);
  const auto outcome = fetch.fetch({}, {version, 0, 0});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->step, MediaStep::kNothing);
  EXPECT_EQ(town.reader().head()->size, before);
}

TEST_F(MediaFetchTest, ARunThatIsStoppedRecordsNothingOfWhatDidNotCome) {
  const auto version = post(town, "1");
  web.fail(kPier, {Code::kUnavailable, "stopped on request"});
  PlainCatalogue catalogue(town.reader());
  stop = true;
  const auto with = run(web, town, catalogue);
  MediaFetch fetch(with);
  const auto outcome = fetch.fetch({}, {version, 0, 0});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->step, MediaStep::kLeft);
  EXPECT_EQ(town.reader().head()->size, version + 1);
}

TEST_F(MediaFetchTest, WhatNamesNoFileAsksNobody) {
  const auto version = post(town, "1");
  PlainCatalogue catalogue(town.reader());
  const auto with = run(web, town, catalogue);
  MediaFetch fetch(with);
  EXPECT_EQ(fetch.fetch({}, {version, 7, 0})->step, MediaStep::kNothing);
  EXPECT_THAT(web.asked_urls(), IsEmpty());
}

// A disk that fails once: the file is recorded once, and is there, whether or not the first try arrived.
TEST_F(MediaFetchTest, WhicheverDiskCallFailsTheFileIsThereOnce) {
  const auto vfs = FaultyDisk::vfs();
  int faults = 0;
  for (int nth = 0;; ++nth) {
    SCOPED_TRACE(nth);
    SmallLedger ledger(0, vfs);
    const auto version = post(ledger, "1");
    FakeTransport pages(ledger.clock);
    pages.serve(kPier, 200, kPicture);
    PlainCatalogue catalogue(ledger.reader());
    const auto with = run(pages, ledger, catalogue);
    MediaFetch fetch(with);
    FaultyDisk::arm(nth, FaultyDisk::Fails::kOnce);
    const auto outcome = fetch.fetch({}, {version, 0, 0});
    const bool fired = FaultyDisk::disarm();
    ASSERT_TRUE(outcome) << outcome.error().what;
    ASSERT_EQ(ledger.reader().head()->size, version + 2);
    const auto body = ledger.reader().body(version + 1);
    ASSERT_TRUE(body);
    const auto bytes = ledger.reader().attachment(version + 1, *body, 0);
    ASSERT_TRUE(bytes) << bytes.error().what;
    EXPECT_EQ(*bytes, kPicture);
    if (!fired) break;
    ++faults;
  }
  EXPECT_GT(faults, 5);
}

}  // namespace
}  // namespace muniment::collect
