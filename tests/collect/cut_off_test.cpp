#include "collect/cut_off.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/database.hpp"
#include "support/memory_catalogue.hpp"
#include "support/small_ledger.hpp"

namespace muniment::collect {
namespace {

using testing::HasSubstr;

class APollThatWasCutOff : public testing::Test {
 protected:
  // An exchange with what came with it, as one append.
  ledger::Seq answer(const records::Body& exchange, const std::vector<std::string_view>& with = {}) {
    std::vector<ledger::Draft> drafts{{std::string(ledger::kind::kExchange), exchange}};
    for (const auto kind : with)
      drafts.push_back({std::string(kind), records::BodyBuilder().add("source", "town").build()});
    const auto at = town.reader().head()->size;
    EXPECT_TRUE(town.appender().append(
        [&](const ledger::Head&) -> Result<std::vector<ledger::Draft>> { return drafts; }));
    return at;
  }
  static records::Body said(const std::string& at, const std::string& status,
                            const std::string& unread = {}) {
    records::BodyBuilder body;
    body.add("source", "town").add("started", at + ".000Z").add("fetched", at + ".500Z");
    body.add("status", status).add_bytes("unread", unread);
    if (status == "200") body.add("charged", "7");
    return body.build();
  }
  records::Body end(std::vector<ledger::Seq> answers) {
    const auto ended = end_cut_off({"town", "", "older.0 x\n", std::move(answers)},
                                   {town.appender(), town.reader(), catalogue, town.clock});
    EXPECT_TRUE(ended) << ended.error().what;
    const auto last = town.reader().head()->size - 1;
    EXPECT_EQ(town.reader().entry(last)->kind, ledger::kind::kCoverage);
    return town.reader().body(last).value();
  }
  static std::string field(const records::Body& body, std::string_view name) {
    return records::bytes_of(body, name).value_or("(none)");
  }

  support::SmallLedger town;
  support::MemoryCatalogue catalogue{town.reader()};
};

TEST_F(APollThatWasCutOff, IsToldByItsAnswersAndWhatCameWithThem) {
  using namespace ledger::kind;
  const auto first = answer(said("2026-03-01T10:00:00", "200"), {kCapture, kCapture, kEdit, kSeenAgain});
  answer(said("2026-03-01T10:00:01", "200"), {kCapture, kDeletion});  // another source's
  const auto second = answer(said("2026-03-01T10:00:02", "200"), {kCapture, kDeletion, kBarred});
  answer(records::BodyBuilder().add("method", "FILE").build(), {kCapture});
  const auto third = answer(said("2026-03-01T10:00:04", "429", "too many questions"));
  const auto told = end({first, second, third});
  const std::pair<const char*, const char*> fields[] = {
      {"source", "town"},     {"started", "2026-03-01T10:00:00.000Z"},
      {"outcome", "partial"}, {"finished", "2026-03-01T10:00:04.500Z"},
      {"pages", "3"},         {"requests", "3"},
      {"new", "3"},           {"changed", "1"},
      {"unchanged", "1"},     {"deleted", "1"},
      {"unavailable", "1"},   {"limits", "1"},
      {"charged", "14"},      {"resume", "older.0 x\n"},
      {"cursor", "(none)"},   {"credential.state", "(none)"}};
  for (const auto& [name, value] : fields) EXPECT_EQ(field(told, name), value) << name;
  EXPECT_THAT(field(told, "errors"), HasSubstr("the program that polled ended before the poll did"));
}

TEST_F(APollThatWasCutOff, HasFailedWhereNoAnswerWasUnderstood) {
  EXPECT_EQ(field(end({answer(said("2026-03-01T10:00:00", "200", "no JSON"))}), "outcome"), "failed");
}

TEST_F(APollThatWasCutOff, IsCountedByItsEntriesWhereAnAnswerWasDisposedOf) {
  const auto gone = answer(said("2026-03-01T10:00:00", "200"), {ledger::kind::kCapture});
  {
    auto keys = db::Database::open(town.files().keys, db::Open::kWrite);
    ASSERT_TRUE(keys && keys->execute("DELETE FROM secret WHERE seq = " + std::to_string(gone)));
  }
  const auto told = end({gone});
  EXPECT_EQ(field(told, "pages"), "1");
  EXPECT_EQ(field(told, "new"), "1");
  EXPECT_EQ(field(told, "outcome"), "failed") << "nobody can say that it was understood";
}

}  // namespace
}  // namespace muniment::collect
